import { money } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { acted, decided, mayOverturn, moved, noDeeds, turned, withdrawn } from "../../src/provider/histories/Deeds.ts"
import type { AttemptTruth } from "../../src/provider/histories/Moment.ts"
import { fateOf, fits, isOverlooked } from "../../src/provider/histories/rest.ts"
import { noSums, type Sums, sumsOf } from "../../src/provider/histories/Sums.ts"
import { CoinSimulator, driveCoins } from "../support/coinSimulator.ts"

const { facts } = driveCoins(new CoinSimulator())
const day = 86_400_000
const hour = 3_600_000
const deadline = 10 * day
const asked = money(1200n, "EUR")
const open = noDeeds(0)
const received = turned(open, { to: "received" }, 1000, false)

const attempt = (deeds: AttemptTruth["deeds"], sums: Partial<Sums> = {}): AttemptTruth => ({
  id: "a",
  deadline,
  copies: 1,
  charges: 0,
  heardAt: 0,
  sums: { ...noSums, ...sums },
  deeds,
  canBeAsked: true
})

describe("the reference model", () => {
  it("lets a provider overturn an outcome within its window and not after it", () => {
    assert.isTrue(mayOverturn(received, facts, 1000 + day - 1, deadline))
    assert.isFalse(mayOverturn(received, facts, 1000 + day, deadline))
  })

  it("takes what nobody paid for lapsed at its deadline", () => {
    assert.isTrue(mayOverturn(open, facts, deadline - 1, deadline))
    assert.isTrue(mayOverturn(open, facts, deadline + hour - 1, deadline))
    assert.isFalse(mayOverturn(open, facts, deadline + hour, deadline))
  })

  it("keeps a word that the payer's leaving does not change", () => {
    const promised = turned(open, { to: "promised" }, 5, false)
    assert.strictEqual(acted(promised, "leave", 9, deadline).word, "promised")
    assert.deepStrictEqual(
      [acted(open, "refuse", 9, deadline).word, acted(open, "refuse", 9, deadline).wasRefused],
      ["turned_down", true]
    )
    assert.strictEqual(acted(open, "leave", deadline, deadline).word, "open")
    assert.strictEqual(withdrawn(promised, facts, 9, deadline).word, "promised")
    assert.strictEqual(withdrawn(open, facts, 9, deadline).word, "withdrawn")
    assert.deepInclude(withdrawn(withdrawn(open, facts, 9, deadline), facts, 12, deadline), {
      word: "withdrawn",
      at: 12,
      since: 9
    })
    const refused = turned(open, { to: "refused" }, 5, false)
    assert.strictEqual(withdrawn(refused, facts, 6, deadline).word, "withdrawn")
    assert.strictEqual(withdrawn(refused, facts, 5 + facts.overturnSeconds.declined * 1000, deadline), refused)
  })

  it("takes money that moved for the last word", () => {
    const paid = moved(acted(open, "pay", 1, deadline), noSums, { ...noSums, charged: 1200n }, 2, 1)
    assert.deepStrictEqual([paid.word, paid.at], ["received", 1])
    const gone = moved(paid, { ...noSums, charged: 1200n }, { ...noSums, charged: 1200n, undone: 1200n }, 3, 2)
    assert.deepStrictEqual([gone.word, gone.at], ["undone", 3])
    assert.strictEqual(moved(gone, noSums, noSums, 4, 3), gone)
  })

  it("takes a promise, and its giving up, for the last word, though nobody saw when it was given up", () => {
    const promise = { ...noSums, isPromised: true }
    const promised = moved(acted(open, "pay", 1, deadline), noSums, promise, 2, 1)
    assert.deepInclude(promised, { word: "promised", at: 1, since: 1, wasPromised: true })
    const fallen = moved(promised, promise, noSums, 9 * day, 2 * day)
    assert.deepInclude(fallen, { word: "given_up", at: 9 * day, since: 2 * day, wasRefused: true })
    assert.isTrue(mayOverturn(fallen, facts, 2 * day + facts.overturnSeconds.reversed * 1000 - 1, 30 * day))
    assert.isFalse(mayOverturn(fallen, facts, 2 * day + facts.overturnSeconds.reversed * 1000, 30 * day))
    assert.strictEqual(fateOf(attempt(fallen), asked), "refused")
    const paid = moved(promised, promise, { ...noSums, charged: 1200n }, day, 5)
    assert.deepInclude(paid, { word: "received", at: day, since: 5 })
  })

  it("adds up the money of one currency and notices another", () => {
    const sums = sumsOf([{ charged: [asked, money(1n, "USD")], undone: [money(200n, "EUR")] }], "EUR")
    assert.deepStrictEqual(sums, { charged: 1200n, undone: 200n, hasForeign: true, cameLess: false, isPromised: false })
    const again = (second: bigint) => sumsOf([{ charged: [asked, money(second, "EUR")], undone: [asked] }], "EUR")
    assert.deepStrictEqual([again(1199n).cameLess, again(1200n).cameLess], [true, false])
  })

  it("leaves before a person what came twice and went in parts where the provider prices", () => {
    const gone = attempt(turned(received, { to: "undone" }, 5, false), { charged: 2400n, undone: 2400n })
    assert.isTrue(fits("under_review", { ...gone, charges: 2 }, undefined))
    assert.isFalse(fits("under_review", { ...gone, charges: 1 }, undefined))
    assert.isFalse(fits("under_review", { ...gone, charges: 2 }, asked))
  })

  it("lets a strange word stand at the deadline, however often that comes, until the provider says another", () => {
    const strange = turned(open, { to: "unknown_word" }, 5, false)
    const lapsedTwice = turned(
      turned(strange, { to: "lapsed" }, deadline, false),
      { to: "lapsed" },
      deadline + 1,
      false
    )
    assert.isTrue(fits("requires_action", attempt(lapsedTwice), asked))
    assert.isFalse(fits("requires_action", attempt(turned(lapsedTwice, { to: "refused" }, 9, false)), asked))
  })

  it("names every fate", () => {
    const turn = (to: Parameters<typeof turned>[1]["to"]) => turned(open, { to }, 1, false)
    const table: ReadonlyArray<readonly [string, AttemptTruth]> = [
      ["open", attempt(open)],
      ["open", attempt(acted(open, "refuse", 1, deadline))],
      ["refused", attempt(turn("refused"))],
      ["lapsed", attempt(turn("lapsed"))],
      ["promised", attempt(turn("promised"))],
      ["undone", attempt(turn("undone"))],
      ["unspoken", attempt(turn("unknown_word"), { charged: 1200n })],
      ["foreign", attempt(received, { hasForeign: true })],
      ["paid", attempt(received, { charged: 1200n })],
      ["overpaid", attempt(received, { charged: 1201n })],
      ["underpaid", attempt(received, { charged: 1199n })],
      ["undone", attempt(received, { charged: 1200n, undone: 1200n })],
      ["partly_undone", attempt(received, { charged: 1200n, undone: 1n })],
      ["paid", attempt(received, { charged: 2400n, undone: 1200n })]
    ]
    for (const [fate, truth] of table) assert.strictEqual(fateOf(truth, asked), fate)
    assert.strictEqual(fateOf(attempt(received, { charged: 1n }), undefined), "paid")
  })
})

describe("the model of an operator's decision", () => {
  const canceled = decided(open, "canceled", 5, noSums)

  it("lets the decided status stand, and review where evidence contradicts it", () => {
    assert.isTrue(fits("canceled", attempt(canceled, { charged: 1200n }), asked))
    assert.isTrue(fits("under_review", attempt(canceled, { charged: 1200n }), asked))
    assert.isFalse(fits("declined", attempt(canceled, { charged: 1200n }), asked))
  })

  it("does not let money be overlooked that was heard of after the decision", () => {
    const paid = turned(canceled, { to: "received" }, 9, false)
    const heard = { ...attempt(paid, { charged: 1200n }), heardAt: 1009 }
    assert.isTrue(isOverlooked(heard, "canceled"))
    assert.isFalse(isOverlooked(heard, "under_review"))
    assert.isFalse(isOverlooked({ ...heard, heardAt: 1008 }, "canceled"))
  })
})
