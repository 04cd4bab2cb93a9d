import { assert, describe, it } from "vitest"
import { combine } from "../../src/lifecycle/combine.ts"
import type { AttemptFold } from "../../src/lifecycle/fold.ts"
import { type StateName, stateNames } from "../../src/lifecycle/table.ts"
import { money } from "../../src/Money.ts"
import type { Attention } from "../../src/State.ts"

const euros = (minor: bigint) => money(minor, "EUR")
const asked = euros(1200n)

const attempt = (name: StateName, more: Partial<AttemptFold> = {}): AttemptFold => ({
  name,
  since: 0,
  reason: undefined,
  attention: [],
  promised: undefined,
  received: undefined,
  undone: undefined,
  isUnconfirmed: false,
  nextAction: undefined,
  actionDigest: undefined,
  paidVia: undefined,
  providerCode: undefined,
  decline: undefined,
  wantsQuery: false,
  hasEvidence: true,
  ...more
})
const statusOf = (...names: ReadonlyArray<StateName>) =>
  combine(
    asked,
    names.map((name) => attempt(name)),
    undefined
  ).status

describe("the state of a payment with several attempts", () => {
  it("is created without attempts, and asks for what is asked", () => {
    const state = combine(asked, [], undefined)
    assert.deepStrictEqual(
      [state.status, state.finality, state.attention, state.money.asked],
      ["created", "soft", [], asked]
    )
    assert.notProperty(state, "reason")
    assert.deepStrictEqual(Object.keys(state.money), ["asked"])
  })

  it("is that of the newest attempt where no money came", () => {
    for (const name of ["requires_action", "processing", "declined_soft", "expired_hard", "canceled_soft"] as const) {
      assert.strictEqual(statusOf("declined_soft", name), name.replace(/_(?:soft|hard)$/, ""))
    }
    assert.strictEqual(statusOf("requires_action", "declined_soft"), "declined")
    assert.strictEqual(statusOf("reversed_soft", "requires_action"), "requires_action")
  })

  it("is paid where any attempt is, and hard money speaks before soft", () => {
    assert.strictEqual(statusOf("paid_soft", "declined_soft"), "paid")
    const state = combine(asked, [attempt("paid_soft"), attempt("paid_hard"), attempt("canceled_hard")], undefined)
    assert.deepStrictEqual([state.status, state.finality], ["paid", "hard"])
    assert.strictEqual(combine(asked, [attempt("paid_soft"), attempt("declined_hard")], undefined).finality, "soft")
  })

  it("is under review as soon as one attempt is, with its reason", () => {
    const review = attempt("under_review", { reason: "amount_mismatch" })
    const state = combine(asked, [review, attempt("paid_hard"), attempt("paid_soft")], undefined)
    assert.deepStrictEqual([state.status, state.reason], ["under_review", "amount_mismatch"])
  })

  it("prefers the newest promise to what is open, and money to a promise", () => {
    const promises = [attempt("provisional", { reason: "underpaid" }), attempt("provisional"), attempt("declined_soft")]
    const state = combine(asked, promises, undefined)
    assert.strictEqual(state.status, "provisional")
    assert.isUndefined(state.reason)
    assert.strictEqual(statusOf("paid_soft", "provisional"), "paid")
    assert.strictEqual(statusOf("provisional", "paid_hard"), "paid")
  })

  it("has a public status for every state of an attempt", () => {
    for (const name of stateNames)
      assert.strictEqual(statusOf(name), name === "submitted" ? "processing" : name.replace(/_(?:soft|hard)$/, ""))
  })
})

describe("the money of a payment with several attempts", () => {
  it("is united over the attempts, each kind by itself", () => {
    const state = combine(
      asked,
      [
        attempt("reversed_soft", { promised: euros(1n), received: euros(500n), undone: euros(300n) }),
        attempt("declined_soft"),
        attempt("under_review", { promised: euros(2n), received: euros(700n), undone: euros(40n) })
      ],
      euros(7n)
    )
    const { givenBack, promised, received, undone } = state.money
    assert.deepStrictEqual([promised, received, undone, givenBack], [euros(3n), euros(1200n), euros(340n), euros(7n)])
  })

  it("counts as gone no more than an attempt brought, and nothing of a promise that was taken back", () => {
    const paid = attempt("paid_soft", { received: euros(1200n) })
    const promise = combine(asked, [attempt("reversed_soft", { undone: euros(300n) }), paid], undefined)
    assert.deepStrictEqual([promise.money.undone, promise.attention], [undefined, []])
    const more = attempt("reversed_soft", { received: euros(500n), undone: euros(900n) })
    const state = combine(asked, [more, paid], undefined)
    assert.deepStrictEqual([state.money.undone, state.attention], [euros(500n), []])
  })

  it("leaves another currency out instead of adding it up", () => {
    const foreign = attempt("under_review", {
      received: money(500n, "USD"),
      promised: money(1n, "USD"),
      undone: money(2n, "USD")
    })
    const state = combine(asked, [foreign, attempt("paid_soft", { received: euros(1200n) })], undefined)
    assert.deepStrictEqual(Object.keys(state.money).toSorted(), ["asked", "received"])
    assert.deepStrictEqual([state.money.received, state.attention], [euros(1200n), []])
  })

  it("takes the currency of the first money that came where none was asked", () => {
    const dollars = money(5n, "USD")
    const byMoney = combine(
      undefined,
      [attempt("declined_soft"), attempt("paid_soft", { received: dollars })],
      undefined
    )
    assert.deepStrictEqual([byMoney.money.received, byMoney.money.asked], [dollars, undefined])
    assert.notProperty(byMoney.money, "asked")
    const byPromise = combine(undefined, [attempt("provisional", { promised: dollars })], undefined)
    assert.deepStrictEqual(byPromise.money.promised, dollars)
  })
})

