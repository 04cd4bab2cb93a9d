import { tryManifestFlips } from "@maksa/contract-kit"
import { assert, it } from "vitest"
import { contract } from "./contract.ts"

it("is not certified with any one field of its manifest changed", { timeout: 900_000 }, async () => {
  const results = await tryManifestFlips(contract)
  assert.isAbove(results.length, 60)
  assert.deepStrictEqual(
    results.filter((one) => one.noticedBy === undefined),
    []
  )
})
