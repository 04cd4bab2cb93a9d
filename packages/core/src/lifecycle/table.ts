// The lifecycle of one attempt as data. Types, the fold, docs/lifecycle.{json,mmd} and the exhaustive tests come from here.
import type { Finality, PaymentStatus, StateReason } from "../State.ts"

/** Rows of the table: a status with its finality, and `submitted`, the state of an attempt whose reply was lost. */
export const stateNames = [
  "created",
  "submitted",
  "requires_action",
  "processing",
  "provisional",
  "paid_soft",
  "paid_hard",
  "declined_soft",
  "declined_hard",
  "expired_soft",
  "expired_hard",
  "canceled_soft",
  "canceled_hard",
  "reversed_soft",
  "reversed_hard",
  "under_review"
] as const
export type StateName = (typeof stateNames)[number]

/**
 * Columns of the table: what a piece of proven evidence comes to, once it is weighed against the attempt (`evidence.ts`).
 *
 * `short` and `mismatched`: money was promised or received, but less than asked, or in another currency.
 * `undone_surplus`: money went back, and what remains is still all that was asked.
 * `confirmed`: received, said by a query with a matching sum. `denied`: a query says no where money was seen.
 * `settled`: a query after the soft window repeats the fact. `absent_conclusive`: an absence that proves what the manifest says.
 */
export const evidenceNames = [
  "accepted",
  "action_needed",
  "working",
  "promised",
  "received",
  "confirmed",
  "short",
  "mismatched",
  "refused",
  "denied",
  "lapsed",
  "withdrawn",
  "undone",
  "undone_partly",
  "undone_surplus",
  "absent",
  "absent_conclusive",
  "unknown_word",
  "settled"
] as const
export type EvidenceName = (typeof evidenceNames)[number]

export interface Rule {
  readonly to: StateName
  readonly reason?: StateReason
  /** The evidence asks for a query before anything is believed. */
  readonly query?: true
  /** Money after an end: a person should see it. */
  readonly late?: true
}

/** How each row shows to the outside. */
export const publicState: Readonly<Record<StateName, { readonly status: PaymentStatus; readonly finality: Finality }>> =
  {
    created: { status: "created", finality: "soft" },
    submitted: { status: "processing", finality: "soft" },
    requires_action: { status: "requires_action", finality: "soft" },
    processing: { status: "processing", finality: "soft" },
    provisional: { status: "provisional", finality: "soft" },
    paid_soft: { status: "paid", finality: "soft" },
    paid_hard: { status: "paid", finality: "hard" },
    declined_soft: { status: "declined", finality: "soft" },
    declined_hard: { status: "declined", finality: "hard" },
    expired_soft: { status: "expired", finality: "soft" },
    expired_hard: { status: "expired", finality: "hard" },
    canceled_soft: { status: "canceled", finality: "soft" },
    canceled_hard: { status: "canceled", finality: "hard" },
    reversed_soft: { status: "reversed", finality: "soft" },
    reversed_hard: { status: "reversed", finality: "hard" },
    under_review: { status: "under_review", finality: "soft" }
  }

type Row = Readonly<Record<EvidenceName, Rule>>

const review = (reason: StateReason): Rule => ({ to: "under_review", reason, query: true })
const wrong = review("amount_mismatch")
const tooLittle = review("underpaid")
const partly = review("partly_undone")
const contradiction = review("contradicts_hard_state")

// Rows that share a pattern are spread from these; every cell is still one rule, which the type and a test demand.

/** Before any end: each claim leads where it says. */
const open = (same: Rule): Row => ({
  accepted: { to: "processing" },
  action_needed: { to: "requires_action" },
  working: { to: "processing" },
  promised: { to: "provisional" },
  received: { to: "paid_soft" },
  confirmed: { to: "paid_soft" },
  short: tooLittle,
  mismatched: wrong,
  refused: { to: "declined_soft" },
  denied: { to: "declined_soft" },
  lapsed: { to: "expired_soft" },
  withdrawn: { to: "canceled_soft" },
  undone: { to: "reversed_soft" },
  undone_partly: partly,
  undone_surplus: same,
  absent: same,
  absent_conclusive: same,
  unknown_word: same,
  settled: same
})

