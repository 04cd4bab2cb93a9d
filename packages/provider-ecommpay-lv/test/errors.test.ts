import type { Failure } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { resultCodes } from "../src/internal/codes.ts"
import { errorTable, gateError, type GateOperation, outcomeOf } from "../src/internal/errors.ts"

const operations: ReadonlyArray<GateOperation> = ["create", "status", "check"]
const phases: ReadonlyArray<Failure["phase"]> = ["not_sent", "sent_no_response", "response_incomplete", "answered"]
const https = [200, 201, 204, 301, 302, 400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 499, 500, 502, 503, 504, 599]
const codes = [...resultCodes.keys(), "999999"]

const everything = function* (): Generator<readonly [GateOperation, Failure]> {
  for (const operation of operations) {
    for (const phase of phases.slice(0, 3)) yield [operation, { phase, detail: "ECODE" }]
    for (const http of https) {
      yield [operation, { phase: "answered", http }]
      yield [operation, { phase: "answered", http, isGenuine: true }]
      for (const code of codes) yield [operation, { phase: "answered", http, code, isGenuine: true }]
    }
  }
}

describe("the table of errors", () => {
  it("never calls a sale failed that may have been taken", () => {
    for (const [operation, failure] of everything()) {
      if (operation !== "create") continue
      const outcome = outcomeOf(operation, failure)
      const wasLeft = failure.phase !== "not_sent"
      const isPlainRefusal = failure.isGenuine === true && (failure.http ?? 0) < 500
      if (wasLeft && !isPlainRefusal) assert.equal(outcome, "OutcomeUnknown", JSON.stringify(failure))
      else if (!wasLeft) assert.equal(outcome, "Unavailable")
      else assert.include(["Refused", "AuthenticationFailed", "OutcomeUnknown"], outcome, JSON.stringify(failure))
    }
  })

  it("never says of a question that something may have happened", () => {
    for (const [operation, failure] of everything()) {
      if (operation !== "create") assert.notEqual(outcomeOf(operation, failure), "OutcomeUnknown")
    }
  })

  it("needs every one of its rows", () => {
    const used = new Set<number>()
    for (const [operation, failure] of everything()) {
      const kind = operation === "create" ? "command" : "read"
      used.add(
        errorTable.findIndex(
          (row) =>
            (row.kind ?? kind) === kind &&
            (row.phases?.includes(failure.phase) ?? true) &&
            (row.http === undefined ||
              (failure.http !== undefined && failure.http >= row.http[0] && failure.http <= row.http[1])) &&
            (row.codes === undefined || (failure.code !== undefined && row.codes.includes(failure.code))) &&
            (row.isGenuine === undefined || row.isGenuine === (failure.isGenuine ?? false))
        )
      )
    }
    assert.sameMembers([...used], [...errorTable.keys()])
  })

  const rows: ReadonlyArray<readonly [GateOperation, Failure, string]> = [
    ["create", { phase: "not_sent" }, "Unavailable"],
    ["create", { phase: "sent_no_response" }, "OutcomeUnknown"],
    ["create", { phase: "response_incomplete" }, "OutcomeUnknown"],
    ["status", { phase: "response_incomplete" }, "Unavailable"],
    ["create", { phase: "answered", http: 400, code: "2004", isGenuine: true }, "Refused"],
    ["create", { phase: "answered", http: 422, code: "2003", isGenuine: true }, "Refused"],
    ["create", { phase: "answered", http: 400, code: "3261", isGenuine: true }, "AuthenticationFailed"],
    ["create", { phase: "answered", http: 400, code: "3262", isGenuine: true }, "AuthenticationFailed"],
    ["create", { phase: "answered", http: 403, code: "303", isGenuine: true }, "AuthenticationFailed"],
    ["create", { phase: "answered", http: 403 }, "OutcomeUnknown"],
    ["create", { phase: "answered", http: 400, code: "501", isGenuine: true }, "OutcomeUnknown"],
    ["create", { phase: "answered", http: 500, code: "2004", isGenuine: true }, "OutcomeUnknown"],
    ["create", { phase: "answered", http: 200 }, "OutcomeUnknown"],
    ["create", { phase: "answered", http: 429 }, "OutcomeUnknown"],
    ["status", { phase: "answered", http: 429 }, "RateLimited"],
    ["status", { phase: "answered", http: 500 }, "Unavailable"],
    ["status", { phase: "answered", http: 403 }, "AuthenticationFailed"],
    ["status", { phase: "answered", http: 404 }, "Unavailable"],
    ["status", { phase: "answered", http: 200 }, "MalformedResponse"]
  ]
  for (const [operation, failure, expected] of rows) {
    it(`${operation}, ${JSON.stringify(failure)}: ${expected}`, () => {
      assert.equal(gateError({ instance: "ecommpay-lv" }, operation, failure).reason._tag, expected)
    })
  }
})
