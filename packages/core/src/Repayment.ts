import * as Schema from "effect/Schema"
import { PaymentId, RepaymentId } from "./Ids.ts"
import { Money } from "./Money.ts"

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

/** What moves a repayment on. */
export const RepaymentAction = Schema.Literals(["approve", "submit", "lose_reply", "complete", "refuse", "reverse"])
export type RepaymentAction = typeof RepaymentAction.Type

/** Which action leads where; what is not listed is a conflict. */
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

/** One step of a repayment: who did what, when, why and on what evidence. */
export const RepaymentStep = Schema.Struct({
  action: Schema.Literals(["request", ...RepaymentAction.literals]),
  by: Schema.NonEmptyString,
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
  amount: Money,
  /** `manual`: an operator makes the transfer in the bank and records it here. */
  route: Schema.Literals(["manual", "refund", "payout"]),
  status: RepaymentStatus,
  history: Schema.Array(RepaymentStep),
  createdAt: Schema.DateTimeUtc,
  updatedAt: Schema.DateTimeUtc
}) {}
