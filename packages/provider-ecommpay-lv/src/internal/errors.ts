// The one table from what happened on the way to Gate to what the caller does next.
import {
  type Asking,
  type ErrorRow,
  type Failure,
  findReason,
  MalformedResponse,
  type PaymentError,
  paymentError,
  toReason
} from "@maksa/core"
import { findResultCode } from "./codes.ts"
import type { Answer } from "./wire.ts"

export type GateOperation = "create" | "resume" | "payout" | "status" | "banks" | "check" | "list" | "balance"

/** Which of the platform's services was asked. */
export type Answerer = "Gate" | "Data API"

type Outcome =
  | "AuthenticationFailed"
  | "MalformedResponse"
  | "OutcomeUnknown"
  | "RateLimited"
  | "Refused"
  | "Unavailable"

/** The first row that fits. Whatever leaves open whether a sale was taken is `OutcomeUnknown`, never a failure. */
export const errorTable: ReadonlyArray<ErrorRow<Outcome>> = [
  { phases: ["not_sent"], reason: "Unavailable" },
  { kind: "command", phases: ["sent_no_response", "response_incomplete"], reason: "OutcomeUnknown" },
  { kind: "read", phases: ["sent_no_response", "response_incomplete"], reason: "Unavailable" },
  { kind: "command", http: [500, 599], reason: "OutcomeUnknown" },
  { kind: "read", http: [500, 599], reason: "Unavailable" },
  // Signature invalid or empty, API key, access denied, project unknown.
  { codes: ["3261", "3262", "3123", "303", "2442"], reason: "AuthenticationFailed" },
  // Platform or network trouble and locks: the words do not say that nothing was begun.
  { kind: "command", codes: ["501", "602", "2147", "3081", "3201"], reason: "OutcomeUnknown" },
  { kind: "read", codes: ["501", "602", "2147", "3062"], reason: "Unavailable" },
  { kind: "command", http: [429, 429], reason: "OutcomeUnknown" },
  { kind: "read", http: [429, 429], reason: "RateLimited" },
  { isGenuine: true, http: [401, 401], reason: "AuthenticationFailed" },
  { isGenuine: true, http: [403, 403], reason: "AuthenticationFailed" },
  { isGenuine: true, http: [200, 499], reason: "Refused" },
  // From here on something else than the provider's JSON answered.
  { kind: "command", reason: "OutcomeUnknown" },
  { http: [401, 401], reason: "AuthenticationFailed" },
  { http: [403, 403], reason: "AuthenticationFailed" },
  { http: [300, 599], reason: "Unavailable" },
  { reason: "MalformedResponse" }
]

export const outcomeOf = (operation: GateOperation, failure: Failure): Outcome =>
  findReason(errorTable, operation, failure)

const explain = (failure: Failure, answerer: Answerer): string => {
  const { code, detail, field, http } = failure
  // The registry's text, not the answer's: that may repeat what was sent.
  const known = code === undefined ? undefined : findResultCode(code)
  return [
    failure.phase === "answered"
      ? `${answerer} answered HTTP ${http ?? "without a status"}`
      : `No answer of ${answerer} (${failure.phase})`,
    ...(code === undefined ? [] : [`code ${code}${known === undefined ? "" : ` ${known.message}, ${known.handling}`}`]),
    ...(field === undefined ? [] : [`field ${field}`]),
    ...(detail === undefined ? [] : [detail])
  ].join("; ")
}

const advice: Readonly<Record<Outcome, string>> = {
  AuthenticationFailed:
    "Check the project's number, its key (or the Data API's token and its secret) and the addresses that ecommpay lets in.",
  MalformedResponse: "The answer is not what the documentation promises.",
  OutcomeUnknown: "The payment may have been taken; ask for its status.",
  RateLimited: "Ask again later.",
  Refused: "Nothing was begun.",
  Unavailable: "Repeat later."
}

export const gateError = (
  asking: Asking,
  operation: GateOperation,
  failure: Failure,
  answerer: Answerer = "Gate"
): PaymentError => {
  const outcome = outcomeOf(operation, failure)
  const reason = toReason(outcome, `${explain(failure, answerer)}. ${advice[outcome]}`, failure)
  return paymentError(asking, operation, reason)
}

/** Says that an answer broke the contract, in words without values. */
export const malformed = (
  asking: Asking,
  operation: GateOperation,
  detail: string,
  answerer: Answerer = "Gate"
): PaymentError =>
  operation === "create" || operation === "resume" || operation === "payout"
    ? gateError(asking, operation, { phase: "answered", http: 200, detail }, answerer)
    : paymentError(
        asking,
        operation,
        new MalformedResponse({ message: `The answer of ${answerer} was not used: ${detail}.` })
      )

/** A result code as text, if it is one; a text that is none may hold anything. */
export const codeText = (code: string | number | bigint | null | undefined): string | undefined => {
  const text = String(code ?? "")
  return /^\d{1,6}$/.test(text) ? text : undefined
}

/** A field's name, if it looks like one. */
export const fieldName = (field: string | null | undefined): string | undefined =>
  /^[a-z_.]{1,64}$/.test(field ?? "") ? (field ?? undefined) : undefined

/** The result code of an error answer, as text. */
export const answerCode = (answer: Answer): string | undefined => codeText(answer.code ?? answer.errors?.[0]?.code)

/** What an error answer in the provider's JSON says. */
export const explicitFailure = (http: number, answer: Answer): Failure => {
  const code = answerCode(answer)
  const field = fieldName(answer.errors?.[0]?.field)
  const decline = code === undefined ? undefined : findResultCode(code)?.decline
  return {
    phase: "answered",
    http,
    isGenuine: true,
    ...(code === undefined ? {} : { code }),
    ...(decline === undefined ? {} : { decline }),
    ...(field === undefined ? {} : { field })
  }
}
