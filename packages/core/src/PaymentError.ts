import * as Schema from "effect/Schema"
import { Decline } from "./Decline.ts"

/** Every verb that can fail, as it is named on the client. */
export const Operation = Schema.Literals([
  "start",
  "create",
  "attempt",
  "status",
  "receipt",
  "webhook",
  "return",
  "get",
  "list",
  "resume",
  "withdraw",
  "decide",
  "tie",
  "reconcile",
  "repay",
  "banks",
  "refund",
  "payout",
  "issueInvoice",
  "check",
  "balance",
  "erase"
])
export type Operation = typeof Operation.Type

const message = { message: Schema.String }
const code = { providerCode: Schema.optionalKey(Schema.String) }

/** The caller's input is wrong; the message names the field. Correct it and call again. */
export class InvalidRequest extends Schema.TaggedError<InvalidRequest>()("InvalidRequest", {
  ...message,
  field: Schema.optionalKey(Schema.String)
}) {
  readonly isRetryable: boolean = false
}
/** Configuration is missing or wrong; the message names the field, never its value. */
export class NotConfigured extends Schema.TaggedError<NotConfigured>()("NotConfigured", {
  ...message,
  field: Schema.optionalKey(Schema.String)
}) {
  readonly isRetryable: boolean = false
}
/** Certificate, signature, token or role was not accepted. Repair the credentials. */
export class AuthenticationFailed extends Schema.TaggedError<AuthenticationFailed>()("AuthenticationFailed", {
  ...message,
  ...code
}) {
  readonly isRetryable: boolean = false
}
/** The provider refused our request by a business rule; its code is kept. */
export class Refused extends Schema.TaggedError<Refused>()("Refused", {
  ...message,
  ...code,
  decline: Schema.optionalKey(Decline)
}) {
  readonly isRetryable: boolean = false
}
/** There is no such payment, attempt or document. */
export class NotFound extends Schema.TaggedError<NotFound>()("NotFound", message) {
  readonly isRetryable: boolean = false
}
/** Not yet; ask again after `retryAfterSeconds` where it is known. */
export class NotReady extends Schema.TaggedError<NotReady>()("NotReady", {
  ...message,
  retryAfterSeconds: Schema.optionalKey(Schema.Int)
}) {
  readonly isRetryable: boolean = true
}
/** Same idempotency key with other input, or a state that does not allow the call. */
export class Conflict extends Schema.TaggedError<Conflict>()("Conflict", message) {
  readonly isRetryable: boolean = false
}
/** The provider asks for a slower pace. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  ...message,
  retryAfterSeconds: Schema.optionalKey(Schema.Int)
}) {
  readonly isRetryable: boolean = true
}
/** Nothing was sent, or a read failed: repeating is safe. */
export class Unavailable extends Schema.TaggedError<Unavailable>()("Unavailable", { ...message, ...code }) {
  readonly isRetryable: boolean = true
}
/** A command may have happened. Never repeat it blindly: core asks the provider; the payment stands as `processing`. */
export class OutcomeUnknown extends Schema.TaggedError<OutcomeUnknown>()("OutcomeUnknown", message) {
  readonly isRetryable: boolean = false
}
/** The provider broke its contract. The message names shapes, never values. */
export class MalformedResponse extends Schema.TaggedError<MalformedResponse>()("MalformedResponse", message) {
  readonly isRetryable: boolean = true
}
/** The provider of this payment does not offer it. */
export class Unsupported extends Schema.TaggedError<Unsupported>()("Unsupported", message) {
  readonly isRetryable: boolean = false
}

/** Closed set of reasons, named by what the caller does next. A new one is a breaking change. */
export const PaymentErrorReason: Schema.Union<
  readonly [
    typeof InvalidRequest,
    typeof NotConfigured,
    typeof AuthenticationFailed,
    typeof Refused,
    typeof NotFound,
    typeof NotReady,
    typeof Conflict,
    typeof RateLimited,
    typeof Unavailable,
    typeof OutcomeUnknown,
    typeof MalformedResponse,
    typeof Unsupported
  ]
> = Schema.Union([
  InvalidRequest,
  NotConfigured,
  AuthenticationFailed,
  Refused,
  NotFound,
  NotReady,
  Conflict,
  RateLimited,
  Unavailable,
  OutcomeUnknown,
  MalformedResponse,
  Unsupported
])
export type PaymentErrorReason = typeof PaymentErrorReason.Type

/**
 * The one error of Maksa: who (`instance`), doing what (`operation`), and a `reason` that says what to do next.
 *
 * `message` is an English sentence for developers; it never holds secrets or personal data. For payers show the text of
 * `payerMessageKey` in their language, never the provider's text.
 */
export class PaymentError extends Schema.TaggedError<PaymentError>()("PaymentError", {
  instance: Schema.optionalKey(Schema.String),
  operation: Operation,
  reason: PaymentErrorReason,
  paymentId: Schema.optionalKey(Schema.String)
}) {
  override get message(): string {
    return `[${this.instance ?? "maksa"}] ${this.operation}: ${this.reason.message}`
  }
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }
  /** Where the documentation in the repository explains the reason. */
  get docUrl(): string {
    return `docs/errors.md#${this.reason._tag.toLowerCase()}`
  }
  get payerMessageKey(): `error.${PaymentErrorReason["_tag"]}` {
    return `error.${this.reason._tag}`
  }
}

/** True for a `PaymentError`, also one of another installed copy of this package. */
export const isPaymentError = (u: unknown): u is PaymentError =>
  typeof u === "object" && u !== null && "_tag" in u && u._tag === "PaymentError" && "reason" in u
