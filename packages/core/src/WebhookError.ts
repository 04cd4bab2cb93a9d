import * as Schema from "effect/Schema"

/**
 * Why a provider's message was not accepted. Nothing of it is stored but a count, and the answer to the sender tells
 * no more than its HTTP status.
 */
export class WebhookError extends Schema.TaggedError<WebhookError>()("WebhookError", {
  /** The adapter's own id; an adapter does not know what `named` calls it. */
  instance: Schema.String,
  reason: Schema.Literals([
    "signature_invalid",
    "payload_invalid",
    "too_large",
    "method_not_allowed",
    "unknown_instance"
  ]),
  message: Schema.String
}) {
  /** The HTTP status to answer. */
  get status(): number {
    return statuses[this.reason]
  }
}

const statuses = {
  signature_invalid: 401,
  payload_invalid: 400,
  too_large: 413,
  method_not_allowed: 405,
  unknown_instance: 404
} as const
