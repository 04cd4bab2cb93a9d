import { assert, describe, it } from "vitest"
import {
  type ErrorRow,
  type Failure,
  findReason,
  paymentError,
  PaymentErrorReason,
  retryAfter,
  toReason
} from "../../src/index.ts"

const table: ReadonlyArray<ErrorRow> = [
  { phases: ["not_sent"], reason: "Unavailable" },
  { kind: "command", http: [429, 429], reason: "OutcomeUnknown" },
  { kind: "read", http: [429, 429], reason: "RateLimited" },
  { codes: ["no_such"], isGenuine: true, reason: "NotFound" },
  { isGenuine: true, http: [400, 499], reason: "Refused" },
  { isGenuine: false, http: [400, 499], reason: "Unavailable" }
]
const answered = (http: number, more: Partial<Failure> = {}): Failure => ({ phase: "answered", http, ...more })

describe("an adapter's table of errors", () => {
  it.each<readonly [Failure, string, string]>([
    [{ phase: "not_sent" }, "Unavailable", "Unavailable"],
    [answered(429, { isGenuine: true }), "OutcomeUnknown", "RateLimited"],
    [answered(404, { isGenuine: true, code: "no_such" }), "NotFound", "NotFound"],
    [answered(404, { code: "no_such" }), "Unavailable", "Unavailable"],
    [answered(404, { isGenuine: true, code: "other" }), "Refused", "Refused"],
    [answered(400, { isGenuine: true }), "Refused", "Refused"],
    [answered(499, { isGenuine: true }), "Refused", "Refused"],
    [answered(399, { isGenuine: true }), "OutcomeUnknown", "MalformedResponse"],
    [answered(500, { isGenuine: true }), "OutcomeUnknown", "MalformedResponse"],
    [{ phase: "answered" }, "OutcomeUnknown", "MalformedResponse"],
    [{ phase: "sent_no_response" }, "OutcomeUnknown", "MalformedResponse"]
  ])("gives %o the reason of the first row that fits", (failure, command, read) => {
    assert.deepEqual([findReason(table, "create", failure), findReason(table, "status", failure)], [command, read])
  })
})

describe("a row", () => {
  const rows: ReadonlyArray<ErrorRow> = [
    { operations: ["receipt"], situations: ["nothing_there"], reason: "NotReady" },
    { kind: "command", reason: "OutcomeUnknown" },
    { situations: ["nothing_there"], reason: "NotFound" },
    { kind: "read", reason: "Unavailable" }
  ]
  it("may be about one operation and one of the adapter's own words", () => {
    const nothing = answered(200, { situation: "nothing_there" })
    assert.equal(findReason(rows, "receipt", nothing), "NotReady")
    assert.equal(findReason(rows, "status", nothing), "NotFound")
    assert.equal(findReason(rows, "receipt", answered(200)), "Unavailable")
    assert.equal(findReason(rows, "status", answered(200, { situation: "else" })), "Unavailable")
  })

  it("knows which operations may have been carried out", () => {
    for (const operation of ["create", "resume", "withdraw", "refund", "payout", "issueInvoice"] as const) {
      assert.equal(findReason(rows, operation, answered(200)), "OutcomeUnknown", operation)
    }
    for (const operation of ["start", "status", "receipt", "list", "banks", "check"] as const) {
      assert.equal(findReason(rows, operation, answered(200)), "Unavailable", operation)
    }
  })
})

describe("a reason", () => {
  const facts = { code: "3061", field: "a.b", retryAfterSeconds: 7 }
  it("keeps of a failure what it has a place for", () => {
    assert.deepInclude(toReason("Refused", "no", facts), { _tag: "Refused", message: "no", providerCode: "3061" })
    const decline = { reason: "limit_exceeded", next: "use_another_way" } as const
    assert.deepInclude(toReason("Refused", "no", { ...facts, decline }), { decline })
    assert.notProperty(toReason("Refused", "no", facts), "decline")
    assert.deepInclude(toReason("InvalidRequest", "no", facts), { field: "a.b" })
    assert.deepInclude(toReason("RateLimited", "no", facts), { retryAfterSeconds: 7 })
    assert.notProperty(toReason("NotFound", "no", facts), "providerCode")
  })

  it("exists under every name, also where nothing else is known", () => {
    for (const { identifier } of PaymentErrorReason.members) {
      const tag = PaymentErrorReason.members.find((member) => member.identifier === identifier)?.fields._tag.schema
        .literal
      if (tag === undefined) return assert.fail(`${identifier} has no tag`)
      assert.equal(toReason(tag, "why")._tag, tag)
      assert.equal(toReason(tag, "why", facts)._tag, tag)
    }
  })

  it("becomes the error of who asked", () => {
    const reason = toReason("NotFound", "nothing there")
    const error = paymentError({ instance: "town", paymentId: "pay_1" }, "status", reason)
    assert.deepInclude(error, { instance: "town", paymentId: "pay_1", operation: "status", reason })
    assert.isUndefined(paymentError({ instance: "town" }, "start", reason).paymentId)
  })
})

describe("a pause that a provider asks for", () => {
  it("is whole seconds or nothing", () => {
    assert.deepEqual(retryAfter({ "retry-after": "30" }), { retryAfterSeconds: 30 })
    for (const text of ["", "-1", "1.5", "Wed, 21 Oct 2026 07:28:00 GMT", "1234567"]) {
      assert.deepEqual(retryAfter({ "retry-after": text }), {})
    }
    assert.deepEqual(retryAfter({}), {})
  })
})
