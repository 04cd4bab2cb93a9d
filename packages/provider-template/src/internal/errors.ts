// The one table from what happened on the way to the provider to what the caller does next.
import {
  type Asking,
  type ErrorRow,
  type Failure,
  findReason,
  type Operation,
  type PaymentError,
  paymentError,
  type ReasonTag,
  toReason
} from "@maksa/core"

/** The first row that fits. Whatever leaves open whether a command was carried out is `OutcomeUnknown`. */
export const errorTable: ReadonlyArray<ErrorRow> = [
  { phases: ["not_sent"], reason: "Unavailable" },
  { kind: "command", phases: ["sent_no_response", "response_incomplete"], reason: "OutcomeUnknown" },
  { kind: "read", phases: ["sent_no_response", "response_incomplete"], reason: "Unavailable" },
  // Whoever is not let in gets no signature, and nothing is begun for them (document, 2.2).
  { http: [401, 401], codes: ["unknown_key", "expired_key", "wrong_signature"], reason: "AuthenticationFailed" },
  { isGenuine: true, codes: ["foreign_account"], reason: "AuthenticationFailed" },
  { kind: "command", http: [500, 599], reason: "OutcomeUnknown" },
  { kind: "read", http: [500, 599], reason: "Unavailable" },
  { kind: "command", http: [429, 429], reason: "OutcomeUnknown" },
  { kind: "read", http: [429, 429], reason: "RateLimited" },
  { isGenuine: true, codes: ["unknown_payment", "unknown_repayment"], reason: "NotFound" },
  { isGenuine: true, codes: ["too_early", "no_receipt"], reason: "NotReady" },
  // Another order stands under our id: whatever it is, it exists. After a new order, core asks about it.
  { operations: ["create"], isGenuine: true, codes: ["duplicate_id"], reason: "OutcomeUnknown" },
  { isGenuine: true, codes: ["duplicate_id"], reason: "Conflict" },
  { isGenuine: true, http: [400, 499], reason: "Refused" },
  // From here on somebody else than the provider answered, or the provider broke its contract.
  { kind: "command", reason: "OutcomeUnknown" },
  { isGenuine: false, http: [300, 499], reason: "Unavailable" },
  { reason: "MalformedResponse" }
]

export const outcomeOf = (operation: Operation, failure: Failure): ReasonTag =>
  findReason(errorTable, operation, failure)

const explain = ({ code, detail, http, phase }: Failure): string =>
  [
    phase === "answered" ? `The provider answered HTTP ${http ?? "without a status"}` : `No answer (${phase})`,
    ...(code === undefined ? [] : [`code ${code}`]),
    ...(detail === undefined ? [] : [detail])
  ].join("; ")

export const apiError = (asking: Asking, operation: Operation, failure: Failure): PaymentError =>
  paymentError(asking, operation, toReason(outcomeOf(operation, failure), explain(failure), failure))

/** The provider's word, and what is wrong with it. */
export const malformed = (asking: Asking, operation: Operation, detail: string): PaymentError =>
  apiError(asking, operation, { phase: "answered", http: 200, isGenuine: true, detail })
