import type { Verdict } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { assert, describe, it } from "vitest"
import { canonicalize } from "../src/signature.ts"
import type { SignableObject } from "../src/signature.ts"
import { inbound } from "./support/agency.ts"
import { failureOf } from "./support/openAdapter.ts"
import { makeRecorded, projectId, secret, signedBytes } from "./support/recordingTransport.ts"

const { adapter } = makeRecorded(() => assert.fail("a callback causes no call"), {
  secrets: [secret, "previous-secret"]
})

const id = "att_01hv3k5m7n9p1q3r5s7t9v0w2x"
const body = (changes: SignableObject = {}, paymentChanges: SignableObject = {}): SignableObject => ({
  project_id: projectId,
  payment: {
    id,
    type: "purchase",
    status: "success",
    date: "2026-03-20T14:22:06+0000",
    method: "Latvian Banks",
    sum: { amount: 1200, currency: "EUR" },
    ...paymentChanges
  },
  customer: { id: "c-1" },
  operation: {
    id: 9529253065607,
    type: "sale",
    status: "success",
    date: "2026-03-20T14:22:06+0000",
    sum_initial: { amount: 1200, currency: "EUR" },
    code: "0",
    provider: { id: 1914, payment_id: "", auth_code: "", endpoint_id: null }
  },
  ...changes
})

const read = (raw: Uint8Array): Promise<Verdict> => Effect.runPromise(adapter.webhook(inbound(raw)))
const only = async (raw: Uint8Array) => (await read(raw)).observations[0] ?? assert.fail("nothing was observed")
const refusal = async (raw: Uint8Array, changes = {}): Promise<string> =>
  (await failureOf(adapter.webhook(inbound(raw, changes)))).reason

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const bytes = (json: string): Uint8Array => new TextEncoder().encode(json)

describe("a callback", () => {
  it("that is genuine proves what it says about the attempt that it names", async () => {
    const observed = await only(signedBytes(body()))
    assert.equal(observed.trust, "proven")
    assert.deepEqual(observed.about, { attemptId: id })
    assert.equal(observed.says._tag === "received" ? observed.says.amount?.minorUnits : observed.says._tag, 1200n)
    assert.equal(observed.operation, "sale")
    assert.equal(observed.providerTime, Date.parse("2026-03-20T14:22:06Z") + 400)
  })

  it("is acknowledged by 200, and by 503 when it could not be stored", async () => {
    const verdict = await read(signedBytes(body()))
    assert.equal(verdict.acknowledge.status, 200)
    assert.equal(verdict.tryAgain.status, 503)
  })

  it("is recognised again by its signed text, however it is spelt", async () => {
    const one = await read(signedBytes(body()))
    assert.equal(text(one.content), canonicalize(body()))
    const { payment, ...rest } = body()
    const spaced = JSON.stringify(JSON.parse(text(signedBytes({ ...rest, payment: payment ?? {} }))), undefined, 2)
    assert.deepEqual((await read(bytes(spaced))).content, one.content)
    const other = await read(signedBytes(body({}, { status: "decline" })))
    assert.notDeepEqual(other.content, one.content)
  })

  it("that asks for consent or sends to a bank once more is no repetition of the first time", async () => {
    const redirect = (url: string) => body({ redirect_data: { url } }, { status: "awaiting redirect result" })
    const consent = (text: string) =>
      body(
        { clarification_fields: { customer: { properties: { psu_consent_text: { default: text } } } } },
        { status: "awaiting clarification" }
      )
    const messages = [redirect("https://a.example/1"), redirect("https://a.example/2"), consent("I"), consent("II")]
    const contents = await Promise.all(
      messages.map(async (message) => text((await read(signedBytes(message))).content))
    )
    assert.equal(new Set(contents).size, 4)
  })

  it("signed with the previous key is genuine", async () => {
    assert.equal((await only(signedBytes(body(), "previous-secret"))).trust, "proven")
    assert.equal(await refusal(signedBytes(body(), "another-secret")), "signature_invalid")
  })

  it("is counted by the key that had signed it, so that it shows when the previous one is no longer used", async () => {
    const project = 4711
    const both = makeRecorded(() => assert.fail("a callback causes no call"), {
      projectId: project,
      secrets: [secret, "previous-secret"]
    }).adapter
    const counted = Effect.map(Metric.snapshot, (metrics) =>
      metrics
        .filter(({ attributes }) => attributes?.["project"] === String(project))
        .map(({ attributes, id, state }) => [id, attributes?.["secret"], "count" in state ? state.count : undefined])
    )
    const messages = [
      signedBytes(body({ project_id: project })),
      signedBytes(body({ project_id: project }), "previous-secret"),
      signedBytes(body({ project_id: project }, { status: "decline" })),
      signedBytes(body({ project_id: project }), "another-secret")
    ]
    const found = await Effect.runPromise(
      Effect.gen(function* () {
        for (const raw of messages) yield* Effect.result(both.webhook(inbound(raw)))
        return yield* counted
      }).pipe(Effect.provideService(Metric.MetricRegistry, new Map()))
    )
    assert.sameDeepMembers(found, [
      ["maksa_ecommpay_lv_verified_messages", "current", 2],
      ["maksa_ecommpay_lv_verified_messages", "previous", 1]
    ])
  })

  it("names our attempt whatever the case of its letters", async () => {
    assert.deepEqual((await only(signedBytes(body({}, { id: id.toUpperCase() })))).about, { attemptId: id })
  })

  it("tolerates members that nobody announced, nulls, and empty objects as lists", async () => {
    const observed = await only(
      signedBytes(
        body({ decision: null, account: [], acs: {}, redirect_data: { url: "https://a.example/", body: [] } })
      )
    )
    assert.equal(observed.says._tag, "received")
  })

  it("with an empty operation list in place of an object is read without it", async () => {
    assert.equal((await only(signedBytes(body({ operation: [] })))).says._tag, "received")
  })
})

