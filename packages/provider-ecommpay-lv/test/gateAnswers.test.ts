import { TransportError, type TransportRequest, type TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import type { SignableObject } from "../src/signature.ts"
import { sign } from "../src/signature.ts"
import { ipAddress, orderAt, reasonOf } from "./support/openAdapter.ts"
import { makeRecorded, projectId, reply, secret, signedBytes } from "./support/recordingTransport.ts"

const createdAt = Date.parse("2026-12-01T12:00:00.250Z")
const input = orderAt(createdAt, { payer: { ipAddress } })
const asked = { ...input, now: createdAt + 60_000 }

const create = (answer: TransportResponse | TransportError) => makeRecorded(() => answer).adapter.create(input)
const status = (answer: TransportResponse | TransportError) => makeRecorded(() => answer).adapter.status(asked)

const known = (changes: SignableObject = {}, paymentChanges: SignableObject = {}): SignableObject => ({
  project_id: projectId,
  payment: {
    id: input.attemptId,
    type: "purchase",
    status: "success",
    sum: { amount: 1200, currency: "EUR" },
    ...paymentChanges
  },
  ...changes
})

describe("what Gate is sent for a sale", () => {
  const accept = (): TransportResponse => reply(200, JSON.stringify({ status: "success" }))

  it("is the same bytes for the same input, whatever the time", async () => {
    const recorded = makeRecorded(accept)
    await Effect.runPromise(recorded.adapter.create(input))
    await Effect.runPromise(
      recorded.adapter.create({ ...input, now: input.now + 99_999, submittedAt: createdAt + 15_000 })
    )
    const again = makeRecorded(accept)
    await Effect.runPromise(again.adapter.create({ ...input }))
    const [first] = recorded.bodies()
    assert.isDefined(first)
    assert.deepEqual([...recorded.bodies(), ...again.bodies()], [first, first, first])
  })

  it("is the documented body with a signature over all of it", async () => {
    const recorded = makeRecorded(accept)
    const payer = { ipAddress, firstName: Redacted.make("Jānis"), phone: Redacted.make("+371 20000000") }
    await Effect.runPromise(recorded.adapter.create({ ...input, payer, language: "ru", options: { bank: "rietumu" } }))
    const [request] = recorded.requests
    assert.equal(request?.url.href, "https://api.ecommpay.com/v2/payment/banks/latvia/sale")
    assert.equal(request?.headers["content-type"], "application/json")
    const { general, ...rest } = JSON.parse(recorded.bodies()[0] ?? "")
    const { signature, ...head } = general
    assert.equal(signature, sign({ ...rest, general: head }, secret))
    assert.deepEqual(head, {
      project_id: 200,
      payment_id: input.attemptId,
      merchant_callback_url: input.urls.webhook
    })
    assert.deepEqual(rest, {
      payment: {
        amount: 1200,
        currency: "EUR",
        description: "Nodeva LV-2026-17",
        best_before: "2026-12-01T13:00:00+00:00"
      },
      customer: {
        id: rest.customer.id,
        ip_address: "192.0.2.7",
        first_name: "Jānis",
        phone: "37120000000",
        language: "ru_RU"
      },
      account: { bank_id: 2001 },
      return_url: { success: input.urls.return, decline: input.urls.return, return: input.urls.return }
    })
    assert.match(rest.customer.id, /^[0-9a-f]{32}$/)
  })
})

describe("an answer to a sale", () => {
  it("'success' is an acceptance that stands before every notice of the same second", async () => {
    const observed = await Effect.runPromise(create(reply(200, JSON.stringify({ status: "success" }))))
    assert.deepEqual(
      observed.map((one) => one.says._tag),
      ["accepted", "action_needed"]
    )
    for (const one of observed) assert.equal(one.providerTime, Date.parse("2026-12-01T11:59:59.999Z"))
  })

  const unknown: ReadonlyArray<readonly [name: string, answer: TransportResponse]> = [
    ["HTML", reply(200, "<html><body>Sign in</body></html>")],
    ["HTML with 403", reply(403, "<html></html>")],
    ["nothing", reply(200, "")],
    ["half of the JSON", reply(200, '{"status":"succ')],
    ["a success about another payment", reply(200, '{"status":"success","payment_id":"att_other"}')],
    ["a success about another project", reply(200, '{"status":"success","project_id":201}')],
    ["a success that is signed wrongly", reply(200, signedBytes({ status: "success" }, "another"))],
    ["a status that is not known", reply(200, '{"status":"queued"}')],
    ["a success with 202", reply(202, '{"status":"success"}')],
    ["server trouble", reply(500, '{"status":"error","code":"2004"}')],
    ["a gateway's trouble", reply(502, "Bad Gateway")],
    ["an existing id in a server's trouble", reply(500, '{"status":"error","code":"3041"}')]
  ]
  for (const [name, answer] of unknown) {
    it(`of ${name} leaves the outcome unknown`, async () => {
      assert.equal((await reasonOf(create(answer)))._tag, "OutcomeUnknown")
    })
  }

  it("that names a code is explained by the registry, never by the answer's own text", async () => {
    const answer = { status: "error", code: 2642, message: "SECRET 32123412345", errors: [{ field: "SECRET field" }] }
    const reason = await reasonOf(create(reply(400, JSON.stringify(answer))))
    if (reason._tag !== "Refused") return assert.fail(reason._tag)
    assert.equal(reason.providerCode, "2642")
    assert.deepEqual(reason.decline, { reason: "limit_exceeded", next: "use_another_way" })
    assert.include(reason.message, "Operation amount is greater than limit")
    assert.notInclude(reason.message, "SECRET")
  })

  it("that Gate knows the id already is an acceptance, from 3041 and 3613 alike", async () => {
    for (const answer of ['{"status":"error","code":"3041"}', '{"errors":[{"code":3613}]}']) {
      const observed = await Effect.runPromise(create(reply(400, answer)))
      assert.equal(observed[0]?.says._tag, "accepted")
    }
  })

  it("that never left is told apart from one that may have arrived", async () => {
    for (const [phase, expected] of [
      ["not_sent", "Unavailable"],
      ["sent_no_response", "OutcomeUnknown"],
      ["response_incomplete", "OutcomeUnknown"]
    ] as const) {
      const error = new TransportError({ phase, code: "ECODE", kind: "connection" })
      assert.equal((await reasonOf(create(error)))._tag, expected)
    }
  })
})

describe("an answer to the status query", () => {
  const says = async (body: SignableObject) => (await Effect.runPromise(status(reply(200, signedBytes(body)))))[0]?.says

  it("is proof with its raw bytes as evidence", async () => {
    const raw = signedBytes(known())
    const [observed] = await Effect.runPromise(status(reply(200, raw)))
    assert.equal(observed?.trust, "proven")
    assert.deepEqual(observed?.evidence, raw)
    assert.equal(observed?.says._tag, "received")
  })

  it("carries a wrong sum or currency on, for core to judge", async () => {
    const claim = await says(known({}, { sum: { amount: 1, currency: "USD" } }))
    assert.deepEqual(claim?._tag === "received" ? String(claim.amount) : claim?._tag, "0.01 USD")
  })

  it("of an unknown payment is an absence, and of passing trouble nothing", async () => {
    const error = (code: string) =>
      known({ errors: [{ code, message: "m" }] }, { status: "error", type: null, sum: null })
    assert.deepEqual(await says(error("3061")), { _tag: "absent" })
    assert.isUndefined(await says(error("3062")))
    assert.equal((await says(error("2801")))?._tag, "refused")
  })

  it("that tells too little is a word for a person, never money", async () => {
    assert.equal((await says(known({}, { type: "payout" })))?._tag, "unknown_word")
    assert.equal((await says(known({}, { sum: null })))?._tag, "unknown_word")
    assert.equal((await says(known({}, { status: "awaiting clarification" })))?._tag, "unknown_word")
  })

  const raw = signedBytes(known())
  const unsigned = JSON.stringify(known())
  const broken: ReadonlyArray<readonly [name: string, answer: TransportResponse]> = [
    ["unsigned", reply(200, unsigned)],
    ["signed by somebody else", reply(200, signedBytes(known(), "another"))],
    ["HTML", reply(200, "<html></html>")],
    ["about another project", reply(200, signedBytes(known({ project_id: 201 })))],
    ["about no project", reply(200, signedBytes(known({ project_id: null })))],
    ["about another payment", reply(200, signedBytes(known({}, { id: "att_other" })))],
    ["of other types", reply(200, signedBytes(known({}, { sum: { amount: "1200", currency: "EUR" } })))]
  ]
  for (const [name, answer] of broken) {
    it(`that is ${name} is not used`, async () => {
      assert.equal((await reasonOf(status(answer)))._tag, "MalformedResponse")
    })
  }

  it("with any byte changed is not used", async () => {
    for (let at = 0; at < raw.length; at++) {
      const forged = raw.slice()
      forged[at] = (forged[at] ?? 0) ^ 1
      assert.equal((await reasonOf(status(reply(200, forged))))._tag, "MalformedResponse", `byte ${at}`)
    }
  })

  it("that did not come may be asked for again", async () => {
    const error = new TransportError({ phase: "sent_no_response", code: "UND_ERR_SOCKET", kind: "connection" })
    assert.isTrue((await reasonOf(status(error))).isRetryable)
    assert.equal((await reasonOf(status(reply(503, "")))).isRetryable, true)
    const slow = await reasonOf(status(reply(429, "", { "retry-after": "30" })))
    assert.equal(slow._tag === "RateLimited" ? slow.retryAfterSeconds : slow._tag, 30)
  })
})

describe("check", () => {
  const names = async (answer: (request: TransportRequest) => TransportResponse) => {
    const results = await Effect.runPromise(makeRecorded(answer).adapter.check())
    return results.map(({ isOk, name }) => `${name} ${isOk ? "ok" : "bad"}`)
  }
  it("tells a refused signature from a Gate that is not there, and from one that signs with another key", async () => {
    assert.deepEqual(await names(() => reply(400, '{"status":"error","code":"3261"}')), [
      "configuration ok",
      "gate ok",
      "signature bad"
    ])
    assert.deepEqual(await names(() => reply(503, "")), ["configuration ok", "gate bad"])
    const about = (request: TransportRequest): string =>
      JSON.parse(new TextDecoder().decode(request.body)).general.payment_id
    const answer = (key: string) => (request: TransportRequest) =>
      reply(
        200,
        signedBytes({ ...known({ errors: [{ code: "3061" }] }, { id: about(request), status: "error" }) }, key)
      )
    assert.deepEqual(await names(answer(secret)), ["configuration ok", "gate ok", "signature ok"])
    assert.deepEqual(await names(answer("another")), ["configuration ok", "gate ok", "signature bad"])
  })
})
