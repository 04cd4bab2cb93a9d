import { assert, describe, it } from "vitest"
import { makeReport, providerLaws, runProviderContract, toMarkdown, trialsOf } from "../src/index.ts"
import { describeFailure } from "../src/provider/describeFailure.ts"
import { coinContract, type Spoil } from "./support/coinContract.ts"

const basics = ["duplicate-notice", "hint-moves-no-money", "lost-reply-is-never-resent"]
const laws = providerLaws.filter((law) => basics.includes(law.id))

const failing = async (spoil: Spoil) => {
  const report = await runProviderContract(coinContract(spoil), { laws })
  return report.results.filter((one) => one.outcome === "failed").map((one) => one.law)
}

describe("the provider contract", () => {
  it("runs every law once per order and says which were exempt, and why", async () => {
    const report = await runProviderContract(coinContract(), { laws })
    assert.deepStrictEqual(
      report.results.map(({ law, outcome, error }) => [law, outcome, error]),
      [
        ["lost-reply-is-never-resent", "passed", undefined],
        ["duplicate-notice", "passed", undefined],
        ["hint-moves-no-money", "exempt", undefined]
      ]
    )
    assert.match(report.results[2]?.reason ?? "", /manifest/)
  })

  it("catches an adapter that takes each repetition for news", async () => {
    assert.deepStrictEqual(await failing({ noticesDiffer: true }), ["duplicate-notice"])
  })

  it("catches an adapter that sends again after a lost reply", async () => {
    assert.deepStrictEqual(await failing({ resends: true }), ["lost-reply-is-never-resent"])
  })

  it("ends at the first broken law when asked to", async () => {
    const report = await runProviderContract(coinContract({ noticesDiffer: true, resends: true }), {
      laws,
      stopAtFirst: true
    })
    assert.strictEqual(report.failed, 1)
  })

  it("plans every law for every order, and those that need it once only once", () => {
    const contract = coinContract()
    const [order] = contract.scenarios.orders
    const twice = { ...contract, scenarios: { ...contract.scenarios, orders: [order, order] as const } }
    const once = providerLaws.filter((law) => law.once === true).length
    assert.strictEqual(trialsOf(twice).length, providerLaws.length * 2 - once)
  })

  it("has ids that are unique and fit to be anchors, and sentences that end", () => {
    assert.strictEqual(new Set(providerLaws.map((law) => law.id)).size, providerLaws.length)
    for (const law of providerLaws) {
      assert.match(law.id, /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/)
      assert.match(law.sentence, /\.$/)
      assert.match(law.reason, /\.$/)
      assert.match(law.duty, /\.$/)
      assert.strictEqual(
        law.exempt === undefined,
        law.exemptWhen === undefined,
        `${law.id} does not say when it is exempt`
      )
    }
  })

  it("says of a failure what was seen, why that matters, what to do and where the law is explained", async () => {
    const [law] = laws.filter(({ id }) => id === "duplicate-notice")
    assert.isDefined(law)
    const lines = law === undefined ? [] : describeFailure(law, "seen").split("\n")
    assert.deepStrictEqual(lines, [
      "seen",
      law?.reason,
      `What to do: ${law?.duty}`,
      "More: docs/laws.md#duplicate-notice"
    ])
  })

  it("lets no law go for a reason that the manifest does not give", async () => {
    const lazy = laws.map((law) => ({ ...law, exempt: () => "it takes so long" }))
    const { exempt, failed, results } = await runProviderContract(coinContract(), { laws: lazy })
    assert.deepStrictEqual([exempt, failed], [0, lazy.length])
    assert.match(results[0]?.error ?? "", /not in the manifest: it takes so long/)
  })

  it("writes failures first, and what each law says at the end of the same page", () => {
    const report = makeReport({ provider: "x", driver: "y", port: 1 }, [
      { law: "duplicate-notice", scenario: "by page", outcome: "failed", error: "two | three", millis: 1 }
    ])
    const page = toMarkdown(report, providerLaws)
    assert.include(page, "[duplicate-notice](#duplicate-notice), by page: two \\| three")
    assert.match(page, /\n### duplicate-notice\n\nThe same notice, a hundred times at once/)
    assert.strictEqual(page.split("\n### ").length, 2, "laws that were not tried stand in it")
  })
})
