// The one table from what happened on the way to the provider to what the caller does next.
import {
  AuthenticationFailed,
  Conflict,
  MalformedResponse,
  NotFound,
  NotReady,
  type Operation,
  OutcomeUnknown,
  PaymentError,
  type PaymentErrorReason,
  RateLimited,
  Refused,
  type TransportPhase,
  Unavailable
} from "@maksa/core"

/** What happened: how far the exchange got, and what was answered. */
export interface Failure {
  readonly phase: TransportPhase | "answered"
  readonly http?: number
  /** The answer carried the provider's own signature. */
  readonly isSigned?: boolean
  /** Code of an error in the provider's JSON. */
  readonly code?: string
  /** Code of the transport, or in a few words what was wrong with the answer. */
  readonly detail?: string
  readonly retryAfterSeconds?: number
}

export type Outcome =
  | "AuthenticationFailed"
  | "Conflict"
  | "MalformedResponse"
  | "NotFound"
  | "NotReady"
  | "OutcomeUnknown"
  | "RateLimited"
  | "Refused"
  | "Unavailable"

interface Row {
  readonly kind?: "command" | "read"
  readonly phases?: ReadonlyArray<Failure["phase"]>
  /** HTTP statuses, both ends included. */
  readonly http?: readonly [from: number, to: number]
  readonly codes?: ReadonlyArray<string>
  readonly isSigned?: boolean
  readonly outcome: Outcome
}

/** The first row that fits. Whatever leaves open whether a command was carried out is `OutcomeUnknown`. */
export const errorTable: ReadonlyArray<Row> = [
  { phases: ["not_sent"], outcome: "Unavailable" },
  { kind: "command", phases: ["sent_no_response", "response_incomplete"], outcome: "OutcomeUnknown" },
  { kind: "read", phases: ["sent_no_response", "response_incomplete"], outcome: "Unavailable" },
  // Whoever is not let in gets no signature, and nothing is begun for them (document, 2.2).
  { http: [401, 401], codes: ["unknown_key", "expired_key", "wrong_signature"], outcome: "AuthenticationFailed" },
  { isSigned: true, codes: ["foreign_account"], outcome: "AuthenticationFailed" },
  { kind: "command", http: [500, 599], outcome: "OutcomeUnknown" },
  { kind: "read", http: [500, 599], outcome: "Unavailable" },
  { kind: "command", http: [429, 429], outcome: "OutcomeUnknown" },
  { kind: "read", http: [429, 429], outcome: "RateLimited" },
  { isSigned: true, codes: ["unknown_payment"], outcome: "NotFound" },
  { isSigned: true, codes: ["too_early", "no_receipt"], outcome: "NotReady" },
  // Another order stands under our id: whatever it is, it exists.
  { isSigned: true, codes: ["duplicate_id"], outcome: "Conflict" },
  { isSigned: true, http: [400, 499], outcome: "Refused" },
  // From here on somebody else than the provider answered, or the provider broke its contract.
  { kind: "command", outcome: "OutcomeUnknown" },
  { isSigned: false, http: [300, 499], outcome: "Unavailable" },
  { outcome: "MalformedResponse" }
]

const reads: ReadonlySet<Operation> = new Set<Operation>(["status", "receipt", "list", "banks", "check"])

const fits = (row: Row, operation: Operation, failure: Failure): boolean =>
  (row.kind === undefined || (row.kind === "read") === reads.has(operation)) &&
  (row.phases === undefined || row.phases.includes(failure.phase)) &&
  (row.http === undefined ||
    (failure.http !== undefined && failure.http >= row.http[0] && failure.http <= row.http[1])) &&
  (row.codes === undefined || (failure.code !== undefined && row.codes.includes(failure.code))) &&
  (row.isSigned === undefined || row.isSigned === (failure.isSigned === true))

export const outcomeOf = (operation: Operation, failure: Failure): Outcome => {
  const outcome = errorTable.find((row) => fits(row, operation, failure))?.outcome ?? "MalformedResponse"
  // A conflict over a new order says that an order of ours exists: core asks about it.
  return operation === "create" && outcome === "Conflict" ? "OutcomeUnknown" : outcome
}

const reasonOf = (outcome: Outcome, failure: Failure): PaymentErrorReason => {
  const { code, detail, http, phase, retryAfterSeconds } = failure
  const message = [
    phase === "answered" ? `The provider answered HTTP ${http ?? "without a status"}` : `No answer (${phase})`,
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(detail === undefined ? [] : [detail])
  ].join("; ")
  const withCode = { message, ...(code === undefined ? {} : { providerCode: code }) }
  const withPause = { message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
  switch (outcome) {
    case "AuthenticationFailed":
      return new AuthenticationFailed(withCode)
    case "Conflict":
      return new Conflict({ message })
    case "MalformedResponse":
      return new MalformedResponse({ message })
    case "NotFound":
      return new NotFound({ message })
    case "NotReady":
      return new NotReady(withPause)
    case "OutcomeUnknown":
      return new OutcomeUnknown({ message })
    case "RateLimited":
      return new RateLimited(withPause)
    case "Refused":
      return new Refused(withCode)
    case "Unavailable":
      return new Unavailable(withCode)
  }
}

/** Who asked, for the error. */
export interface Asking {
  readonly instance: string
  readonly paymentId?: string
}

export const paymentError = (
  { instance, paymentId }: Asking,
  operation: Operation,
  reason: PaymentErrorReason
): PaymentError => new PaymentError({ instance, operation, reason, ...(paymentId === undefined ? {} : { paymentId }) })

export const apiError = (asking: Asking, operation: Operation, failure: Failure): PaymentError =>
  paymentError(asking, operation, reasonOf(outcomeOf(operation, failure), failure))

/** The provider's word, and what is wrong with it. */
export const malformed = (asking: Asking, operation: Operation, detail: string): PaymentError =>
  apiError(asking, operation, { phase: "answered", http: 200, isSigned: true, detail })
