// The one table from what happened on the way to MM to what the caller does next.
import {
  type Asking,
  type ErrorRow,
  type Failure,
  findReason,
  type Operation,
  type PaymentError,
  paymentError,
  toReason
} from "@maksa/core"
import * as Data from "effect/Data"

/** What MM is asked for; `start` also reads its WSDL. */
export type MmOperation = Extract<Operation, "start" | "create" | "status" | "receipt" | "list" | "issueInvoice">

/** Everything that can go wrong with one exchange: transport phase, HTTP status, fault, content. */
export type Situation = keyof typeof situations

const notSent = (message: string) => ({ phase: "not_sent", message }) as const
const answered = (message: string) => ({ phase: "answered", message }) as const
const incomplete = (message: string) => ({ phase: "response_incomplete", message }) as const

/** How far each went towards MM, and what a developer is told of it. */
export const situations = {
  not_sent: notSent("MM could not be reached; nothing was sent"),
  server_not_trusted: notSent(
    "The server's certificate is not trusted, has expired or names another host. Set `ca` to the authority that issued it"
  ),
  client_not_trusted: notSent(
    "MM did not accept the client certificate in the TLS handshake. Check that it is activated for this environment"
  ),
  no_response: { phase: "sent_no_response", message: "MM did not answer" },
  broken_off: incomplete("MM's answer broke off"),
  stalled: incomplete("MM's answer came to a halt"),
  too_large: incomplete("MM's answer is too large"),
  forbidden: answered(
    "MM's server turned the request away. Check that the client certificate is activated for this environment"
  ),
  not_found: answered("MM has nothing there: no document yet, or a wrong address in `endpoints` or `wsdl`"),
  no_content: answered("MM answered nothing"),
  slow_down: answered("MM asks for a slower pace"),
  redirected: answered("MM sent the request elsewhere, which is not followed. Check `endpoints`"),
  client_error: answered("MM's server did not understand the request. Check `endpoints` and `wsdl`"),
  server_error: answered("MM's server failed"),
  odd_status: answered("MM answered with an HTTP status that has no meaning here"),
  not_understood: answered("MM's answer is not what its description promises"),
  business_fault: answered("MM refused the request by a rule"),
  contract_fault: answered(
    "MM's service did not understand the message. Check that `wsdl` is the one of this environment"
  ),
  service_fault: answered("MM's service failed inside"),
  // Security tokens. Without one nothing is sent to MM, and a service that refuses one has carried nothing out.
  token_unavailable: notSent("No security token could be had, so nothing was sent to MM"),
  token_not_understood: notSent(
    "The security token service's answer is not what WS-Trust 1.3 promises; nothing was sent to MM"
  ),
  token_refused: notSent(
    "The security token service issued no token. Check the addresses, `appliesTo` and the clock of this machine"
  ),
  certificate_not_activated: notSent(
    "The security token service does not accept the certificate (ID4058): it is not activated, has expired, or belongs to the other environment, as test and production are kept apart. Have the platform's owner activate it for this environment"
  ),
  clock_skew: answered("The message came at another time than its timestamp says. Check the clock of this machine"),
  token_not_accepted: answered(
    "MM did not accept the security token, nor a new one. Check `appliesTo`, the environment and the clock of this machine"
  ),
  role_missing: answered("The certificate's owner lacks the role that MM asks for. Have the platform's owner grant it"),
  // The portal's Request Service. What it turns away itself never reaches MM.
  not_submitted: notSent("The portal's Request Service opened no transaction; no payment request was sent"),
  portal_settings: notSent(
    "The portal's Request Service did not accept the addressing of the message. Check `requestService`"
  ),
  portal_rights: notSent(
    "The certificate's owner may not send to the payment module. Have the platform's owner grant the right"
  ),
  portal_refused: notSent("The portal's Request Service turned the message away")
} as const satisfies Readonly<Record<string, Pick<Failure, "phase"> & { readonly message: string }>>

