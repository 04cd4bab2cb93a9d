import { isPaymentError, TransportError } from "@maksa/core"
import { assert, describe, it } from "vitest"

import { type Call, paymentError, type ReasonTag, type Situation, table, Trouble } from "../src/internal/errors.ts"
import { situationOfStatus, situationOfTransport, statusTrouble } from "../src/internal/exchange.ts"
import { faultTrouble } from "../src/internal/soap/soapCall.ts"

const calls: ReadonlyArray<Call> = ["create", "status", "receipt", "list", "issueInvoice", "wsdl"]
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a record of situations
const situations = Object.keys(table) as Array<Situation>

/** Written by hand from the rules, not from the table: who may say what. */
const provesNothingHappened: ReadonlySet<Situation> = new Set([
  "not_sent",
  "server_not_trusted",
  "client_not_trusted",
  "forbidden",
  "business_fault",
  // Without a token nothing is sent, and who refuses one carries nothing out.
  "token_unavailable",
  "token_not_understood",
  "token_refused",
  "certificate_not_activated",
  "clock_skew",
  "token_not_accepted",
  "role_missing",
  // The Request Service of the portal passes on to MM only what it has taken.
  "not_submitted",
  "portal_settings",
  "portal_rights",
  "portal_refused"
])
const allowedOfReads: ReadonlySet<ReasonTag> = new Set([
  "AuthenticationFailed",
  "MalformedResponse",
  "NotFound",
  "NotReady",
  "RateLimited",
  "Unavailable"
])

describe("the table of errors", () => {
  it.each(situations)("has a reason and a sentence for every call that ends with %s", (situation) => {
    for (const call of calls) {
      const trouble = new Trouble({ situation, detail: "HTTP 599", providerCode: "SIM-1", retryAfterSeconds: 7 })
      const error = paymentError(call, trouble, "mm-jelgava")
      assert.isTrue(isPaymentError(error))
      assert.strictEqual(error.reason._tag, table[situation][call])
      assert.strictEqual(error.operation, call === "wsdl" ? "start" : call)
      assert.strictEqual(error.instance, "mm-jelgava")
      assert.match(error.reason.message, /HTTP 599, code SIM-1\)/)
    }
  })

  it.each(situations)("says OutcomeUnknown for create unless %s proves that nothing happened", (situation) => {
    assert.strictEqual(table[situation].create !== "OutcomeUnknown", provesNothingHappened.has(situation))
    assert.strictEqual(table[situation].issueInvoice, table[situation].create)
    assert.notStrictEqual(table[situation].create, "MalformedResponse")
  })

  it.each(situations)("never says of a read that ends with %s that something may have happened", (situation) => {
    assert.isTrue(allowedOfReads.has(table[situation].status))
    assert.isTrue(allowedOfReads.has(table[situation].receipt))
    assert.isTrue(allowedOfReads.has(table[situation].list) || table[situation].list === "Refused")
  })

  it("keeps MM's code beside the reason, and the pace that was asked for", () => {
    const refused = paymentError("create", new Trouble({ situation: "business_fault", providerCode: "SIM-104" }))
    assert.deepInclude(refused.reason, { _tag: "Refused", providerCode: "SIM-104" })
    const slow = paymentError("status", new Trouble({ situation: "slow_down", retryAfterSeconds: 30 }))
    assert.deepInclude(slow.reason, { _tag: "RateLimited", retryAfterSeconds: 30 })
  })
})

describe("an HTTP status", () => {
  it.each<readonly [number, Situation | undefined]>([
    [200, undefined],
    [100, "odd_status"],
    [202, "odd_status"],
    [204, "no_content"],
    [205, "no_content"],
    [301, "redirected"],
    [304, "redirected"],
    [400, "client_error"],
    [401, "forbidden"],
    [403, "forbidden"],
    [404, "not_found"],
    [410, "not_found"],
    [413, "client_error"],
    [415, "client_error"],
    [429, "slow_down"],
    [500, "server_error"],
    [503, "server_error"],
    [599, "server_error"],
    [600, "odd_status"]
  ])("%i comes to %s", (status, situation) => assert.strictEqual(situationOfStatus(status), situation))

  it.each([
    ["30", 30],
    ["", undefined],
    ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
    ["-1", undefined]
  ])("429 with Retry-After %j", (header, retryAfterSeconds) => {
    const trouble = statusTrouble({ status: 429, headers: { "retry-after": header }, body: new Uint8Array() })
    assert.strictEqual(trouble?.retryAfterSeconds, retryAfterSeconds)
  })
})

