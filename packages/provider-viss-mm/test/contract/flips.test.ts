import { tryManifestFlips } from "@maksa/contract-kit"
import { assert, it } from "vitest"
import { contract } from "./contract.ts"
import { contract as paymentApiContract } from "./paymentApiContract.ts"
import { asyncContract } from "./portalContract.ts"

it.each([contract, paymentApiContract])(
  "$name is not certified with any one field of its manifest changed",
  { timeout: 1_200_000 },
  async (own) => {
    const results = await tryManifestFlips(own)
    assert.isAbove(results.length, 50)
    assert.deepStrictEqual(
      results.filter((one) => one.noticedBy === undefined),
      []
    )
  }
)

it(`${asyncContract.name} is not certified with what it alone declares changed`, { timeout: 600_000 }, async () => {
  const results = await tryManifestFlips(asyncContract, { fields: ["actions", "languages"] })
  assert.isAbove(results.length, 5)
  assert.deepStrictEqual(
    results.filter((one) => one.noticedBy === undefined),
    []
  )
})
