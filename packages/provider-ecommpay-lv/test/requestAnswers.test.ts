// Answers of the lookup by request_id that the simulator does not give.
import { HttpTransport, type TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { askRequest } from "../src/index.ts"
import { sign, type SignableObject } from "../src/signature.ts"
import { reasonOf } from "./support/openAdapter.ts"
import { projectId, recordingTransport, reply, secret, signedBytes, testConfig } from "./support/recordingTransport.ts"

const requestId = "f1de353331a01fd14163fe4226-00009530"
const recordedAsk = (answer: TransportResponse) => {
  const { transport, ...recorded } = recordingTransport(() => answer)
  return { ...recorded, asked: Effect.provideService(askRequest(testConfig, requestId), HttpTransport, transport) }
}
const ask = (answer: TransportResponse) => recordedAsk(answer).asked
const signedAnswer = (body: SignableObject) => reply(200, signedBytes({ project_id: projectId, ...body }))
const told = (body: SignableObject) => Effect.runPromise(ask(signedAnswer(body)))
const refusal = (status: number, code?: string) =>
  reply(status, JSON.stringify({ status: "error", message: "No", ...(code === undefined ? {} : { code }) }))

describe("what Gate is sent for a lookup", () => {
  it("is a flat body with its signature", async () => {
    const { asked, bodies, requests } = recordedAsk(signedAnswer({ status: "success" }))
    await Effect.runPromise(asked)
    assert.deepEqual(
      requests.map(({ method, url }) => [method, url.href]),
      [["POST", "https://api.ecommpay.com/v2/payment/status/request"]]
    )
    const body = { project_id: projectId, request_id: requestId }
    assert.deepEqual(JSON.parse(bodies()[0] ?? ""), { ...body, signature: sign(body, secret) })
  })
})

describe("an answer about a request", () => {
  it("may name the project in `general`, sign there, and hold nothing else", async () => {
    const general = { project_id: projectId, payment_id: "ATT_01m82snwy1c6h8en3trb5ax370" }
    const signature = sign({ general }, secret)
    const answer = await Effect.runPromise(ask(reply(200, JSON.stringify({ general: { ...general, signature } }))))
    assert.deepEqual(answer, { providerReference: general.payment_id.toLowerCase(), problems: [], operations: [] })
  })

  it("is told without anything that could name a person", async () => {
    const person = "010180-12345"
    const answer = await told({
      general: { project_id: projectId, payment_id: person },
      status: `declined for ${person}`,
      customer: { id: person, email: "janis@example.lv" },
      operations: [{ type: person, status: "awaiting 3ds result", code: person, message: person }],
      errors: [
        { code: person, field: person, message: person },
        { code: 2641, field: "account.bank_id" }
      ]
    })
    assert.notInclude(JSON.stringify(answer), person)
    assert.notInclude(JSON.stringify(answer), "janis")
    assert.deepEqual(answer?.operations, [{ status: "awaiting 3ds result" }])
    const [hidden, shown] = answer?.problems ?? []
    assert.deepEqual([hidden, shown?.field, shown?.result?.code], [{}, "account.bank_id", "2641"])
  })

  it("keeps a code that was published later, without a meaning", async () => {
    const answer = await told({ errors: [{ code: "999999" }] })
    assert.deepEqual(answer?.problems, [{ result: { code: "999999" } }])
  })

  for (const [name, body] of [
    ["another project", { project_id: 201, status: "success" }],
    ["a fraction as a sum", { operations: [{ sum_initial: { amount: "12.00", currency: "EUR" } }] }],
    ["a text in place of the operations", { operations: "none" }]
  ] as const) {
    it(`is not used with ${name}`, async () => {
      const reason = await reasonOf(ask(signedAnswer(body)))
      assert.equal(reason._tag, "MalformedResponse")
      assert.notInclude(reason.message, "12.00")
    })
  }

  it("is not used without a signature, or with one over something else", async () => {
    const plain = { project_id: projectId, status: "success" }
    const bodies = [plain, { ...plain, signature: sign({ ...plain, status: "error" }, secret) }]
    for (const body of bodies) {
      assert.equal((await reasonOf(ask(reply(200, JSON.stringify(body)))))._tag, "MalformedResponse")
    }
  })
})

describe("a 404 on the lookup", () => {
  it("is an answer in Gate's own words, with and without a code", async () => {
    assert.isUndefined(await Effect.runPromise(ask(refusal(404, "3061"))))
    assert.isUndefined(await Effect.runPromise(ask(refusal(404))))
  })

  it("is none where it says something else, or comes from something else", async () => {
    assert.equal((await reasonOf(ask(refusal(404, "2442"))))._tag, "AuthenticationFailed")
    for (const body of ["", "<html>", "{}", '{"name":"Not Found","message":"no route","code":0,"status":404}']) {
      assert.equal((await reasonOf(ask(reply(404, body))))._tag, "Unavailable", body)
    }
  })

  it("is not what other refusals are", async () => {
    assert.equal((await reasonOf(ask(refusal(400, "2004"))))._tag, "Refused")
  })
})