describe("a transport error", () => {
  const failed = (phase: TransportError["phase"], kind: TransportError["kind"], code: string): Situation =>
    situationOfTransport(new TransportError({ phase, kind, code }))

  it.each<readonly [TransportError["phase"], TransportError["kind"], string, Situation]>([
    ["not_sent", "connection", "ECONNREFUSED", "not_sent"],
    ["not_sent", "timeout", "UND_ERR_CONNECT_TIMEOUT", "not_sent"],
    ["not_sent", "tls", "CERT_HAS_EXPIRED", "server_not_trusted"],
    ["not_sent", "tls", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "server_not_trusted"],
    ["not_sent", "connection", "ECONNRESET", "not_sent"],
    ["not_sent", "tls", "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "not_sent"],
    ["not_sent", "tls", "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", "client_not_trusted"],
    ["sent_no_response", "connection", "ECONNRESET", "no_response"],
    ["sent_no_response", "timeout", "UND_ERR_HEADERS_TIMEOUT", "no_response"],
    ["sent_no_response", "other", "UNKNOWN", "no_response"],
    // A damaged record on a kept connection says nothing about the request.
    ["sent_no_response", "tls", "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "no_response"],
    ["sent_no_response", "tls", "ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "no_response"],
    ["sent_no_response", "tls", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "client_not_trusted"],
    ["sent_no_response", "tls", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "client_not_trusted"],
    ["sent_no_response", "tls", "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "client_not_trusted"],
    ["sent_no_response", "tls", "ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED", "client_not_trusted"],
    ["sent_no_response", "tls", "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", "client_not_trusted"],
    ["sent_no_response", "tls", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "client_not_trusted"],
    ["response_incomplete", "tls", "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "broken_off"],
    ["response_incomplete", "connection", "UND_ERR_SOCKET", "broken_off"],
    ["response_incomplete", "timeout", "UND_ERR_BODY_TIMEOUT", "stalled"],
    ["response_incomplete", "too_large", "MAKSA_TOO_LARGE", "too_large"]
  ])("%s (%s, %s) comes to %s", (phase, kind, code, situation) => {
    assert.strictEqual(failed(phase, kind, code), situation)
  })
})

describe("a fault", () => {
  const text = "Zane Liepiņa 010190-19191"

  it("is MM's refusal only as PaymentRequestFault, and its texts stay behind", () => {
    const trouble = faultTrouble({
      code: "Client",
      text,
      detail: { entry: "PaymentRequestFault", errorCode: "SIM-104", message: text }
    })
    assert.deepInclude(trouble, { situation: "business_fault", providerCode: "SIM-104" })
    assert.notInclude(JSON.stringify(trouble), "Zane")
  })

  it("of an exception with a message is no refusal: the request may exist", () => {
    const trouble = faultTrouble({
      code: "InternalServiceFault",
      text,
      detail: { entry: "ExceptionDetail", message: text }
    })
    assert.strictEqual(trouble.situation, "service_fault")
  })

  it.each<readonly [string, Situation]>([
    ["ActionNotSupported", "contract_fault"],
    ["DeserializationFailed", "contract_fault"],
    ["MustUnderstand", "contract_fault"],
    ["VersionMismatch", "contract_fault"],
    ["Client", "contract_fault"],
    ["Server", "service_fault"],
    ["InternalServiceFault", "service_fault"],
    ["toString", "service_fault"]
  ])("%s comes to %s", (code, situation) => {
    assert.strictEqual(faultTrouble({ code, text }).situation, situation)
  })

  it.each(["Zane Liepiņa", "x".repeat(41), "<b>"])("with %j for a code does not pass it on", (errorCode) => {
    const trouble = faultTrouble({ code: errorCode, text, detail: { entry: "PaymentRequestFault", errorCode } })
    assert.notInclude(JSON.stringify(trouble), errorCode)
    assert.notInclude(JSON.stringify(faultTrouble({ code: errorCode, text })), errorCode)
  })
})
