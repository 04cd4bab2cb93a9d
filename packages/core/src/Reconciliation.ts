import * as Schema from "effect/Schema"
import { InstanceName } from "./Ids.ts"
import { Money } from "./Money.ts"
import { PaymentStatus } from "./State.ts"

/**
 * How the provider's list and our records can differ.
 *
 * - `missing_here`: the list has a request of ours that our records lack, as after restoring an old backup.
 * - `missing_there`: the provider has told us of a request, and its list of that time lacks it.
 * - `amount`: both know of money and not of the same sum.
 * - `status`: one of them has money, an end or an open request where the other has something else.
 * - `late`: the list shows money for what had ended here without money.
 * - `orphan_request`: the reply to a request of ours was lost, so nobody knows what the provider calls it.
 */
export const DifferenceKind = Schema.Literals([
  "missing_here",
  "missing_there",
  "amount",
  "status",
  "late",
  "orphan_request"
])
export type DifferenceKind = typeof DifferenceKind.Type

/** What one side believes of an attempt. */
export const Belief = Schema.Struct({
  status: PaymentStatus,
  received: Schema.optionalKey(Money),
  undone: Schema.optionalKey(Money)
})
export type Belief = typeof Belief.Type

/** A row of the list that nobody here knows and that fits an orphan by sum and time. Proposed, never taken. */
export const Candidate = Schema.Struct({
  providerReference: Schema.String,
  amount: Schema.optionalKey(Money),
  createdAt: Schema.optionalKey(Schema.DateTimeUtc)
})
export type Candidate = typeof Candidate.Type

/** One way in which the provider's list and our records differ; an attempt may have several. */
export class Difference extends Schema.Class<Difference>("@maksa/core/Difference")({
  kind: DifferenceKind,
  /** Absent where our records lack the payment. */
  paymentId: Schema.optionalKey(Schema.String),
  attemptId: Schema.optionalKey(Schema.String),
  merchantReference: Schema.optionalKey(Schema.String),
  providerReference: Schema.optionalKey(Schema.String),
  /** The sum of the order. */
  asked: Schema.optionalKey(Money),
  /** What we believed before this run. */
  ours: Schema.optionalKey(Belief),
  /** What the row says. */
  theirs: Schema.optionalKey(Belief),
  /** The payment's status after the row was recorded and folded. */
  statusNow: Schema.optionalKey(PaymentStatus),
  /** Best first; only for `orphan_request`. `payments.tie` ties one. */
  candidates: Schema.optionalKey(Schema.Array(Candidate))
}) {}

/** The provider's list of a span of time against our records. */
export class Reconciliation extends Schema.Class<Reconciliation>("@maksa/core/Reconciliation")({
  provider: InstanceName,
  from: Schema.DateTimeUtc,
  /** The span's end, or the moment of the run where that came first. */
  to: Schema.DateTimeUtc,
  /** Payments in the list. */
  listed: Schema.Int,
  /** Of these, what agrees with our records. */
  agreeing: Schema.Int,
  /** Of these, what none of our ids ties: perhaps another agency's or a person's own. Counted, and kept nowhere. */
  untied: Schema.Int,
  /** Payments whose sum was unconfirmed before, and is named by the list. */
  confirmed: Schema.Int,
  /** New observations on the ledger; a second run over the same span has none. */
  recorded: Schema.Int,
  differences: Schema.Array(Difference)
}) {}
