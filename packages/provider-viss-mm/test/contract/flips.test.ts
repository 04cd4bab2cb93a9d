import { type ProviderContract, tryManifestFlips } from "@maksa/contract-kit"
import type { Manifest } from "@maksa/core"
import { assert, it } from "vitest"
import { contract } from "./contract.ts"
import { contract as paymentApiContract } from "./paymentApiContract.ts"
import { asyncContract } from "./portalContract.ts"

it(`${contract.name} is not certified with any one field of its manifest changed`, { timeout: 1_200_000 }, async () => {
  const results = await tryManifestFlips(contract)
  assert.isAbove(results.length, 50)
  assert.deepStrictEqual(
    results.filter((one) => one.noticedBy === undefined),
    []
  )
})

/** What each of the other services declares otherwise; the portal's synchronous scenario declares all the same. */
const own: ReadonlyArray<readonly [ProviderContract, ReadonlyArray<keyof Manifest>]> = [
  [paymentApiContract, ["extras", "receipt", "amountEvidence"]],
  [asyncContract, ["actions", "languages"]]
]

it.each(own)(
  "$name is not certified with what it alone declares changed",
  { timeout: 600_000 },
  async (one, fields) => {
    const results = await tryManifestFlips(one, { fields })
    assert.isAbove(results.length, 5)
    assert.deepStrictEqual(
      results.filter(({ noticedBy }) => noticedBy === undefined),
      []
    )
  }
)
