import * as Schema from "effect/Schema"
import { AttemptId, PaymentId, RepaymentId } from "./Ids.ts"
import { Money } from "./Money.ts"
import type { Trust } from "./Observation.ts"
import { Finality } from "./State.ts"

export const RepaymentStatus = Schema.Literals([
  "requested",
  "approved",
  "submitted",
  "outcome_unknown",
  "done",
  "refused",
  "reversed"
])
export type RepaymentStatus = typeof RepaymentStatus.Type

/** What a person should look at: the provider said a word that the adapter does not know, or that another sum went. */
export const RepaymentAttention = Schema.Literals(["unknown_status", "amount_mismatch"])
export type RepaymentAttention = typeof RepaymentAttention.Type

/** What people do to move a repayment on. */
export const RepaymentAction = Schema.Literals(["approve", "submit", "lose_reply", "complete", "refuse", "reverse"])
export type RepaymentAction = typeof RepaymentAction.Type

/**
 * Which action leads where; what is not listed is a conflict. Of the routes `refund` and `payout` core submits and notes lost
 * replies itself, and the provider's word leads on: `repaymentWords`.
 */
export const repaymentTable: Readonly<Record<RepaymentStatus, Partial<Record<RepaymentAction, RepaymentStatus>>>> = {
  requested: { approve: "approved", refuse: "refused" },
  approved: { submit: "submitted", complete: "done", refuse: "refused" },
  submitted: { complete: "done", refuse: "refused", lose_reply: "outcome_unknown" },
  // Counts as paid out until somebody knows better.
  outcome_unknown: { complete: "done", refuse: "refused" },
  // A transfer may come back days later.
  done: { reverse: "reversed" },
  refused: {},
  reversed: {}
}

/** What a provider says of money that it sends back for us, and what that is worth against another word of the same time. */
const words = ["working", "refused", "done", "reversed"] as const
export type RepaymentWord = (typeof words)[number]
export const rankOfWord = (word: RepaymentWord): number => words.indexOf(word)

/**
 * Where the provider's word leads a repayment that it carries out, in the order of the provider's time. A refusal after the
 * money went is its way back; a transfer that came back may still be repeated by the provider.
 */
export const repaymentWords: Readonly<Record<RepaymentStatus, Partial<Record<RepaymentWord, RepaymentStatus>>>> = {
  requested: {},
  // A submission that was thought lost, and had arrived after all.
  approved: { working: "submitted", done: "done", refused: "refused", reversed: "reversed" },
  submitted: { done: "done", refused: "refused", reversed: "reversed" },
  outcome_unknown: { working: "submitted", done: "done", refused: "refused", reversed: "reversed" },
  done: { refused: "reversed", reversed: "reversed" },
  refused: { done: "done", reversed: "reversed" },
  reversed: { done: "done" }
}

/**
 * What a piece of evidence says of one repayment. The union is closed, and apart from that of purchases: what is said of money
 * going back never speaks of money that came.
 *
 * - `done.amount`: what left, where the provider says it; another sum than was asked is not believed.
 * - `refused`: nothing left, or the provider could not deliver it. `reason` is the adapter's own sentence, never the provider's.
 * - `reversed`: it had left and came back.
 * - `absent`: the provider knows of no such repayment; what that proves is in the manifest.
 */
export const RepaymentClaim = Schema.TaggedUnion({
  working: {},
  done: { amount: Schema.optionalKey(Money) },
  refused: { reason: Schema.optionalKey(Schema.String) },
  reversed: {},
  absent: {},
  unknown_word: { word: Schema.String }
})
export type RepaymentClaim = typeof RepaymentClaim.Type

/** What an adapter hands to core about a repayment. */
export interface RepaymentObserved {
  readonly says: RepaymentClaim
  readonly trust: Trust
  /** The provider's own time of the fact, epoch milliseconds. Absent: for a query the time of asking, else ours. */
  readonly providerTime?: number
  /** The provider's raw result code. */
  readonly providerCode?: string
  /** The raw bytes that were received, kept encrypted; for webhooks core takes the body itself. */
  readonly evidence?: Uint8Array
}

/** One step of a repayment: who did what, when, why and on what evidence. */
export const RepaymentStep = Schema.Struct({
  /** `hear`: the provider said that it works on it. `not_sent`, `not_arrived`: nothing reached the provider, it is sent again. */
  action: Schema.Literals(["request", ...RepaymentAction.literals, "hear", "not_sent", "not_arrived"]),
  /** A person, `maksa`, or the provider's instance. */
  by: Schema.NonEmptyString,
  /** True where the provider's word moved it. */
  isProvidersWord: Schema.optionalKey(Schema.Boolean),
  providerCode: Schema.optionalKey(Schema.String),
  at: Schema.DateTimeUtc,
  reason: Schema.optionalKey(Schema.String),
  /** Where the proof is, such as the number of the bank transfer. Never an account number. */
  evidence: Schema.optionalKey(Schema.String),
  /** A named operator allowed it although the money was not hard. */
  isOverride: Schema.optionalKey(Schema.Boolean)
})
export type RepaymentStep = typeof RepaymentStep.Type

/** Money going back to the payer. */
export class Repayment extends Schema.Class<Repayment>("@maksa/core/Repayment")({
  id: RepaymentId,
  paymentId: PaymentId,
  /** Whose provider carries it out; absent on the manual route. */
  attemptId: Schema.optionalKey(AttemptId),
  amount: Money,
  /**
   * `manual`: an operator makes the transfer in the bank and records it here. `refund`: the provider gives back what the payer
   * paid. `payout`: the provider transfers the sum to an account that is named.
   */
  route: Schema.Literals(["manual", "refund", "payout"]),
  status: RepaymentStatus,
  /** `soft`: the provider may still change its word, and is asked again. On the manual route always `hard`. */
  finality: Finality,
  attention: Schema.Array(RepaymentAttention),
  history: Schema.Array(RepaymentStep),
  createdAt: Schema.DateTimeUtc,
  updatedAt: Schema.DateTimeUtc
}) {}