describe("a genuine message about a payout", () => {
  const about = { repaymentId: id }
  const told = async (message: SignableObject) => {
    const { observations, repayments } = await read(signedBytes(message))
    assert.deepEqual(observations, [])
    return repayments?.[0] ?? assert.fail("nothing was told of the payout")
  }

  it("never speaks of a purchase, whatever its status", async () => {
    const done = await told(body({}, { type: "payout" }))
    assert.deepEqual([done.says._tag, done.trust, done.about], ["done", "proven", about])
    const strange = await told(body({}, { type: "payout", status: "refunded" }))
    assert.equal(strange.says._tag, "unknown_word")
    const refused = await told(body({ operation: { code: "20451" } }, { type: "payout", status: "decline" }))
    assert.deepEqual([refused.says._tag, refused.providerCode], ["refused", "20451"])
  })

  it("of another project is a hint about it", async () => {
    const { says, trust } = await told(body({ project_id: 201 }, { type: "payout" }))
    assert.deepEqual([says, trust], [{ _tag: "working" }, "hint"])
  })
})

describe("a genuine message that may not be about our money is a hint that says nothing", () => {
  const hints: ReadonlyArray<readonly [name: string, message: SignableObject]> = [
    ["of another project", body({ project_id: 201 })],
    ["without a project", body({ project_id: null })],
    ["about trouble of the platform", body({ operation: null }, { status: "internal error" })],
    ["about trouble of the bank", body({ operation: null }, { status: "external error" })],
    ["about money without a type", body({}, { type: null })],
    ["about money without a sum", body({ operation: null }, { sum: null })],
    ["without a status", body({}, { status: null })],
    ["about a payment that is not known", body({ operation: null, errors: [{ code: "3061" }] }, { status: "error" })],
    ["about a failed check without a code", body({ operation: null }, { status: "error" })]
  ]
  for (const [name, message] of hints) {
    it(name, async () => {
      const observed = await only(signedBytes(message))
      assert.equal(observed.trust, "hint")
      assert.deepEqual(observed.says, { _tag: "working", actionStands: true })
    })
  }
})

