// For authors of adapters: one table from what happened on the way to a provider to what the caller does next.
import type { Decline } from "../Decline.ts"
import type { TransportPhase } from "../HttpTransport.ts"
import {
  AuthenticationFailed,
  Conflict,
  InvalidRequest,
  MalformedResponse,
  NotConfigured,
  NotFound,
  NotReady,
  type Operation,
  OutcomeUnknown,
  PaymentError,
  type PaymentErrorReason,
  RateLimited,
  Refused,
  Unavailable,
  Unsupported
} from "../PaymentError.ts"

/** What happened: how far the exchange got, and what was answered. It holds codes and shapes, never values. */
export interface Failure {
  readonly phase: TransportPhase | "answered"
  /** HTTP status of an answer. */
  readonly http?: number
  /** The answer is surely the provider's own: it carries its signature, or is an error in its own format. */
  readonly isGenuine?: boolean
  /** Code of an error in the provider's own format. */
  readonly code?: string
  /** Why the provider refused, where its code tells it. */
  readonly decline?: Decline
  /** The adapter's own word for what happened, where phase, status and code do not tell it. */
  readonly situation?: string
  /** Path of the field that the provider complains about. */
  readonly field?: string
  /** Code of the transport, or in a few words what was wrong with the answer. */
  readonly detail?: string
  readonly retryAfterSeconds?: number
}

export type ReasonTag = PaymentErrorReason["_tag"]

/** A row of an adapter's table; what it leaves out fits everything. */
export interface ErrorRow<Tag extends ReasonTag = ReasonTag, Situation extends string = string> {
  /** A command may have been carried out; a read may be repeated. */
  readonly kind?: "command" | "read"
  readonly operations?: ReadonlyArray<Operation>
  readonly phases?: ReadonlyArray<Failure["phase"]>
  /** HTTP statuses, both ends included. */
  readonly http?: readonly [from: number, to: number]
  readonly codes?: ReadonlyArray<string>
  readonly situations?: ReadonlyArray<Situation>
  readonly isGenuine?: boolean
  readonly reason: Tag
}

const commands: ReadonlySet<Operation> = new Set<Operation>([
  "create",
  "resume",
  "withdraw",
  "refund",
  "payout",
  "issueInvoice"
])

const kindOf = (operation: Operation): "command" | "read" => (commands.has(operation) ? "command" : "read")

/** Whether a row is about such a failure of an operation. */
export const isFitting = (row: ErrorRow, operation: Operation, failure: Failure): boolean =>
  (row.kind === undefined || row.kind === kindOf(operation)) &&
  (row.operations === undefined || row.operations.includes(operation)) &&
  (row.phases === undefined || row.phases.includes(failure.phase)) &&
  (row.http === undefined ||
    (failure.http !== undefined && failure.http >= row.http[0] && failure.http <= row.http[1])) &&
  (row.codes === undefined || (failure.code !== undefined && row.codes.includes(failure.code))) &&
  (row.situations === undefined || (failure.situation !== undefined && row.situations.includes(failure.situation))) &&
  (row.isGenuine === undefined || row.isGenuine === (failure.isGenuine === true))

/** The reason of the first row that fits. Where none does, a command's outcome is unknown and a read's answer malformed. */
export const findReason = <Tag extends ReasonTag>(
  table: ReadonlyArray<ErrorRow<Tag>>,
  operation: Operation,
  failure: Failure
): Tag | "MalformedResponse" | "OutcomeUnknown" =>
  table.find((row) => isFitting(row, operation, failure))?.reason ??
  (kindOf(operation) === "command" ? "OutcomeUnknown" : "MalformedResponse")

/** The reason itself, with what of the failure it has a place for. */
export const toReason = (
  tag: ReasonTag,
  message: string,
  { code, decline, field, retryAfterSeconds }: Pick<Failure, "code" | "decline" | "field" | "retryAfterSeconds"> = {}
): PaymentErrorReason => {
  const withCode = { message, ...(code === undefined ? {} : { providerCode: code }) }
  const withField = { message, ...(field === undefined ? {} : { field }) }
  const withPause = { message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
  switch (tag) {
    case "InvalidRequest":
      return new InvalidRequest(withField)
    case "NotConfigured":
      return new NotConfigured(withField)
    case "AuthenticationFailed":
      return new AuthenticationFailed(withCode)
    case "Refused":
      return new Refused({ ...withCode, ...(decline === undefined ? {} : { decline }) })
    case "NotFound":
      return new NotFound({ message })
    case "NotReady":
      return new NotReady(withPause)
    case "Conflict":
      return new Conflict({ message })
    case "RateLimited":
      return new RateLimited(withPause)
    case "Unavailable":
      return new Unavailable(withCode)
    case "OutcomeUnknown":
      return new OutcomeUnknown({ message })
    case "MalformedResponse":
      return new MalformedResponse({ message })
    case "Unsupported":
      return new Unsupported({ message })
  }
}

/** Who asked, for the error: an attempt, or the instance alone. */
export interface Asking {
  readonly instance: string
  readonly paymentId?: string
}

export const paymentError = (
  { instance, paymentId }: Asking,
  operation: Operation,
  reason: PaymentErrorReason
): PaymentError => new PaymentError({ instance, operation, reason, ...(paymentId === undefined ? {} : { paymentId }) })

/** `Retry-After` of an answer where it is given in seconds. */
export const retryAfter = (headers: Readonly<Record<string, string>>): { readonly retryAfterSeconds?: number } => {
  const text = headers["retry-after"] ?? ""
  return /^\d{1,6}$/.test(text) ? { retryAfterSeconds: Number(text) } : {}
}
