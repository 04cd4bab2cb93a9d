// The one table from what happened on the way to Gate to what the caller does next.
import {
  AuthenticationFailed,
  MalformedResponse,
  OutcomeUnknown,
  PaymentError,
  type PaymentErrorReason,
  RateLimited,
  Refused,
  type TransportPhase,
  Unavailable
} from "@maksa/core"
import { findResultCode } from "./codes.ts"
import type { Answer } from "./wire.ts"

export type GateOperation = "create" | "status" | "check"

/** What happened: how far the exchange got, and what was answered. */
export interface Failure {
  readonly phase: TransportPhase | "answered"
  /** HTTP status of an answer. */
  readonly http?: number
  /** Result code, only where the answer was an error in the provider's own JSON. */
  readonly code?: string
  /** Whether the answer was an error in the provider's own JSON. */
  readonly isExplicit?: boolean
  /** Path of the field that the provider complains about. */
  readonly field?: string
  /** Code of the transport, or in a few words what was wrong with the answer. */
  readonly detail?: string
  readonly retryAfterSeconds?: number
}

type Outcome =
  | "AuthenticationFailed"
  | "MalformedResponse"
  | "OutcomeUnknown"
  | "RateLimited"
  | "Refused"
  | "Unavailable"

interface Row {
  readonly operation?: "create" | "read"
  readonly phases?: ReadonlyArray<Failure["phase"]>
  /** HTTP statuses, both ends included. */
  readonly http?: readonly [from: number, to: number]
  readonly codes?: ReadonlyArray<string>
  readonly isExplicit?: boolean
  readonly outcome: Outcome
}

/** The first row that fits. Whatever leaves open whether a sale was taken is `OutcomeUnknown`, never a failure. */
export const errorTable: ReadonlyArray<Row> = [
  { phases: ["not_sent"], outcome: "Unavailable" },
  { operation: "create", phases: ["sent_no_response", "response_incomplete"], outcome: "OutcomeUnknown" },
  { operation: "read", phases: ["sent_no_response", "response_incomplete"], outcome: "Unavailable" },
  { operation: "create", http: [500, 599], outcome: "OutcomeUnknown" },
  { operation: "read", http: [500, 599], outcome: "Unavailable" },
  // Signature invalid or empty, API key, access denied, project unknown.
  { codes: ["3261", "3262", "3123", "303", "2442"], outcome: "AuthenticationFailed" },
  // Platform or network trouble and locks: the words do not say that nothing was begun.
  { operation: "create", codes: ["501", "602", "2147", "3081", "3201"], outcome: "OutcomeUnknown" },
  { operation: "read", codes: ["501", "602", "2147", "3062"], outcome: "Unavailable" },
  { operation: "create", http: [429, 429], outcome: "OutcomeUnknown" },
  { operation: "read", http: [429, 429], outcome: "RateLimited" },
  { isExplicit: true, http: [401, 401], outcome: "AuthenticationFailed" },
  { isExplicit: true, http: [403, 403], outcome: "AuthenticationFailed" },
  { isExplicit: true, http: [200, 499], outcome: "Refused" },
  // From here on something else than the provider's JSON answered.
  { operation: "create", outcome: "OutcomeUnknown" },
  { http: [401, 401], outcome: "AuthenticationFailed" },
  { http: [403, 403], outcome: "AuthenticationFailed" },
  { http: [300, 599], outcome: "Unavailable" },
  { outcome: "MalformedResponse" }
]

const isWithin = (value: number | undefined, [from, to]: readonly [number, number]): boolean =>
  value !== undefined && value >= from && value <= to

