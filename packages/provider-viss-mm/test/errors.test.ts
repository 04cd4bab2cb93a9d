import { isFitting, isPaymentError, TransportError } from "@maksa/core"
import { assert, describe, it } from "vitest"

import {
  errorTable,
  mmError,
  type MmOperation,
  type Outcome,
  type Situation,
  situations,
  Trouble
} from "../src/internal/errors.ts"
import { situationOfStatus, situationOfTransport, statusTrouble } from "../src/internal/exchange.ts"
import { faultTrouble } from "../src/internal/soap/soapCall.ts"

const operations: ReadonlyArray<MmOperation> = ["create", "status", "receipt", "list", "issueInvoice", "start"]

const words: Readonly<Record<string, Outcome>> = {
  auth: "AuthenticationFailed",
  broken: "MalformedResponse",
  config: "NotConfigured",
  absent: "NotFound",
  later: "NotReady",
  "?": "OutcomeUnknown",
  pace: "RateLimited",
  no: "Refused",
  again: "Unavailable"
}

/** Written by hand: what the caller does next, by what happened (down) and what was asked (across). */
const cells: Readonly<Record<Situation, string>> = {
  //                         create status receipt list issueInvoice start
  not_sent: "                again  again  again   again  again  again",
  server_not_trusted: "      auth   auth   auth    auth   auth   auth",
  client_not_trusted: "      auth   auth   auth    auth   auth   auth",
  no_response: "             ?      again  again   again  ?      again",
  broken_off: "              ?      again  again   again  ?      again",
  stalled: "                 ?      again  again   again  ?      again",
  too_large: "               ?      broken broken  broken ?      config",
  forbidden: "               auth   auth   auth    auth   auth   auth",
  not_found: "               ?      again  later   again  ?      config",
  no_content: "              ?      broken later   broken ?      config",
  slow_down: "               ?      pace   pace    pace   ?      again",
  redirected: "              ?      broken broken  broken ?      config",
  client_error: "            ?      broken broken  broken ?      config",
  server_error: "            ?      again  again   again  ?      again",
  odd_status: "              ?      broken broken  broken ?      config",
  not_understood: "          ?      broken broken  broken ?      config",
  business_fault: "          no     absent later   no     no     config",
  contract_fault: "          ?      broken broken  broken ?      config",
  service_fault: "           ?      again  again   again  ?      again",
  token_unavailable: "       again  again  again   again  again  again",
  token_not_understood: "    again  broken broken  broken again  config",
  token_refused: "           auth   auth   auth    auth   auth   auth",
  certificate_not_activated: "auth  auth   auth    auth   auth   auth",
  clock_skew: "              auth   auth   auth    auth   auth   auth",
  token_not_accepted: "      auth   auth   auth    auth   auth   auth",
  role_missing: "            auth   auth   auth    auth   auth   auth",
  not_submitted: "           again  again  again   again  again  again",
  portal_settings: "         config broken broken  broken config config",
  portal_rights: "           auth   auth   auth    auth   auth   auth",
  portal_refused: "          no     again  again   again  no     again"
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a record of situations
const all = Object.keys(cells) as Array<Situation>

describe("the table of errors", () => {
  it.each(all)("tells every caller what to do next after %s", (situation) => {
    const trouble = new Trouble({ situation, detail: "HTTP 599", providerCode: "SIM-1", retryAfterSeconds: 7 })
    const expected = cells[situation].trim().split(/\s+/)
    for (const [index, operation] of operations.entries()) {
      const error = mmError({ instance: "mm-jelgava", paymentId: "pay_1" }, operation, trouble)
      assert.isTrue(isPaymentError(error))
      assert.strictEqual(error.reason._tag, words[expected[index] ?? ""], operation)
      assert.deepInclude(error, { operation, instance: "mm-jelgava", paymentId: "pay_1" })
      assert.match(error.reason.message, /HTTP 599, code SIM-1\)/)
    }
  })

  it("says of commands, unless nothing happened for certain, not to repeat them", () => {
    for (const situation of all) {
      const trouble = new Trouble({ situation })
      for (const operation of ["create", "issueInvoice"] as const) {
        const { _tag, message } = mmError({ instance: "mm" }, operation, trouble).reason
        assert.strictEqual(/do not (?:send|ask for) it again/.test(message), _tag === "OutcomeUnknown", situation)
      }
    }
  })

  it("has no row that nothing fits", () => {
    const used = new Set(
      all.flatMap((situation) =>
        operations.map((operation) =>
          errorTable.findIndex((row) => isFitting(row, operation, { phase: situations[situation].phase, situation }))
        )
      )
    )
    assert.deepEqual(
      [...used].toSorted((a, b) => a - b),
      errorTable.map((_, index) => index)
    )
  })

  it("keeps MM's code beside the reason, the pace that was asked for, and the field to correct", () => {
    const told = (operation: MmOperation, trouble: Trouble) => mmError({ instance: "mm" }, operation, trouble).reason
    const refused = told("create", new Trouble({ situation: "business_fault", providerCode: "SIM-104" }))
    assert.deepInclude(refused, { _tag: "Refused", providerCode: "SIM-104" })
    const slow = told("status", new Trouble({ situation: "slow_down", retryAfterSeconds: 30 }))
    assert.deepInclude(slow, { _tag: "RateLimited", retryAfterSeconds: 30 })
    assert.deepInclude(told("start", new Trouble({ situation: "not_found" })), { field: "wsdl" })
    assert.deepInclude(told("create", new Trouble({ situation: "portal_settings" })), { field: "requestService" })
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
    const trouble = statusTrouble({ status: 429, headers: { "retry-after": header } })
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
