import * as Schema from "effect/Schema"
import { Decline } from "./Decline.ts"
import { AttemptId, InstanceName, PaymentId } from "./Ids.ts"
import { Money } from "./Money.ts"
import { NextAction } from "./NextAction.ts"
import { PriceLine } from "./PriceLine.ts"
import { Finality, PaymentState, PaymentStatus } from "./State.ts"

/** One try to collect a payment at one provider instance. */
export class Attempt extends Schema.Class<Attempt>("@maksa/core/Attempt")({
  id: AttemptId,
  instance: InstanceName,
  status: PaymentStatus,
  finality: Finality,
  createdAt: Schema.DateTimeUtc,
  /** Until when the payer may pay; sent to the provider. */
  deadline: Schema.DateTimeUtc,
  /** What the provider calls it; absent until known. */
  providerReference: Schema.optionalKey(Schema.String),
  /** What the payer must do; absent when there is nothing to do. May hold personal data: not for logs. */
  nextAction: Schema.optionalKey(NextAction),
  /** Our page that does or shows the next action: send the payer there. */
  actionUrl: Schema.optionalKey(Schema.String),
  /** Bank or card scheme used, as the provider spells it. */
  paidVia: Schema.optionalKey(Schema.String),
  /** The provider's last result code. */
  providerCode: Schema.optionalKey(Schema.String),
  /** Why it came to nothing and what the payer can do; absent while it has not, and where nobody told. */
  decline: Schema.optionalKey(Decline)
}) {}

/** Our record of collecting one sum. */
export class Payment extends Schema.Class<Payment>("@maksa/core/Payment")({
  id: PaymentId,
  /** Instance of the newest attempt. */
  provider: InstanceName,
  environment: Schema.Literals(["sandbox", "test", "live"]),
  /** The agency's own case or order number. */
  merchantReference: Schema.String,
  purpose: Schema.String,
  lines: Schema.Array(PriceLine),
  /** The sum asked; absent while the provider prices a tariff line. */
  amount: Schema.optionalKey(Money),
  state: PaymentState,
  /** Oldest first; the last one is current. */
  attempts: Schema.NonEmptyArray(Attempt),
  createdAt: Schema.DateTimeUtc,
  updatedAt: Schema.DateTimeUtc
}) {
  /** The state's status, for `switch`. */
  get status(): PaymentStatus {
    return this.state.status
  }
  /** The attempt that the payer is to use now. */
  get current(): Attempt {
    return this.attempts[this.attempts.length - 1] ?? this.attempts[0]
  }
}
