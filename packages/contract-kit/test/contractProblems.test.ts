import { assert, describe, it } from "vitest"
import { type ProviderContract, providerContract, runProviderContract } from "../src/index.ts"
import { contractProblems, driverProblems } from "../src/provider/contractProblems.ts"
import { coinContract } from "./support/coinContract.ts"
import { CoinSimulator, driveCoins } from "./support/coinSimulator.ts"

/** What a caller without types may hand over. */
const untyped = (value: unknown): ProviderContract => value as ProviderContract

const without = (value: object, member: string): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== member))

const rejection = async (contract: ProviderContract): Promise<string> => {
  try {
    await runProviderContract(contract)
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
  return "nothing was refused"
}

describe("a contract that cannot be tried", () => {
  it("is refused before any test is registered, with everything that is missing", () => {
    assert.throws(() => providerContract(untyped(undefined)), /defineProviderContract/)
    assert.throws(
      () => providerContract(untyped({})),
      /`driver` must be a function[\s\S]*`make`[\s\S]*`scenarios\.orders`/
    )
  })

  it("is one without an order: nothing would be tried, and nothing would fail", () => {
    const contract = coinContract()
    const empty = { ...contract, scenarios: { ...contract.scenarios, orders: [] } }
    assert.throws(() => providerContract(untyped(empty)), /at least one order/)
  })

  it.each(["name", "driver", "make", "scenarios", "secrets"])("is one without `%s`", (member) => {
    assert.match(contractProblems(without(coinContract(), member)).join("\n"), new RegExp(`\`${member}`))
  })

  it("is not the one that is complete, with a driver that has no clock to `sync`", () => {
    assert.deepStrictEqual(contractProblems(coinContract()), [])
    assert.deepStrictEqual(driverProblems(driveCoins(new CoinSimulator())), [])
  })
})

describe("a driver that lacks something", () => {
  const driver = driveCoins(new CoinSimulator())

  it.each(["name", "facts", "now", "advance", "reset", "act", "turn", "truth", "notices", "faults", "calls"])(
    "is told that `%s` is missing",
    (member) => {
      assert.match(driverProblems(without(driver, member)).join("\n"), new RegExp(`\`${member}[.\`]`))
    }
  )

  it("is told which fact of the provider is missing", async () => {
    const facts = without(driver.facts, "tellsOfWork")
    const contract = { ...coinContract(), driver: async () => ({ ...driver, facts }) }
    assert.match(await rejection(untyped(contract)), /`facts\.tellsOfWork` is missing/)
  })
})

it("names the field of a manifest that is missing, and tries nothing else", async () => {
  const contract = coinContract()
  const make: ProviderContract["make"] = (driver) => {
    const provider = contract.make(driver)
    return { ...provider, manifest: without(provider.manifest, "limits") as typeof provider.manifest }
  }
  const report = await runProviderContract({ ...contract, make })
  assert.strictEqual(report.failed, 1)
  const [result] = report.results
  assert.strictEqual(result?.law, "built-for-this-port")
  assert.match(result?.error ?? "", /in the manifest: limits\./)
})
