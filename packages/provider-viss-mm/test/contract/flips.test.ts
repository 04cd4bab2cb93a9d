import { tryManifestFlips } from "@maksa/contract-kit"
import { assert, it } from "vitest"
import { contract } from "./contract.ts"

it("is not certified with any one field of its manifest changed", { timeout: 1_200_000 }, async () => {
  const results = await tryManifestFlips(contract)
  assert.isAbove(results.length, 50)
  assert.deepStrictEqual(
    results.filter((one) => one.noticedBy === undefined),
    []
  )
})
