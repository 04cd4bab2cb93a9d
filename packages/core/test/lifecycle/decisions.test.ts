import { assert, describe, it } from "vitest"
import type { AttemptFacts, LedgerEntry } from "../../src/lifecycle/evidence.ts"
import { foldAttempt } from "../../src/lifecycle/fold.ts"
import { money } from "../../src/Money.ts"
import { action, day, entry, facts, query, received } from "./ledgers.ts"

type Decided = "paid" | "declined" | "expired" | "canceled" | "reversed"
const decision = (status: Decided, at: number, observedAt = at): LedgerEntry =>
  entry({ _tag: "decided", status }, at, { channel: "operator", observedAt })
const nameOf = (...entries: ReadonlyArray<LedgerEntry>) => foldAttempt(facts, entries).name

describe("an operator's decision", () => {
  it("that it was paid answers for the sum that nobody named, and no other decision does", () => {
    const unnamed = entry({ _tag: "received" }, 1)
    assert.isTrue(foldAttempt(facts, [unnamed]).isUnconfirmed)
    const paid = foldAttempt(facts, [unnamed, decision("paid", 2)])
    assert.deepStrictEqual([paid.isUnconfirmed, paid.attention], [false, []])
    assert.isTrue(foldAttempt(facts, [unnamed, decision("declined", 2)]).isUnconfirmed)
  })

  it("makes its status hard, from then on, without a reason or a question", () => {
    for (const status of ["paid", "declined", "expired", "canceled", "reversed"] as const) {
      const fold = foldAttempt(facts, [entry(action, 1), entry(received(600n), 2), decision(status, 50)])
      assert.deepStrictEqual(
        [fold.name, fold.since, fold.reason, fold.wantsQuery, fold.nextAction, fold.actionDigest],
        [`${status}_hard`, 50, undefined, false, undefined, undefined]
      )
      assert.notInclude(fold.attention, "underpaid")
    }
  })

  it("was made in the knowledge of what had come, so repetitions contradict nothing", () => {
    const ledger = [entry(received(), 1), decision("declined", 50)]
    assert.strictEqual(nameOf(...ledger, query(received(), 60)), "declined_hard")
    assert.strictEqual(nameOf(...ledger, entry(received(), 40, { observedAt: 70 })), "declined_hard")
    const undated = entry(received(), 60, { hasProviderTime: false, observedAt: 70 })
    assert.strictEqual(nameOf(...ledger, undated), "declined_hard")
  })

  it("is contradicted by what is new: another sum, another operation, or a message dated after it", () => {
    const ledger = [entry(received(), 1), decision("declined", 50)]
    const news = [
      query(received(1300n), 60),
      query(received(1200n, "USD"), 60),
      { ...query(received(), 60), operation: "other" },
      entry(received(), 60)
    ]
    for (const one of news) assert.strictEqual(nameOf(...ledger, one), "under_review")
    assert.strictEqual(nameOf(...ledger, entry(received(), 50, { observedAt: 70 })), "declined_hard")
  })

  it("knows money and its absence only as they still stood", () => {
    const gone = [entry(received(), 1), entry({ _tag: "undone" }, 2), decision("reversed", 50)]
    assert.strictEqual(nameOf(...gone, query(received(), 60)), "under_review")
    assert.strictEqual(nameOf(...gone, query({ _tag: "undone" }, 60)), "reversed_hard")
    for (const says of ["refused", "lapsed", "withdrawn"] as const) {
      const back = [entry({ _tag: says }, 1), entry(received(), 2), decision("paid", 50)]
      assert.strictEqual(nameOf(...back, query({ _tag: says }, 60)), "under_review", says)
      assert.strictEqual(nameOf(...back, query(received(), 60)), "paid_hard", says)
    }
    const both = [entry({ _tag: "refused" }, 1), entry({ _tag: "lapsed" }, 2), decision("declined", 50)]
    assert.strictEqual(nameOf(...both, query({ _tag: "refused" }, 60), query({ _tag: "lapsed" }, 61)), "declined_hard")
  })

  it("judges what had reached us, whatever the provider dates it, and not what came later", () => {
    const early = entry({ _tag: "refused" }, 99, { observedAt: 10 })
    const late = entry(received(), 1, { observedAt: 90 })
    assert.strictEqual(nameOf(early, decision("paid", 50)), "paid_hard")
    assert.strictEqual(nameOf(late, decision("declined", 50)), "under_review")
    assert.strictEqual(nameOf(entry(received(), 1, { observedAt: 50 }), decision("declined", 50)), "declined_hard")
    assert.strictEqual(nameOf(entry(received(), 99, { observedAt: 50 }), decision("declined", 50)), "declined_hard")
  })

  it("is followed by another one, in our order", () => {
    const first = decision("declined", 50)
    const second = decision("paid", 60)
    assert.deepStrictEqual([nameOf(second, first), nameOf(first, second)], ["paid_hard", "paid_hard"])
    const between = entry(received(1300n), 1, { observedAt: 55 })
    assert.strictEqual(nameOf(between, second, first), "paid_hard")
    assert.strictEqual(nameOf(entry(received(1300n), 1, { observedAt: 65 }), second, first), "paid_hard")
    assert.strictEqual(nameOf(entry({ _tag: "undone" }, 1, { observedAt: 65 }), second, first), "under_review")
  })

  it("follows the clock, also where the clock was set back between two of them", () => {
    const first = decision("paid", 60, 50)
    const second = decision("declined", 40, 60)
    assert.deepStrictEqual([nameOf(first, second), nameOf(second, first)], ["paid_hard", "paid_hard"])
    const between = entry({ _tag: "undone" }, 1, { observedAt: 55 })
    assert.strictEqual(nameOf(first, second, between), "under_review")
    assert.strictEqual(nameOf(second, first, between), "under_review")
  })

  it("knows every fact that nothing has taken back", () => {
    for (const [one, other] of [
      ["refused", "lapsed"],
      ["lapsed", "withdrawn"],
      ["withdrawn", "refused"]
    ] as const) {
      const ledger = [entry({ _tag: one }, 1), entry({ _tag: other }, 2), decision("paid", 50)]
      assert.strictEqual(nameOf(...ledger, query({ _tag: one }, 60), query({ _tag: other }, 61)), "paid_hard", one)
    }
    const twice = [
      entry(received(600n), 1, { operation: "a" }),
      entry(received(600n), 2, { operation: "b" }),
      entry({ _tag: "working" }, 3),
      decision("declined", 50)
    ]
    assert.strictEqual(nameOf(...twice, { ...query(received(600n), 60), operation: "a" }), "declined_hard")
  })

  it("that money was reversed gives it all back; that it is paid takes it back again", () => {
    const reversed = foldAttempt(facts, [entry(received(), 1), decision("reversed", 50)])
    assert.deepStrictEqual([reversed.undone, reversed.received], [money(1200n, "EUR"), money(1200n, "EUR")])
    const unnamed = foldAttempt({ ...facts }, [entry({ _tag: "received" }, 1), decision("reversed", 50)])
    assert.deepStrictEqual(unnamed.undone, money(1200n, "EUR"))
    const never = foldAttempt(facts, [entry(action, 1), decision("reversed", 50)])
    assert.isUndefined(never.undone)
    const paid = foldAttempt(facts, [entry(received(), 1), entry({ _tag: "undone" }, 2), decision("paid", 50)])
    assert.deepStrictEqual([paid.undone, paid.name], [undefined, "paid_hard"])
  })

  it("does not become evidence of the provider", () => {
    assert.isFalse(foldAttempt(facts, [decision("canceled", 50)]).hasEvidence)
    assert.isTrue(foldAttempt(facts, [entry(action, 1), decision("canceled", 50)]).hasEvidence)
  })
})

