import { type Manifest, money } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { noDeeds, turned } from "../../src/provider/histories/Deeds.ts"
import { mayGoBack } from "../../src/provider/histories/Limits.ts"
import type { Moment } from "../../src/provider/histories/Moment.ts"
import { repaymentInvariants } from "../../src/provider/histories/repaymentInvariants.ts"
import {
  boundOf,
  givenBackOf,
  type KnownRepayment,
  mayStepCarried,
  moveOf,
  takenRepayment
} from "../../src/provider/histories/Repayments.ts"
import { repaymentsAtRest } from "../../src/provider/histories/repaymentsAtRest.ts"
import { noSums } from "../../src/provider/histories/Sums.ts"
import type { RepaymentTruth } from "../../src/provider/SandboxDriver.ts"

const eur = (minorUnits: bigint) => money(minorUnits, "EUR")
const payout = (changes: Partial<KnownRepayment> = {}): KnownRepayment => ({
  ...takenRepayment({ id: "r", minorUnits: 700n, isOverride: false, route: "payout" }),
  isApproved: true,
  ...changes
})
const sent = (...sums: ReadonlyArray<bigint>): RepaymentTruth => ({ sent: sums.map(eur), cameBack: false })

/** 12 euros that came, and what is known of money going back. */
const moment = (
  known: ReadonlyArray<KnownRepayment>,
  finality: "soft" | "hard" = "hard",
  received?: ReturnType<typeof eur>
): Moment => ({
  at: 0,
  ourTime: 0,
  isSkewed: false,
  asked: eur(1200n),
  currency: "EUR",
  namesSums: true,
  attempts: [
    {
      id: "a",
      deadline: 1,
      copies: 1,
      charges: 1,
      heardAt: 0,
      sums: { ...noSums, charged: 1200n },
      deeds: turned(noDeeds(0), { to: "received" }, 0, false),
      canBeAsked: true
    }
  ],
  // All that these invariants read of a payment.
  believed: {
    attempts: [{ status: "paid", finality }],
    state: { money: { received } }
  } as unknown as Moment["believed"],
  told: [],
  watched: new Set(),
  unread: new Set(),
  repayments: { known, believed: [] }
})
const broken = (now: Moment, before?: Moment): ReadonlyArray<string> =>
  repaymentInvariants.flatMap(({ broken: check, id }) => (check(now, before) === undefined ? [] : [id]))

describe("the model of money going back", () => {
  it("lets money go back by evidence that is stored and was not yet taken in", () => {
    const soft = moment([], "soft")
    assert.deepStrictEqual(mayGoBack(soft, false), { sure: 0n, most: 0n })
    assert.deepStrictEqual(mayGoBack({ ...soft, unread: new Set(["a"]) }, false), { sure: 0n, most: 1200n })
  })

  it("lets money go back that went against the provider's rules, until our side has heard of it", () => {
    const now = moment([])
    const [paid] = now.attempts
    assert(paid !== undefined)
    const gone = { ...paid, sums: { ...paid.sums, undone: 1200n } }
    const late = { ...gone, deeds: turned(paid.deeds, { to: "undone" }, 0, true) }
    for (const asked of [now.asked, undefined]) {
      assert.deepStrictEqual(mayGoBack({ ...now, asked, attempts: [gone] }, false), { sure: 0n, most: 0n })
      assert.deepStrictEqual(mayGoBack({ ...now, asked, attempts: [late] }, false), { sure: 0n, most: 1200n })
    }
  })

  const sums = (status: KnownRepayment["status"]) => [boundOf([payout({ status })]), givenBackOf([payout({ status })])]

  it("counts what is asked as bound and what left as given back, an unknown outcome included", () => {
    assert.deepStrictEqual(sums("requested"), [700n, 0n])
    assert.deepStrictEqual(sums("approved"), [700n, 0n])
    assert.deepStrictEqual(sums("submitted"), [700n, 700n])
    assert.deepStrictEqual(sums("outcome_unknown"), [700n, 700n])
    assert.deepStrictEqual(sums("done"), [700n, 700n])
    assert.deepStrictEqual(sums("refused"), [0n, 0n])
    assert.deepStrictEqual(sums("reversed"), [0n, 0n])
  })

  it("knows no way on from a refusal, and none past an approval", () => {
    assert.strictEqual(moveOf("requested", "approve"), "approved")
    assert.isUndefined(moveOf("requested", "submit"))
    assert.isUndefined(moveOf("submitted", "reverse"))
    assert.isUndefined(moveOf("refused", "approve"))
  })

  it("lets people settle what a provider leaves open, and never what is on its way", () => {
    assert.isTrue(mayStepCarried("outcome_unknown", "complete"))
    assert.isFalse(mayStepCarried("submitted", "complete"))
    assert.isFalse(mayStepCarried("approved", "submit"))
  })
})

