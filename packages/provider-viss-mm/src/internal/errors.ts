// How a call that went wrong is told to the application: one table, walked by a test.
import {
  AuthenticationFailed,
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
  Unavailable
} from "@maksa/core"
import * as Data from "effect/Data"

/** The calls to MM that this adapter makes. */
export type Call = "create" | "status" | "receipt" | "list" | "issueInvoice" | "wsdl"

/** Everything that can go wrong with one exchange: transport phase, HTTP status, fault, content. */
export type Situation =
  | "not_sent"
  | "server_not_trusted"
  | "client_not_trusted"
  | "no_response"
  | "broken_off"
  | "stalled"
  | "too_large"
  | "forbidden"
  | "not_found"
  | "no_content"
  | "slow_down"
  | "redirected"
  | "client_error"
  | "server_error"
  | "odd_status"
  | "not_understood"
  | "business_fault"
  | "contract_fault"
  | "service_fault"
  | "token_unavailable"
  | "token_not_understood"
  | "token_refused"
  | "certificate_not_activated"
  | "clock_skew"
  | "token_not_accepted"
  | "role_missing"
  | "not_submitted"
  | "portal_settings"
  | "portal_rights"
  | "portal_refused"

/** An exchange with MM went wrong. `detail` names shapes, statuses and codes, never contents. */
export class Trouble extends Data.TaggedError("Trouble")<{
  readonly situation: Situation
  readonly detail?: string
  readonly providerCode?: string
  readonly retryAfterSeconds?: number
}> {}

/** The reasons that a situation can come to. */
export type ReasonTag =
  | "AuthenticationFailed"
  | "MalformedResponse"
  | "NotConfigured"
  | "NotFound"
  | "NotReady"
  | "OutcomeUnknown"
  | "RateLimited"
  | "Refused"
  | "Unavailable"

type Row = Readonly<Record<Call, ReasonTag>> & { readonly message: string }

/** A list fails as any other question does, and issuing an invoice as any other command, but for what `others` says. */
const row = (
  create: ReasonTag,
  status: ReasonTag,
  receipt: ReasonTag,
  wsdl: ReasonTag,
  message: string,
  others: Partial<Pick<Row, "list" | "issueInvoice">> = {}
): Row => ({ create, status, receipt, wsdl, list: status, issueInvoice: create, message, ...others })

const everywhere = (reason: ReasonTag, message: string): Row => row(reason, reason, reason, reason, message)

/**
 * Operation x what happened -> reason.
 *
 * `create` is a command: whatever does not prove that MM refused it, or that nothing was sent, is `OutcomeUnknown`. Only
 * three things prove it: no byte left; the TLS handshake or the web server turned the certificate away, which happens
 * before the service sees the message; MM's own business fault.
 */
