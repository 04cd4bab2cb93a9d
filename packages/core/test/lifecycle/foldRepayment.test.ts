import { assert, describe, it } from "vitest"
import { foldRepayment, type RepaymentEntry } from "../../src/lifecycle/foldRepayment.ts"
import { type Money, money } from "../../src/Money.ts"
import { type RepaymentClaim, type RepaymentStep, repaymentWords } from "../../src/Repayment.ts"

const amount = money(500n, "EUR")

let count = 0
const word = (says: RepaymentClaim, at: number, digest = `d${count++}`): RepaymentEntry => ({
  says,
  at,
  digest,
  providerCode: undefined
})
const done = (stated?: Money): RepaymentClaim => ({
  _tag: "done",
  ...(stated === undefined ? {} : { amount: stated })
})
const steps = (...actions: ReadonlyArray<RepaymentStep["action"]>) =>
  actions.map((action, index) => ({ action, at: index + 1 }))
const sent = steps("request", "approve", "submit")
const fold = (...entries: ReadonlyArray<RepaymentEntry>) => foldRepayment(amount, sent, entries)

describe("a repayment of which the provider said nothing", () => {
  it("stands where the last step of ours left it", () => {
    const standing = {
      request: "requested",
      approve: "approved",
      submit: "submitted",
      lose_reply: "outcome_unknown",
      complete: "done",
      refuse: "refused",
      reverse: "reversed",
      hear: "submitted",
      not_sent: "approved",
      not_arrived: "approved"
    } as const
    for (const [action, status] of Object.entries(standing)) {
      // the keys are those of the record above
      const [step = { action: "request", at: 1 }] = steps(action as keyof typeof standing)
      const before = action === "approve" ? "complete" : "approve"
      assert.deepStrictEqual(
        foldRepayment(amount, [...steps("request", before), step], []),
        { status, attention: [], word: undefined },
        action
      )
    }
    assert.strictEqual(foldRepayment(amount, [], []).status, "requested")
  })

  it("is not moved by steps that only note the provider's words", () => {
    const noted = { action: "complete", isProvidersWord: true, at: 4 } as const
    assert.strictEqual(foldRepayment(amount, [...sent, noted], []).status, "submitted")
    assert.strictEqual(foldRepayment(amount, [...sent, { ...noted, isProvidersWord: false }], []).status, "done")
  })
})

describe("the provider's word", () => {
  it("leads on as the table says, from where we stood, and is told", () => {
    const from = {
      requested: steps("request"),
      approved: steps("request", "approve"),
      submitted: sent,
      outcome_unknown: [...sent, ...steps("lose_reply")],
      done: steps("request", "complete"),
      refused: steps("request", "refuse"),
      reversed: steps("request")
    } as const
    for (const [status, own] of Object.entries(from)) {
      if (status === "reversed") continue
      for (const _tag of ["working", "refused", "done", "reversed"] as const) {
        const said = word({ _tag }, 9)
        // the keys are those of the record above
        const next = repaymentWords[status as keyof typeof from][_tag]
        const folded = foldRepayment(amount, own, [said])
        assert.strictEqual(folded.status, next ?? status, `${status} ${_tag}`)
        assert.strictEqual(folded.word, next === undefined ? undefined : said)
      }
    }
  })

  it("counts in the order of its time, then by what it is worth, whatever order it came in", () => {
    const words = [word(done(), 10), word({ _tag: "reversed" }, 20), word(done(), 30)]
    for (const order of [words, words.toReversed(), [words[1], words[2], words[0]]]) {
      const folded = fold(...order.flatMap((one) => one ?? []))
      assert.deepStrictEqual([folded.status, folded.word?.at], ["done", 30])
    }
    const once = [word({ _tag: "reversed" }, 10), word(done(), 10), word({ _tag: "refused" }, 10)]
    assert.strictEqual(fold(...once).status, "reversed")
    assert.strictEqual(fold(...once.toReversed()).status, "reversed")
    const named = [word(done(), 10, "z"), word({ _tag: "reversed" }, 20, "a")]
    assert.deepStrictEqual([fold(...named).status, fold(...named.toReversed()).status], ["reversed", "reversed"])
    const atOnce = [word(done(), 10, "z"), word({ _tag: "reversed" }, 10, "a")]
    assert.deepStrictEqual([fold(...atOnce).status, fold(...atOnce.toReversed()).status], ["reversed", "reversed"])
    // The provider's clock may be behind ours.
    assert.strictEqual(fold(word(done(), 2)).status, "done")
    const same = [word(done(), 10, "b"), word(done(), 10, "a")]
    assert.deepStrictEqual([fold(...same).word?.digest, fold(...same.toReversed()).word?.digest], ["a", "a"])
  })

  it("of another sum is not believed, and seen by a person", () => {
    for (const other of [money(499n, "EUR"), money(501n, "EUR"), money(500n, "USD"), money(7n, "USD")]) {
      assert.deepStrictEqual(fold(word(done(other), 10)), {
        status: "submitted",
        attention: ["amount_mismatch"],
        word: undefined
      })
    }
    for (const right of [undefined, amount]) {
      const folded = fold(word(done(right), 10))
      assert.deepStrictEqual([folded.status, folded.attention], ["done", []])
    }
    assert.strictEqual(fold(word({ _tag: "refused" }, 10)).status, "refused")
  })

  it("that nobody knows moves nothing, and is seen by a person; absence is no word", () => {
    const unheard = word({ _tag: "unknown_word", word: "parked" }, 10)
    assert.deepStrictEqual(fold(unheard), { status: "submitted", attention: ["unknown_status"], word: undefined })
    assert.deepStrictEqual(fold(word({ _tag: "absent" }, 10)), { status: "submitted", attention: [], word: undefined })
    const both = fold(unheard, word(done(money(1n, "EUR")), 11))
    assert.deepStrictEqual(both.attention, ["amount_mismatch", "unknown_status"])
  })

  it("counts no more once a person knows that the money came back, unless it is newer", () => {
    const back = [...sent, { action: "complete", at: 10 }, { action: "reverse", at: 20 }] as const
    const after = (...entries: ReadonlyArray<RepaymentEntry>) => foldRepayment(amount, back, entries)
    assert.deepStrictEqual(after(word(done(), 15)), { status: "reversed", attention: [], word: undefined })
    assert.strictEqual(after(word(done(), 20)).status, "reversed")
    assert.strictEqual(after(word(done(), 21)).status, "done")
    assert.deepStrictEqual(after(word(done(money(1n, "EUR")), 15)).attention, [])
    // The last time that it came back counts.
    const twice = [...back, { action: "complete", at: 30 }, { action: "reverse", at: 40 }] as const
    assert.strictEqual(foldRepayment(amount, twice, [word(done(), 35)]).status, "reversed")
    assert.strictEqual(foldRepayment(amount, twice, [word(done(), 41)]).status, "done")
  })
})