describe("what holds of money that a provider sends back", () => {
  it("is kept by a payout that leaves once, approved, of firm money, and counts as gone", () => {
    const before = moment([payout({ status: "approved" })])
    assert.deepStrictEqual(broken(before), [])
    assert.deepStrictEqual(broken(moment([payout({ status: "submitted", atProvider: sent() })]), before), [])
    assert.deepStrictEqual(broken(moment([payout({ status: "outcome_unknown", atProvider: sent(700n) })]), before), [])
  })

  it("is broken by one that nobody approved", () => {
    const now = moment([payout({ status: "submitted", atProvider: sent(), isApproved: false })])
    assert.deepStrictEqual(broken(now), ["approved-before-it-leaves"])
  })

  it("is broken by one that leaves twice, or with another sum", () => {
    const known = payout({ status: "done", atProvider: sent(700n) })
    for (const atProvider of [sent(700n, 700n), sent(701n)]) {
      assert.deepStrictEqual(broken(moment([{ ...known, atProvider }]), moment([known])), ["leaves-once"])
    }
  })

  it("is broken by one that left and counts as there, unless a person answers for it", () => {
    const known = payout({ status: "refused", atProvider: sent(700n) })
    assert.deepStrictEqual(broken(moment([known]), moment([known])), ["what-left-counts"])
    const settled = { ...known, isSettled: true }
    assert.deepStrictEqual(broken(moment([settled]), moment([settled])), [])
  })

  it("is broken by money that leaves while it may still be undone, unless a named person overrides", () => {
    const asking = payout({ status: "approved" })
    const leaving = payout({ status: "submitted", atProvider: sent() })
    assert.deepStrictEqual(broken(moment([leaving], "soft"), moment([asking], "soft")), ["only-firm-money-leaves"])
    // It became firm in the same step.
    assert.deepStrictEqual(broken(moment([leaving], "hard"), moment([asking], "soft")), [])
    const soft = (known: KnownRepayment) => moment([{ ...known, isOverride: true }], "soft", eur(1200n))
    assert.deepStrictEqual(broken(soft(leaving), soft(asking)), [])
  })

  it("is broken by more that goes back than came", () => {
    const first = payout({ status: "done", atProvider: sent(700n) })
    const second = { ...first, id: "r2" }
    assert.deepStrictEqual(broken(moment([first, second]), moment([first, second])), ["no-more-goes-than-came"])
  })
})

describe("at rest", () => {
  const wrong = (changes: Partial<KnownRepayment>, repeatCreate: Manifest["repeatCreate"] = "after_absence") =>
    repaymentsAtRest(moment([payout(changes)]), { repeatCreate } as Manifest) // all that is read of it

  it("what the provider's books say is what is believed", () => {
    assert.isUndefined(wrong({ status: "done", atProvider: sent(700n) }))
    assert.isUndefined(wrong({ status: "reversed", atProvider: { ...sent(700n), cameBack: true } }))
    assert.isUndefined(wrong({ status: "submitted", atProvider: sent() }))
    assert.isUndefined(wrong({ status: "refused", atProvider: sent(), wasRefused: true }))
    assert.isDefined(wrong({ status: "outcome_unknown", atProvider: sent(700n) }))
    assert.isDefined(wrong({ status: "done", atProvider: { ...sent(700n), cameBack: true } }))
    assert.isDefined(wrong({ status: "done", atProvider: sent() }))
    assert.isDefined(wrong({ status: "submitted", atProvider: sent(), wasRefused: true }))
  })

  it("what never arrived is sent again, or stays open where nothing proves that", () => {
    assert.isDefined(wrong({ status: "outcome_unknown" }))
    assert.isUndefined(wrong({ status: "outcome_unknown" }, "never"))
    assert.isDefined(wrong({ status: "approved" }))
    assert.isUndefined(wrong({ status: "refused" }))
  })
})
