import * as Schema from "effect/Schema"
import { Money } from "./Money.ts"

/** The payment's status; see docs/lifecycle.md for the drawing. */
export const PaymentStatus = Schema.Literals([
  "created",
  "requires_action",
  "processing",
  "provisional",
  "paid",
  "declined",
  "expired",
  "canceled",
  "reversed",
  "under_review"
])
export type PaymentStatus = typeof PaymentStatus.Type

/** `soft` may still change; `hard` changes only by an operator or into `under_review`. */
export const Finality = Schema.Literals(["soft", "hard"])
export type Finality = typeof Finality.Type

/** What a person should see, beside the status. */
export const Attention = Schema.Literals([
  "unknown_status",
  "overpaid",
  "underpaid",
  "amount_unconfirmed",
  "late_money",
  "contract_drift"
])
export type Attention = typeof Attention.Type

/** Why a status stands that the status alone does not explain. */
export const StateReason = Schema.Literals([
  "outcome_unknown",
  "amount_mismatch",
  "underpaid",
  "partly_undone",
  "contradicts_hard_state"
])
export type StateReason = typeof StateReason.Type

/** Money facts, united over attempts and operations. `asked` is absent while the provider prices the payment. */
export class MoneyFacts extends Schema.Class<MoneyFacts>("@maksa/core/MoneyFacts")({
  asked: Schema.optionalKey(Money),
  promised: Schema.optionalKey(Money),
  received: Schema.optionalKey(Money),
  undone: Schema.optionalKey(Money),
  givenBack: Schema.optionalKey(Money)
}) {}

/** What the ledger folds to. */
export class PaymentState extends Schema.Class<PaymentState>("@maksa/core/PaymentState")({
  status: PaymentStatus,
  finality: Finality,
  reason: Schema.optionalKey(StateReason),
  attention: Schema.Array(Attention),
  money: MoneyFacts
}) {}