export const table: Readonly<Record<Situation, Row>> = {
  // situation            create                  status                  receipt                 wsdl
  not_sent: row(
    "Unavailable",
    "Unavailable",
    "Unavailable",
    "Unavailable",
    "MM could not be reached; nothing was sent"
  ),
  server_not_trusted: row(
    "AuthenticationFailed",
    "AuthenticationFailed",
    "AuthenticationFailed",
    "AuthenticationFailed",
    "The server's certificate is not trusted, has expired or names another host. Set `ca` to the authority that issued it"
  ),
  client_not_trusted: row(
    "AuthenticationFailed",
    "AuthenticationFailed",
    "AuthenticationFailed",
    "AuthenticationFailed",
    "MM did not accept the client certificate in the TLS handshake. Check that it is activated for this environment"
  ),
  no_response: row("OutcomeUnknown", "Unavailable", "Unavailable", "Unavailable", "MM did not answer"),
  broken_off: row("OutcomeUnknown", "Unavailable", "MalformedResponse", "Unavailable", "MM's answer broke off"),
  stalled: row("OutcomeUnknown", "Unavailable", "Unavailable", "Unavailable", "MM's answer came to a halt"),
  too_large: row(
    "OutcomeUnknown",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "MM's answer is too large"
  ),
  forbidden: row(
    "AuthenticationFailed",
    "AuthenticationFailed",
    "AuthenticationFailed",
    "AuthenticationFailed",
    "MM's server turned the request away. Check that the client certificate is activated for this environment"
  ),
  not_found: row(
    "OutcomeUnknown",
    "Unavailable",
    "NotReady",
    "NotConfigured",
    "MM has nothing there: no document yet, or a wrong address in `endpoints` or `wsdl`"
  ),
  no_content: row("OutcomeUnknown", "MalformedResponse", "NotReady", "NotConfigured", "MM answered nothing"),
  slow_down: row("OutcomeUnknown", "RateLimited", "RateLimited", "Unavailable", "MM asks for a slower pace"),
  redirected: row(
    "OutcomeUnknown",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "MM sent the request elsewhere, which is not followed. Check `endpoints`"
  ),
  client_error: row(
    "OutcomeUnknown",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "MM's server did not understand the request. Check `endpoints` and `wsdl`"
  ),
  server_error: row("OutcomeUnknown", "Unavailable", "Unavailable", "Unavailable", "MM's server failed"),
  odd_status: row(
    "OutcomeUnknown",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "MM answered with an HTTP status that has no meaning here"
  ),
  not_understood: row(
    "OutcomeUnknown",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "MM's answer is not what its description promises"
  ),
  // ASSUMPTION(viss-mm#5): the codes are not public. A question can only be refused because MM does not know the id, or
  // knows it as another certificate's; a document, because there is none yet.
  business_fault: row("Refused", "NotFound", "NotReady", "NotConfigured", "MM refused the request by a rule", {
    list: "Refused"
  }),
  contract_fault: row(
    "OutcomeUnknown",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "MM's service did not understand the message. Check that `wsdl` is the one of this environment"
  ),
  service_fault: row("OutcomeUnknown", "Unavailable", "Unavailable", "Unavailable", "MM's service failed inside"),
  // Security tokens. Without one nothing is sent to MM, and a service that refuses one has carried nothing out.
  token_unavailable: everywhere("Unavailable", "No security token could be had, so nothing was sent to MM"),
  token_not_understood: row(
    "Unavailable",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "The security token service's answer is not what WS-Trust 1.3 promises; nothing was sent to MM"
  ),
  token_refused: everywhere(
    "AuthenticationFailed",
    "The security token service issued no token. Check the addresses, `appliesTo` and the clock of this machine"
  ),
  certificate_not_activated: everywhere(
    "AuthenticationFailed",
    "The security token service does not accept the certificate (ID4058): it is not activated, has expired, or belongs to the other environment, as test and production are kept apart. Have the platform's owner activate it for this environment"
  ),
  clock_skew: everywhere(
    "AuthenticationFailed",
    "The message came at another time than its timestamp says. Check the clock of this machine"
  ),
  token_not_accepted: everywhere(
    "AuthenticationFailed",
    "MM did not accept the security token, nor a new one. Check `appliesTo`, the environment and the clock of this machine"
  ),
  role_missing: everywhere(
    "AuthenticationFailed",
    "The certificate's owner lacks the role that MM asks for. Have the platform's owner grant it"
  ),
  // The portal's Request Service. What it turns away itself never reaches MM.
  not_submitted: everywhere(
    "Unavailable",
    "The portal's Request Service opened no transaction; no payment request was sent"
  ),
  portal_settings: row(
    "NotConfigured",
    "MalformedResponse",
    "MalformedResponse",
    "NotConfigured",
    "The portal's Request Service did not accept the addressing of the message. Check `requestService`"
  ),
  portal_rights: everywhere(
    "AuthenticationFailed",
    "The certificate's owner may not send to the payment module. Have the platform's owner grant the right"
  ),
  portal_refused: row(
    "Refused",
    "Unavailable",
    "Unavailable",
    "Unavailable",
    "The portal's Request Service turned the message away"
  )
}

const operationOf: Readonly<Record<Call, Operation>> = {
  create: "create",
  status: "status",
  receipt: "receipt",
  list: "list",
  issueInvoice: "issueInvoice",
  wsdl: "start"
}

const unknownOutcome: Readonly<Partial<Record<Call, string>>> = {
  create: "Whether the payment request exists is not known: do not send it again",
  issueInvoice: "Whether the document was issued is not known: do not ask for it again"
}

const reasonOf = (call: Call, tag: ReasonTag, message: string, trouble: Trouble): PaymentErrorReason => {
  const code = trouble.providerCode === undefined ? {} : { providerCode: trouble.providerCode }
  const { retryAfterSeconds } = trouble
  switch (tag) {
    case "AuthenticationFailed":
      return new AuthenticationFailed({ message, ...code })
    case "MalformedResponse":
      return new MalformedResponse({ message })
    case "NotConfigured":
      return new NotConfigured({
        message,
        field: trouble.situation === "portal_settings" ? "requestService" : "wsdl"
      })
    case "NotFound":
      return new NotFound({ message })
    case "NotReady":
      return new NotReady({ message })
    case "OutcomeUnknown":
      return new OutcomeUnknown({
        message: `${message} ${unknownOutcome[call] ?? "Whether it happened is not known"}.`
      })
    case "RateLimited":
      return new RateLimited({ message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) })
    case "Refused":
      return new Refused({ message, ...code })
    case "Unavailable":
      return new Unavailable({ message, ...code })
  }
}

/** What the application hears of it. */
export const paymentError = (call: Call, trouble: Trouble, instance?: string): PaymentError => {
  const { detail, providerCode, situation } = trouble
  const facts = [detail, providerCode === undefined ? undefined : `code ${providerCode}`].filter(
    (one) => one !== undefined
  )
  const message = `${table[situation].message}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}.`
  return new PaymentError({
    ...(instance === undefined ? {} : { instance }),
    operation: operationOf[call],
    reason: reasonOf(call, table[situation][call], message, trouble)
  })
}