export const outcomeOf = (operation: GateOperation, failure: Failure): Outcome => {
  const kind = operation === "create" ? "create" : "read"
  const row = errorTable.find(
    (candidate) =>
      (candidate.operation === undefined || candidate.operation === kind) &&
      (candidate.phases === undefined || candidate.phases.includes(failure.phase)) &&
      (candidate.http === undefined || isWithin(failure.http, candidate.http)) &&
      (candidate.codes === undefined || (failure.code !== undefined && candidate.codes.includes(failure.code))) &&
      (candidate.isExplicit === undefined || candidate.isExplicit === (failure.isExplicit === true))
  )
  return row?.outcome ?? "MalformedResponse"
}

const explain = (failure: Failure): string => {
  const { code, detail, field, http } = failure
  // The registry's text, not the answer's: that may repeat what was sent.
  const known = code === undefined ? undefined : findResultCode(code)
  return [
    failure.phase === "answered"
      ? `Gate answered HTTP ${http ?? "without a status"}`
      : `No answer of Gate (${failure.phase})`,
    ...(code === undefined ? [] : [`code ${code}${known === undefined ? "" : ` ${known.message}, ${known.handling}`}`]),
    ...(field === undefined ? [] : [`field ${field}`]),
    ...(detail === undefined ? [] : [detail])
  ].join("; ")
}

const advice: Readonly<Record<Outcome, string>> = {
  AuthenticationFailed: "Check the project's number, its key and the addresses that ecommpay lets in.",
  MalformedResponse: "The answer is not what the documentation promises.",
  OutcomeUnknown: "The payment may have been taken; ask for its status.",
  RateLimited: "Ask again later.",
  Refused: "Nothing was begun.",
  Unavailable: "Repeat later."
}

const reasonOf = (outcome: Outcome, failure: Failure): PaymentErrorReason => {
  const message = `${explain(failure)}. ${advice[outcome]}`
  const code = failure.code === undefined ? {} : { providerCode: failure.code }
  const { retryAfterSeconds } = failure
  switch (outcome) {
    case "AuthenticationFailed":
      return new AuthenticationFailed({ message, ...code })
    case "MalformedResponse":
      return new MalformedResponse({ message })
    case "OutcomeUnknown":
      return new OutcomeUnknown({ message })
    case "RateLimited":
      return new RateLimited({ message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) })
    case "Refused":
      return new Refused({ message, ...code })
    case "Unavailable":
      return new Unavailable({ message, ...code })
  }
}

/** Who asked, for the error. */
export interface Asking {
  readonly instance: string
  readonly paymentId?: string
}

export const paymentError = (
  { instance, paymentId }: Asking,
  operation: GateOperation | "start",
  reason: PaymentErrorReason
): PaymentError => new PaymentError({ instance, operation, reason, ...(paymentId === undefined ? {} : { paymentId }) })

export const gateError = (asking: Asking, operation: GateOperation, failure: Failure): PaymentError =>
  paymentError(asking, operation, reasonOf(outcomeOf(operation, failure), failure))

/** Says that an answer broke the contract, in words without values. */
export const malformed = (asking: Asking, operation: GateOperation, detail: string): PaymentError =>
  operation === "create"
    ? gateError(asking, operation, { phase: "answered", http: 200, detail })
    : paymentError(asking, operation, new MalformedResponse({ message: `Gate's answer was not used: ${detail}.` }))

/** The result code of an error answer, as text. */
export const answerCode = (answer: Answer): string | undefined => {
  const code = answer.code ?? answer.errors?.[0]?.code ?? undefined
  const text = code === undefined ? undefined : String(code)
  return text !== undefined && /^\d{1,6}$/.test(text) ? text : undefined
}

/** What an error answer in the provider's JSON says; a field's name is kept only if it looks like one. */
export const explicitFailure = (http: number, answer: Answer): Failure => {
  const code = answerCode(answer)
  const field = answer.errors?.[0]?.field ?? undefined
  return {
    phase: "answered",
    http,
    isExplicit: true,
    ...(code === undefined ? {} : { code }),
    ...(field !== undefined && /^[a-z_.]{1,64}$/.test(field) ? { field } : {})
  }
}