describe("the attention that a payment needs", () => {
  const flags = (...attempts: ReadonlyArray<AttemptFold>) => combine(asked, attempts, undefined).attention

  it("is overpaid when more is there than was asked, over all attempts", () => {
    const half = attempt("reversed_soft", { received: euros(601n) })
    assert.deepStrictEqual(flags(half, half), ["overpaid"])
    const exact = attempt("reversed_soft", { received: euros(600n) })
    assert.deepStrictEqual(flags(exact, exact), [])
    assert.deepStrictEqual(flags(attempt("paid_soft", { received: euros(1201n) })), ["overpaid"])
  })

  it("counts what went back", () => {
    const returned = attempt("reversed_soft", { received: euros(1200n), undone: euros(1200n) })
    assert.deepStrictEqual(flags(returned, attempt("paid_soft", { received: euros(1200n) })), [])
    const partly = attempt("reversed_soft", { received: euros(1200n), undone: euros(1199n) })
    assert.deepStrictEqual(flags(partly, attempt("paid_soft", { received: euros(1200n) })), ["overpaid"])
  })

  it("is overpaid where nobody asked a sum as soon as two attempts are paid and one sum is not named", () => {
    const unpriced = (...attempts: ReadonlyArray<AttemptFold>) => combine(undefined, attempts, undefined).attention
    const named = (minor: bigint) => attempt("paid_soft", { received: euros(minor) })
    assert.deepStrictEqual(unpriced(attempt("paid_soft")), [])
    assert.deepStrictEqual(unpriced(attempt("paid_soft"), attempt("declined_soft")), [])
    assert.deepStrictEqual(unpriced(attempt("paid_soft"), named(500n)), ["overpaid"])
    assert.deepStrictEqual(unpriced(attempt("paid_soft"), attempt("paid_hard")), ["overpaid"])
    assert.deepStrictEqual(unpriced(named(500n)), [])
    // The larger of two named sums was due at most.
    assert.deepStrictEqual(unpriced(named(500n), named(700n)), ["overpaid"])
    const returned = attempt("paid_soft", { received: euros(500n), undone: euros(500n) })
    assert.deepStrictEqual(unpriced(returned, named(700n)), [])
    assert.deepStrictEqual(unpriced(named(700n), returned), [])
    assert.deepStrictEqual(unpriced(attempt("reversed_soft", { received: euros(900n) }), named(100n)), ["overpaid"])
    assert.deepStrictEqual(unpriced(attempt("reversed_soft", { received: euros(900n) })), [])
  })

  it("is overpaid no more once the surplus was given back in the payment's currency", () => {
    const more = attempt("paid_soft", { received: euros(1300n) })
    const after = (givenBack: ReturnType<typeof money>) => combine(asked, [more], givenBack).attention
    assert.deepStrictEqual(after(euros(99n)), ["overpaid"])
    assert.deepStrictEqual(after(euros(100n)), [])
    assert.deepStrictEqual(after(money(100n, "USD")), ["overpaid"])
    const twice = [attempt("paid_soft"), attempt("paid_soft", { received: euros(1200n) })]
    assert.deepStrictEqual(combine(asked, twice, euros(1200n)).attention, [])
  })

  it("compares no sums of different currencies", () => {
    const dollars = attempt("paid_soft", { received: money(700n, "USD") })
    const both = combine(undefined, [attempt("paid_soft", { received: euros(500n) }), dollars], undefined)
    assert.deepStrictEqual(both.attention, ["overpaid"])
  })

  it("is overpaid when two attempts are paid, even if nobody named a sum", () => {
    assert.deepStrictEqual(flags(attempt("paid_soft"), attempt("paid_hard")), ["overpaid"])
    assert.deepStrictEqual(flags(attempt("paid_hard"), attempt("declined_soft")), [])
    assert.deepStrictEqual(combine(undefined, [attempt("paid_soft", { received: euros(9n) })], undefined).attention, [])
  })

  it("drops overpaid of one attempt when all attempts together are not, and keeps every other flag, in order", () => {
    const attention: ReadonlyArray<Attention> = ["unknown_status", "overpaid"]
    const surplus = attempt("paid_soft", { received: euros(1200n), attention })
    assert.deepStrictEqual(flags(attempt("declined_soft", { attention: ["contract_drift"] }), surplus), [
      "contract_drift",
      "unknown_status"
    ])
  })
})
