import { assert, describe, it } from "vitest"
import { providerLaws, runProviderContract } from "../src/index.ts"
import { foundIn } from "../src/provider/laws/secrecy/canaries.ts"
import { coinContract, type Spoil } from "./support/coinContract.ts"

const laws = providerLaws.filter((law) => law.id === "nothing-leaks")
const errorOf = async (spoil: Spoil) => (await runProviderContract(coinContract(spoil), { laws })).results[0]?.error

describe("the search for secrets and personal data", () => {
  it("is content with an adapter that keeps them", async () => {
    assert.isUndefined(await errorOf({}))
  })

  it("finds what is logged, what is printed and what stands in an error, and does not repeat it", async () => {
    for (const leaks of ["log", "print", "error"] as const) {
      const error = await errorOf({ leaks })
      assert.match(error ?? "", /hold secrets or personal data/, leaks)
      assert.notInclude(error ?? "", "coin-secret-canary")
    }
  })

  it("finds a value in the forms in which it may hide", () => {
    const value = "Zvaigznīte 91"
    const bytes = Buffer.from(value)
    for (const form of [value, value.toUpperCase(), encodeURIComponent(value), bytes.toString("hex")]) {
      assert.deepStrictEqual(foundIn(`before ${form} after`, [value]), [value], form)
    }
    assert.deepStrictEqual(foundIn(`{"x":"${bytes.toString("base64")}"}`, [value]), [value])
    assert.deepStrictEqual(foundIn("nothing of the kind", [value]), [])
  })
})
