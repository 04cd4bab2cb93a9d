import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import type { AttemptFacts } from "../../src/lifecycle/evidence.ts"
import { foldAttempt } from "../../src/lifecycle/fold.ts"
import { money } from "../../src/Money.ts"
import { action, day, entry, facts, pool, query, received } from "./ledgers.ts"

describe("the fold of an attempt", () => {
  it("gives one state for any shuffle of up to twelve pieces of evidence", () => {
    fc.assert(
      fc.property(
        fc
          .shuffledSubarray([...pool], { minLength: 1, maxLength: 12 })
          .chain((set) =>
            fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length, maxLength: set.length }))
          ),
        ([a, b]) => {
          assert.deepStrictEqual(foldAttempt(facts, b), foldAttempt(facts, a))
        }
      ),
      { numRuns: 2000 }
    )
  })

  it("never calls a payment paid on a sum that does not match, whatever else is said without a matching query", () => {
    const wrong = [received(1199n), received(600n), received(1200n, "USD"), received(0n)]
    for (const claim of wrong) {
      const fold = foldAttempt(facts, [entry(action, 1), entry(claim, 2)])
      assert.strictEqual(fold.name, "under_review")
      assert.notStrictEqual(foldAttempt(facts, [entry(claim, 2), entry({ _tag: "working" }, 3)]).name, "paid_soft")
    }
    const promisedWrong = foldAttempt(facts, [entry({ _tag: "promised", amount: money(1n, "EUR") }, 2)])
    assert.strictEqual(promisedWrong.name, "under_review")
  })

  it("adds up operations to the sum asked, and flags more than that", () => {
    const halves = [entry(received(600n), 1, { operation: "a" }), query(received(600n), 2)]
    const both = foldAttempt(facts, [halves[0]!, { ...halves[1]!, operation: "b" }])
    assert.strictEqual(both.name, "paid_soft")
    assert.strictEqual(both.received?.minorUnits, 1200n)
    const twice = foldAttempt(facts, [
      entry(received(), 1, { operation: "a" }),
      entry(received(), 2, { operation: "b" })
    ])
    assert.deepStrictEqual([twice.name, twice.attention], ["paid_soft", ["overpaid"]])
    const same = foldAttempt(facts, [
      entry(received(), 1, { operation: "a" }),
      entry(received(), 2, { operation: "a" })
    ])
    assert.deepStrictEqual([same.received?.minorUnits, same.attention], [1200n, []])
  })

  it("changes nothing on an unknown word but raises attention until a known word comes", () => {
    const asked = entry(action, 1)
    const before = foldAttempt(facts, [asked])
    const after = foldAttempt(facts, [asked, entry({ _tag: "unknown_word", word: "O" }, 2)])
    assert.deepStrictEqual({ ...after, attention: [] }, before)
    assert.deepStrictEqual(after.attention, ["unknown_status"])
    const known = foldAttempt(facts, [entry({ _tag: "unknown_word", word: "O" }, 2), query(received(), 3)])
    assert.deepStrictEqual([known.name, known.attention], ["paid_soft", []])
  })

  it("believes no hint", () => {
    const fold = foldAttempt(facts, [entry(received(), 1, { trust: "hint" })])
    assert.deepStrictEqual([fold.name, fold.received], ["created", undefined])
  })

  it("decides nothing by time alone: only a query after the window makes money hard", () => {
    const paid = entry(received(), 1000)
    assert.strictEqual(foldAttempt(facts, [paid, query(received(), 1000 + 7 * day - 1)]).name, "paid_soft")
    assert.strictEqual(foldAttempt(facts, [paid, entry(received(), 1000 + 8 * day)]).name, "paid_soft")
    assert.strictEqual(foldAttempt(facts, [paid, query(received(), 1000 + 7 * day)]).name, "paid_hard")
    assert.strictEqual(foldAttempt(facts, [paid, query({ _tag: "working" }, 1000 + 8 * day)]).name, "paid_soft")
  })

  it("turns a soft decline into paid when money comes, and shows that it was late", () => {
    const fold = foldAttempt(facts, [entry({ _tag: "refused" }, 1), entry(received(), 2)])
    assert.deepStrictEqual([fold.name, fold.attention], ["paid_soft", ["late_money"]])
  })

  it("shows money as late after any end without it, also where it was promised first", () => {
    for (const end of ["refused", "lapsed", "withdrawn"] as const) {
      const promised = [entry({ _tag: end }, 1), entry({ _tag: "promised" }, 2)]
      const before = foldAttempt(facts, promised)
      assert.deepStrictEqual([before.name, before.attention], ["provisional", ["late_money"]], end)
      const after = foldAttempt(facts, [...promised, entry(received(), 3)])
      assert.deepStrictEqual([after.name, after.attention], ["paid_soft", ["late_money"]], end)
    }
  })

  it("asks before it believes a refusal after money, and reverses only on the query's word", () => {
    const doubted = foldAttempt(facts, [entry(received(), 1), entry({ _tag: "refused" }, 2)])
    assert.deepStrictEqual([doubted.name, doubted.wantsQuery], ["paid_soft", true])
    const denied = foldAttempt(facts, [
      entry(received(), 1),
      entry({ _tag: "refused" }, 2),
      query({ _tag: "refused" }, 3)
    ])
    assert.deepStrictEqual([denied.name, denied.wantsQuery], ["reversed_soft", false])
    const older = foldAttempt(facts, [entry(received(), 2), entry({ _tag: "refused" }, 1)])
    assert.deepStrictEqual([older.name, older.wantsQuery], ["paid_soft", false])
  })

  it("reverses on undone also when the message about the money was lost", () => {
    assert.strictEqual(foldAttempt(facts, [entry(action, 1), entry({ _tag: "undone" }, 2)]).name, "reversed_soft")
    const back = foldAttempt(facts, [entry(received(), 1), entry({ _tag: "undone" }, 2), entry(received(), 3)])
    assert.deepStrictEqual([back.name, back.undone], ["paid_soft", undefined])
  })

  it("reviews a contradiction of a hard state, and only an operator or a matching query leads out", () => {
    const hard = [entry(received(), 0), query(received(), 8 * day)]
    const review = [...hard, entry({ _tag: "undone" }, 9 * day)]
    const fold = foldAttempt(facts, review)
    assert.deepStrictEqual([fold.name, fold.reason], ["under_review", "contradicts_hard_state"])
    assert.strictEqual(foldAttempt(facts, [...review, entry(received(), 10 * day)]).name, "under_review")
    assert.strictEqual(foldAttempt(facts, [...review, query(received(), 10 * day)]).name, "paid_soft")
    const decided = entry({ _tag: "decided", status: "reversed" }, 10 * day, { channel: "operator" })
    assert.strictEqual(foldAttempt(facts, [...review, decided]).name, "reversed_hard")
  })

  it("is moved by nothing that the payer agreed to, not even where nothing else is known", () => {
    const consented = entry({ _tag: "consented", textDigest: "00", language: "lv" }, 5, { channel: "return" })
    const lost: AttemptFacts = { ...facts, submission: "started" }
    const ledgers = [[], [entry(action, 1)], [entry({ _tag: "unknown_word", word: "?" }, 1)], pool]
    for (const of of [facts, lost]) {
      for (const ledger of [...ledgers, [query({ _tag: "absent" }, 20_000)]]) {
        assert.deepStrictEqual(foldAttempt(of, [...ledger, consented]), foldAttempt(of, ledger))
      }
    }
  })

  it("reads a committed submission without an answer as a lost reply, and absence as proof only when it is one", () => {
    const lost: AttemptFacts = { ...facts, submission: "started" }
    const fold = foldAttempt(lost, [])
    assert.deepStrictEqual([fold.name, fold.reason], ["submitted", "outcome_unknown"])
    assert.strictEqual(foldAttempt(lost, [query({ _tag: "absent" }, 9_999)]).name, "submitted")
    assert.strictEqual(foldAttempt(lost, [query({ _tag: "absent" }, 10_000)]).name, "created")
    assert.strictEqual(
      foldAttempt(lost, [entry({ _tag: "working" }, 1), query({ _tag: "absent" }, 20_000)]).name,
      "processing"
    )
    const never = { ...lost, absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false } } as const
    assert.strictEqual(foldAttempt(never, [query({ _tag: "absent" }, 300 * day)]).name, "submitted")
  })

  it("expires an open payment only on a query after the deadline and its grace", () => {
    const before = [entry(action, 1), query({ _tag: "absent" }, 10 * day + 3_599_999)]
    assert.strictEqual(foldAttempt(facts, before).name, "requires_action")
    assert.strictEqual(
      foldAttempt(facts, [...before, query({ _tag: "absent" }, 10 * day + 3_600_000)]).name,
      "expired_soft"
    )
  })

  it("keeps the payer's action while the provider's word does not tell whether it was used", () => {
    const stands = foldAttempt(facts, [entry(action, 1), query({ _tag: "working", actionStands: true }, 2)])
    assert.deepStrictEqual([stands.name, stands.nextAction?._tag], ["requires_action", "redirect"])
    const used = foldAttempt(facts, [entry(action, 1), query({ _tag: "working" }, 2)])
    assert.deepStrictEqual([used.name, used.nextAction], ["processing", undefined])
  })

  it("calls a sum unconfirmed until a document names it, and refuses to be paid if the document names another", () => {
    const said = foldAttempt(facts, [query({ _tag: "received" }, 1)])
    assert.deepStrictEqual([said.name, said.attention], ["paid_soft", ["amount_unconfirmed"]])
    const proof = (minor: bigint) =>
      foldAttempt(facts, [query({ _tag: "received" }, 1), entry(received(minor), 2, { channel: "receipt" })])
    assert.deepStrictEqual([proof(1200n).name, proof(1200n).attention], ["paid_soft", []])
    assert.strictEqual(proof(1100n).name, "under_review")
    const tariff = foldAttempt({ ...facts, asked: undefined }, [
      query({ _tag: "received" }, 1),
      entry(received(77n), 2, { channel: "receipt" })
    ])
    assert.deepStrictEqual([tariff.name, tariff.received?.minorUnits, tariff.attention], ["paid_soft", 77n, []])
  })
})
