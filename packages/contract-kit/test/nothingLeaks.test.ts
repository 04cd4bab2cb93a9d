import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "vitest"
import { providerLaws, runProviderContract } from "../src/index.ts"
import { foundIn } from "../src/provider/laws/secrecy/canaries.ts"
import { errorForms } from "../src/provider/Telemetry.ts"
import { coinContract, type Spoil } from "./support/coinContract.ts"
import { places, trouble } from "./support/dying.ts"

const laws = providerLaws.filter((law) => law.id === "nothing-leaks")
const errorOf = async (spoil: Spoil) => (await runProviderContract(coinContract(spoil), { laws })).results[0]?.error

describe("the search for secrets and personal data", () => {
  it("is content with an adapter that keeps them", async () => {
    assert.isUndefined(await errorOf({}))
  })

  it("finds what is logged, what is printed and what stands in an error, and does not repeat it", async () => {
    for (const leaks of ["log", "debug", "print", "error"] as const) {
      const error = await errorOf({ leaks })
      assert.match(error ?? "", /hold secrets or personal data/, leaks)
      assert.notInclude(error ?? "", "coin-secret-canary")
    }
  })

  it("is not content with a scenario that gives less of the payer than the adapter takes", async () => {
    const contract = coinContract()
    const [order] = contract.scenarios.orders
    const personal = () => ({ ...order, payer: { firstName: "Ada" } })
    const { results } = await runProviderContract(
      { ...contract, scenarios: { ...contract.scenarios, personal } },
      { laws }
    )
    assert.match(results[0]?.error ?? "", /leaves out `payer\.lastName`, and `create` takes it/)
  })

  it("looks through everything that a program prints when it dies of an error", () => {
    const file = fileURLToPath(new URL("support/dying.ts", import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [file, "die"], { encoding: "utf8" })
    assert.strictEqual(status, 1)
    const searched = errorForms(trouble())
    const printed = places.filter((place) => stderr.includes(`in-a-${place}`) || stderr.includes(`in-the-${place}`))
    assert.includeMembers(printed, ["message", "cause", "property"])
    for (const mark of stderr.match(/\b(?:in|under)-(?:an?|the|one)-[a-z-]+/g) ?? []) assert.include(searched, mark)
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
