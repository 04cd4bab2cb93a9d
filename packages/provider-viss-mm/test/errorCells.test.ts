import { assert, describe, it } from "vitest"

import { type Call, paymentError, type ReasonTag, type Situation, table, Trouble } from "../src/internal/errors.ts"

const calls: ReadonlyArray<Call> = ["create", "status", "receipt", "list", "issueInvoice", "wsdl"]

const words: Readonly<Record<string, ReasonTag>> = {
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
  //                         create status receipt list issueInvoice wsdl
  not_sent: "                again  again  again   again  again  again",
  server_not_trusted: "      auth   auth   auth    auth   auth   auth",
  client_not_trusted: "      auth   auth   auth    auth   auth   auth",
  no_response: "             ?      again  again   again  ?      again",
  broken_off: "              ?      again  broken  again  ?      again",
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

const rows = Object.entries(cells).flatMap(([situation, line]) =>
  line
    .trim()
    .split(/\s+/)
    .map((word, at) => [calls[at], situation, words[word]] as const)
)

describe("what the caller is told", () => {
  it("has a cell for every call and every situation", () => {
    assert.lengthOf(rows, calls.length * Object.keys(table).length)
    assert.sameMembers(Object.keys(cells), Object.keys(table))
  })

  it.each(rows)("when %s meets %s: %s", (call, situation, reason) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the record above
    const trouble = new Trouble({ situation: situation as Situation })
    assert.strictEqual(paymentError(call ?? assert.fail("too many cells"), trouble).reason._tag, reason)
  })
})