describe("a genuine message that cannot be read makes core ask about the attempt of its URL", () => {
  const news = { says: { _tag: "working", actionStands: true }, trust: "hint" } as const

  it("when it is about a token and no payment, or holds nothing that is known", async () => {
    const others: ReadonlyArray<SignableObject> = [
      { project_id: projectId, token: "t", operation: { type: "account verification", status: "success" } },
      { order: { number: "1", state: "done" } }
    ]
    for (const message of others) assert.deepEqual(await only(signedBytes(message)), news)
    assert.equal((await read(signedBytes({ order: { number: "1" } }))).acknowledge.status, 200)
  })

  it("when a signed value has another type than the documentation gives it", async () => {
    const wrong: ReadonlyArray<SignableObject> = [
      body({ project_id: "200" }),
      body({ project_id: true }),
      body({ payment: "success" }),
      body({ payment: null }),
      body({}, { id: 17 }),
      body({}, { id: "" }),
      body({}, { id: true }),
      body({}, { status: 1 }),
      body({}, { status: true }),
      body({}, { type: { a: 1 } }),
      body({}, { sum: { amount: "1200", currency: "EUR" } }),
      body({}, { sum: { amount: -1200, currency: "EUR" } }),
      body({}, { sum: { amount: 1200, currency: "eur" } }),
      body({}, { sum: { amount: 1200 } }),
      body({}, { sum: 1200 }),
      body({ operation: "sale" }),
      body({ errors: "none" })
    ]
    for (const message of wrong) assert.deepEqual(await only(signedBytes(message)), news, canonicalize(message))
  })

  it("when a sum is no integer", async () => {
    for (const token of ["1200.0", "12e2", "1200.5", "-0"]) {
      const raw = text(signedBytes(body({ operation: null }, { sum: { amount: "AMOUNT", currency: "EUR" } })))
      // Numbers are signed as they are written, so that the text is signed first and its quotes taken away.
      const signed = text(signedBytes(body({ operation: null }, { sum: { amount: token, currency: "EUR" } }))).replace(
        `"${token}"`,
        token
      )
      assert.notEqual(signed, raw)
      assert.deepEqual(await only(bytes(signed)), news, token)
    }
  })
})

describe("a message is refused", () => {
  it("when any byte was changed", async () => {
    const raw = signedBytes(body())
    for (let at = 0; at < raw.length; at++) {
      const forged = raw.slice()
      forged[at] = (forged[at] ?? 0) ^ 1
      assert.include(["signature_invalid", "payload_invalid"], await refusal(forged), `byte ${at}`)
    }
  })

  it("when it is too large, not JSON, not an object, or empty", async () => {
    assert.equal(await refusal(new Uint8Array(1024 * 1024 + 1)), "too_large")
    assert.equal(await refusal(bytes("<html></html>")), "payload_invalid")
    assert.equal(await refusal(bytes('{"payment":')), "payload_invalid")
    assert.equal(await refusal(bytes("")), "payload_invalid")
    assert.equal(await refusal(bytes("[]")), "signature_invalid")
    assert.equal(await refusal(bytes(JSON.stringify(body()))), "signature_invalid")
  })

  it("when it came by another method, or compressed", async () => {
    const raw = signedBytes(body())
    assert.equal(await refusal(raw, { method: "GET" }), "method_not_allowed")
    assert.equal(await refusal(raw, { method: "HEAD" }), "method_not_allowed")
    for (const encoding of ["gzip", "br", "deflate", "identity, gzip"]) {
      assert.equal(await refusal(raw, { headers: { "content-encoding": encoding } }), "payload_invalid")
    }
  })

  it("when Payment Page's parameters stand beside it", async () => {
    for (const name of ["payment_id", "payment_amount", "payment_description", "payment_"]) {
      assert.equal(await refusal(signedBytes(body({ [name]: "1" }))), "payload_invalid", name)
    }
  })
})