/** After an end without money that may still change. `settled` hardens it; money, promised too, is late but believed. */
const softEnd = (same: Rule, hard: StateName): Row => ({
  ...open(same),
  accepted: same,
  action_needed: same,
  working: same,
  promised: { to: "provisional", late: true },
  received: { to: "paid_soft", late: true },
  confirmed: { to: "paid_soft", late: true },
  refused: same,
  denied: same,
  lapsed: same,
  withdrawn: same,
  settled: { to: hard }
})

/** After a hard end without money: words without money are history, money is a contradiction for a person. */
const hardEnd = (same: Rule): Row => ({
  ...softEnd(same, same.to),
  promised: contradiction,
  received: { ...contradiction, late: true },
  confirmed: { ...contradiction, late: true },
  short: contradiction,
  mismatched: contradiction,
  undone: contradiction,
  undone_partly: contradiction,
  settled: same
})

const stay = (name: StateName): Rule => ({ to: name })

/** The table. Absent evidence never leads anywhere by itself; time is no column, because time alone decides nothing about money. */
export const table: Readonly<Record<StateName, Row>> = {
  created: { ...open(stay("created")), absent_conclusive: { to: "expired_soft" } },
  // Any word of the provider proves that the submission arrived, even one that nobody understands.
  submitted: {
    ...open(stay("submitted")),
    unknown_word: { to: "processing" },
    absent_conclusive: { to: "created" }
  },
  requires_action: {
    ...open(stay("requires_action")),
    accepted: stay("requires_action"),
    absent_conclusive: { to: "expired_soft" }
  },
  processing: { ...open(stay("processing")), accepted: stay("processing") },
  provisional: {
    ...open(stay("provisional")),
    accepted: stay("provisional"),
    action_needed: stay("provisional"),
    working: stay("provisional")
  },
  paid_soft: {
    ...open(stay("paid_soft")),
    accepted: stay("paid_soft"),
    action_needed: stay("paid_soft"),
    working: stay("paid_soft"),
    promised: stay("paid_soft"),
    received: stay("paid_soft"),
    confirmed: stay("paid_soft"),
    refused: { to: "paid_soft", query: true },
    denied: { to: "reversed_soft" },
    lapsed: { to: "paid_soft", query: true },
    withdrawn: { to: "paid_soft", query: true },
    settled: { to: "paid_hard" }
  },
  paid_hard: {
    ...open(stay("paid_hard")),
    accepted: stay("paid_hard"),
    action_needed: stay("paid_hard"),
    working: stay("paid_hard"),
    promised: stay("paid_hard"),
    received: stay("paid_hard"),
    confirmed: stay("paid_hard"),
    short: contradiction,
    mismatched: contradiction,
    refused: contradiction,
    denied: contradiction,
    lapsed: contradiction,
    withdrawn: contradiction,
    undone: contradiction,
    undone_partly: contradiction
  },
  declined_soft: {
    ...softEnd(stay("declined_soft"), "declined_hard"),
    // The provider's page lets the payer try again within one attempt (ecommpay "awaiting customer").
    action_needed: { to: "requires_action" },
    working: { to: "processing" },
    // Withdrawn for good: no second try within the attempt any more.
    withdrawn: { to: "canceled_soft" }
  },
  declined_hard: hardEnd(stay("declined_hard")),
  expired_soft: { ...softEnd(stay("expired_soft"), "expired_hard"), working: { to: "processing" } },
  expired_hard: hardEnd(stay("expired_hard")),
  canceled_soft: softEnd(stay("canceled_soft"), "canceled_hard"),
  canceled_hard: hardEnd(stay("canceled_hard")),
  reversed_soft: {
    ...softEnd(stay("reversed_soft"), "reversed_hard"),
    promised: { to: "provisional" },
    received: { to: "paid_soft" },
    confirmed: { to: "paid_soft" },
    undone: stay("reversed_soft"),
    undone_partly: stay("reversed_soft")
  },
  reversed_hard: {
    ...hardEnd(stay("reversed_hard")),
    undone: stay("reversed_hard"),
    undone_partly: stay("reversed_hard")
  },
  // Leaves only by an operator's decision or by a fresh query whose id, amount and currency match.
  under_review: {
    ...hardEnd(stay("under_review")),
    promised: stay("under_review"),
    received: { to: "under_review", query: true },
    confirmed: { to: "paid_soft" },
    short: stay("under_review"),
    mismatched: stay("under_review"),
    undone: stay("under_review"),
    undone_partly: stay("under_review")
  }
}
