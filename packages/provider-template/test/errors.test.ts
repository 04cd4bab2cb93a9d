import type { Failure, Operation } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { errorTable, outcomeOf } from "../src/internal/errors.ts"

const answered = (http: number, more: Partial<Failure> = {}): Failure => ({ phase: "answered", http, ...more })
const signed = (http: number, code: string): Failure => answered(http, { isGenuine: true, code })

/** What happened, what a new order comes to, and what a status query comes to. */
const table: ReadonlyArray<readonly [failure: Failure, create: string, status: string]> = [
  [{ phase: "not_sent" }, "Unavailable", "Unavailable"],
  [{ phase: "sent_no_response" }, "OutcomeUnknown", "Unavailable"],
  [{ phase: "response_incomplete" }, "OutcomeUnknown", "Unavailable"],
  [answered(401, { code: "unknown_key" }), "AuthenticationFailed", "AuthenticationFailed"],
  [answered(401, { code: "expired_key" }), "AuthenticationFailed", "AuthenticationFailed"],
  [answered(401, { code: "wrong_signature" }), "AuthenticationFailed", "AuthenticationFailed"],
  [answered(401), "OutcomeUnknown", "Unavailable"],
  [signed(403, "foreign_account"), "AuthenticationFailed", "AuthenticationFailed"],
  [answered(500), "OutcomeUnknown", "Unavailable"],
  [signed(503, "not_done"), "OutcomeUnknown", "Unavailable"],
  [signed(429, "slow_down"), "OutcomeUnknown", "RateLimited"],
  [signed(404, "unknown_payment"), "NotFound", "NotFound"],
  [signed(425, "too_early"), "NotReady", "NotReady"],
  [signed(409, "duplicate_id"), "OutcomeUnknown", "Conflict"],
  [signed(422, "amount_out_of_range"), "Refused", "Refused"],
  [answered(422, { code: "amount_out_of_range" }), "OutcomeUnknown", "Unavailable"],
  [answered(200), "OutcomeUnknown", "MalformedResponse"],
  [answered(200, { isGenuine: true }), "OutcomeUnknown", "MalformedResponse"],
  [answered(302), "OutcomeUnknown", "Unavailable"]
]

describe("the table of errors", () => {
  it("gives every failure its reason", () => {
    for (const [failure, create, status] of table) {
      assert.deepEqual(
        [outcomeOf("create", failure), outcomeOf("status", failure)],
        [create, status],
        JSON.stringify(failure)
      )
    }
  })

  it("refuses a command only by the provider's own signed word", () => {
    for (const row of errorTable.filter((one) => one.reason === "Refused")) assert.isTrue(row.isGenuine)
  })

  it("never lets a command that may have happened look safe to repeat", () => {
    const commands: ReadonlyArray<Operation> = ["create", "resume", "withdraw", "refund", "payout", "issueInvoice"]
    for (const operation of commands) {
      for (const failure of [answered(500), answered(502), answered(429), { phase: "sent_no_response" } as const]) {
        assert.equal(outcomeOf(operation, failure), "OutcomeUnknown", `${operation} ${JSON.stringify(failure)}`)
      }
    }
  })
})