/** An exchange with MM went wrong. `detail` names shapes, statuses and codes, never contents. */
export class Trouble extends Data.TaggedError("Trouble")<{
  readonly situation: Situation
  readonly detail?: string
  readonly providerCode?: string
  readonly retryAfterSeconds?: number
}> {}

/** The reasons that a situation can come to. */
export type Outcome =
  | "AuthenticationFailed"
  | "MalformedResponse"
  | "NotConfigured"
  | "NotFound"
  | "NotReady"
  | "OutcomeUnknown"
  | "RateLimited"
  | "Refused"
  | "Unavailable"

/**
 * The first row that fits. Whatever does not prove that MM refused a command, or that nothing was sent, is
 * `OutcomeUnknown`. Four things prove it: no byte left; the TLS handshake or the web server turned the certificate away,
 * which happens before the service sees the message; a service refused the security token; MM's own business fault.
 */
export const errorTable: ReadonlyArray<ErrorRow<Outcome, Situation>> = [
  { situations: ["server_not_trusted", "client_not_trusted", "forbidden"], reason: "AuthenticationFailed" },
  { situations: ["token_refused", "token_not_accepted", "certificate_not_activated"], reason: "AuthenticationFailed" },
  { situations: ["clock_skew", "role_missing", "portal_rights"], reason: "AuthenticationFailed" },
  { kind: "command", situations: ["business_fault", "portal_refused"], reason: "Refused" },
  { kind: "command", situations: ["portal_settings"], reason: "NotConfigured" },
  { kind: "command", phases: ["not_sent"], reason: "Unavailable" },
  { kind: "command", reason: "OutcomeUnknown" },
  // From here on questions alone.
  // ASSUMPTION(viss-mm#5): the codes are not public. A question can only be refused because MM does not know the id, or
  // knows it as another certificate's; a document, because there is none yet.
  { operations: ["status"], situations: ["business_fault"], reason: "NotFound" },
  { operations: ["receipt"], situations: ["business_fault", "not_found", "no_content"], reason: "NotReady" },
  { operations: ["list"], situations: ["business_fault"], reason: "Refused" },
  { situations: ["not_sent", "token_unavailable", "not_submitted", "portal_refused"], reason: "Unavailable" },
  { situations: ["no_response", "broken_off", "stalled", "server_error", "service_fault"], reason: "Unavailable" },
  { operations: ["start"], situations: ["slow_down"], reason: "Unavailable" },
  { operations: ["start"], reason: "NotConfigured" },
  { situations: ["slow_down"], reason: "RateLimited" },
  { situations: ["not_found"], reason: "Unavailable" },
  { reason: "MalformedResponse" }
]

export const outcomeOf = (operation: MmOperation, { situation }: Pick<Trouble, "situation">): Outcome =>
  findReason(errorTable, operation, { phase: situations[situation].phase, situation })

const unknownOutcome: Readonly<Partial<Record<MmOperation, string>>> = {
  create: " Whether the payment request exists is not known: do not send it again.",
  issueInvoice: " Whether the document was issued is not known: do not ask for it again."
}

/** What a developer is told of it: shapes, statuses and codes. */
export const explain = ({ detail, providerCode, situation }: Trouble): string => {
  const facts = [
    ...(detail === undefined ? [] : [detail]),
    ...(providerCode === undefined ? [] : [`code ${providerCode}`])
  ]
  return `${situations[situation].message}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}.`
}

/** What the application hears of it. */
export const mmError = (asking: Asking, operation: MmOperation, trouble: Trouble): PaymentError => {
  const { providerCode: code, retryAfterSeconds, situation } = trouble
  const outcome = outcomeOf(operation, trouble)
  const advice = outcome === "OutcomeUnknown" ? unknownOutcome[operation] : ""
  const reason = toReason(outcome, `${explain(trouble)}${advice}`, {
    field: situation === "portal_settings" ? "requestService" : "wsdl",
    ...(code === undefined ? {} : { code }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
  })
  return paymentError(asking, operation, reason)
}