describe("an end that an operator or the deadline sets", () => {
  const ended = (submission: AttemptFacts["submission"], ...before: ReadonlyArray<LedgerEntry>) =>
    foldAttempt({ ...facts, submission, submittedAt: undefined }, [
      ...before,
      entry({ _tag: "withdrawn" }, 50, { channel: "operator" })
    ]).name

  it("is settled at once where nothing was ever sent", () => {
    assert.deepStrictEqual([ended("none"), ended("not_sent")], ["canceled_hard", "canceled_hard"])
  })

  it("stays soft where something may have been sent, or the provider has said anything", () => {
    assert.deepStrictEqual([ended("started"), ended("answered")], ["canceled_soft", "canceled_soft"])
    assert.strictEqual(ended("none", entry({ _tag: "working" }, 1)), "canceled_soft")
    assert.strictEqual(ended("none", query({ _tag: "absent" }, 1)), "canceled_hard")
    const byProvider = foldAttempt({ ...facts, submission: "none" }, [entry({ _tag: "withdrawn" }, 1)])
    assert.strictEqual(byProvider.name, "canceled_soft")
    assert.strictEqual(
      foldAttempt({ ...facts, submission: "none" }, [query({ _tag: "absent" }, 99 * day)]).name,
      "expired_soft"
    )
  })

  it("becomes hard a window after the provider's own word for it, and not by ours", () => {
    const withdrawn = entry({ _tag: "withdrawn" }, day, { channel: "operator" })
    const after = (...said: ReadonlyArray<LedgerEntry>) => {
      const { name, since } = foldAttempt(facts, [entry(action, 1), withdrawn, ...said])
      return [name, since / day]
    }
    const lapsed = (at: number) => query({ _tag: "lapsed" }, at * day)
    assert.deepStrictEqual(after(), ["canceled_soft", 1])
    assert.deepStrictEqual(after(lapsed(11)), ["canceled_soft", 11])
    assert.deepStrictEqual(after(lapsed(11), lapsed(11.5)), ["canceled_soft", 11])
    assert.deepStrictEqual(after(lapsed(11), lapsed(12)), ["canceled_hard", 12])
    const absent = (at: number) => query({ _tag: "absent" }, at * day)
    // Absence before the deadline is no word of the provider.
    assert.deepStrictEqual(after(absent(5), absent(11)), ["canceled_soft", 11])
    assert.deepStrictEqual(after(absent(11), absent(12)), ["canceled_hard", 12])
    const again = entry({ _tag: "withdrawn" }, 3 * day, { channel: "operator" })
    assert.deepStrictEqual(after(again), ["canceled_soft", 1])
    assert.deepStrictEqual(after(lapsed(2), again, lapsed(3.5)), ["canceled_hard", 3.5])
  })
})
