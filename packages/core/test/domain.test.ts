import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { assert, describe, it } from "vitest"
import * as Core from "../src/index.ts"

const at = DateTime.makeUnsafe("2026-11-22T10:00:00Z")
const sum = Core.money(1200n, "EUR")
const ids = {
  payment: Core.newId("pay", 1_700_000_000_000),
  attempt: Core.newId("att", 1_700_000_000_000),
  repayment: Core.newId("rep", 1_700_000_000_000)
}

const roundTrip = <S extends Schema.Codec<unknown, unknown>>(schema: S, value: S["Type"]): void => {
  const codec = Schema.toCodecJson(schema)
  const text = JSON.stringify(Schema.encodeUnknownSync(codec)(value))
  assert.deepStrictEqual(Schema.decodeUnknownSync(codec)(JSON.parse(text)), value)
  // What an application gets by calling JSON.stringify on the value itself is the same text.
  assert.deepStrictEqual(JSON.parse(JSON.stringify(value)), JSON.parse(text))
}

const actions = [
  new Core.Redirect({ url: "https://pay.example/1" }),
  new Core.SubmitForm({ url: "https://pay.example/1", fields: { a: "b" } }),
  new Core.LoadWidget({ scriptUrl: "https://w.example/w.js", host: "https://w.example", token: "t", parameters: {} }),
  new Core.Collect({ fields: [{ name: "iban", label: "IBAN", isRequired: true }], consentText: " ā; \n" }),
  new Core.PayElsewhere({ place: "latvija.lv", until: at }),
  new Core.Wait({})
]
const state = new Core.PaymentState({
  status: "paid",
  finality: "soft",
  attention: ["late_money"],
  money: new Core.MoneyFacts({ asked: sum, received: sum })
})
const attempt = (more: object = {}) =>
  new Core.Attempt({
    id: Schema.decodeUnknownSync(Core.AttemptId)(ids.attempt),
    instance: "viss-mm",
    status: "paid",
    finality: "soft",
    createdAt: at,
    deadline: at,
    ...more
  })

describe("the domain's classes", () => {
  it("go through JSON and back unchanged", () => {
    for (const action of actions) roundTrip(Core.NextAction, action)
    roundTrip(Core.PriceLine, new Core.AmountLine({ amount: sum, position: "54" }))
    roundTrip(Core.PriceLine, new Core.TariffLine({ position: "53", quantity: "4.56" }))
    roundTrip(Core.PaymentState, state)
    roundTrip(Core.Attempt, attempt({ nextAction: actions[0], providerReference: "R" }))
    roundTrip(Core.Attempt, attempt({ providerCode: "20301", decline: { reason: "canceled", next: "try_again" } }))
    roundTrip(
      Core.Payment,
      new Core.Payment({
        id: Schema.decodeUnknownSync(Core.PaymentId)(ids.payment),
        provider: "viss-mm",
        environment: "sandbox",
        merchantReference: "CASE-1",
        purpose: "CASE-1",
        lines: [new Core.AmountLine({ amount: sum })],
        amount: sum,
        state,
        attempts: [attempt()],
        createdAt: at,
        updatedAt: at
      })
    )
    roundTrip(
      Core.Observation,
      new Core.Observation({
        id: "obs_1",
        attemptId: ids.attempt,
        channel: "webhook",
        trust: "proven",
        says: { _tag: "received", amount: sum },
        at,
        hasProviderTime: true,
        observedAt: at,
        digest: "d"
      })
    )
    roundTrip(
      Core.Repayment,
      new Core.Repayment({
        id: Schema.decodeUnknownSync(Core.RepaymentId)(ids.repayment),
        paymentId: Schema.decodeUnknownSync(Core.PaymentId)(ids.payment),
        amount: sum,
        route: "manual",
        status: "requested",
        finality: "hard",
        attention: [],
        history: [{ action: "request", by: "clerk", at }],
        createdAt: at,
        updatedAt: at
      })
    )
  })

  it("have a codec for a provider's manifest, whose limits JSON cannot hold as they are", () => {
    const manifest: Core.Manifest = {
      id: "treasury",
      port: 1,
      extras: {
        resume: false,
        withdraw: true,
        refund: { partial: true, windowDays: 30 },
        payout: { currencies: ["EUR"] },
        list: false,
        banks: false,
        issueInvoice: false,
        check: true
      },
      receipt: { origin: "provider", formats: ["pdf", "xml"] },
      pricing: { amount: true, tariff: true },
      deadline: "kept",
      amountEvidence: "receipt",
      webhook: "hint_only",
      firstContact: "call",
      outcomes: ["received", "refused"],
      actions: ["redirect"],
      languages: ["lv"],
      repeatCreate: "never",
      absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: 60 },
      softSeconds: { paid: 1, declined: 2, expired: 3, canceled: 4, reversed: 5 },
      query: { earliestSeconds: 10, schedule: [{ untilSeconds: 3600, everySeconds: 60 }] },
      limits: {
        currencies: ["EUR"],
        minMinorUnits: 1n,
        maxMinorUnits: 9_007_199_254_740_993n,
        maxLines: 1,
        maxPurposeLength: 1,
        maxDeadlineSeconds: 1
      }
    }
    const codec = Schema.toCodecJson(Core.Manifest)
    const text = JSON.stringify(Schema.encodeUnknownSync(codec)(manifest))
    assert.deepStrictEqual(Schema.decodeUnknownSync(codec)(JSON.parse(text)), manifest)
  })

  it("have a decoder for inbound messages that keeps the bytes", () => {
    const inbound = new Core.Inbound({
      method: "POST",
      url: "/w",
      headers: {},
      body: new Uint8Array([0, 255]),
      receivedAt: at
    })
    const codec = Schema.toCodecJson(Core.Inbound)
    const back = Schema.decodeUnknownSync(codec)(JSON.parse(JSON.stringify(Schema.encodeUnknownSync(codec)(inbound))))
    assert.deepStrictEqual([...back.body], [0, 255])
  })

  it("refuse what does not fit, naming the field and never the value", () => {
    const canary = "310190-12345-CANARY"
    const wrong: ReadonlyArray<() => unknown> = [
      () => Schema.decodeUnknownSync(Core.PaymentId)(canary),
      () => new Core.TariffLine({ position: "1", quantity: canary }),
      () => new Core.TariffLine({ position: "1", quantity: "0" }),
      () => new Core.TariffLine({ position: "1", quantity: "1e3" }),
      () => Schema.decodeUnknownSync(Core.Payer)({ code: 1 })
    ]
    for (const make of wrong) {
      try {
        make()
        assert.fail("it was accepted")
      } catch (cause) {
        assert.notInclude(inspect(cause, { depth: 2 }).split("\n    at ")[0] ?? "", canary)
      }
    }
  })

  it("keep the order of creation in ids, all lower case and unique", () => {
    const made = Array.from({ length: 1000 }, (_, i) => Core.newId("pay", 1_700_000_000_000 + i))
    assert.deepStrictEqual(made.toSorted(), made)
    assert.strictEqual(new Set(made).size, 1000)
    for (const id of made) assert.match(id, /^pay_[0-9a-z]{26}$/)
  })
})

describe("PaymentError", () => {
  const reasons: ReadonlyArray<readonly [Core.PaymentErrorReason, boolean]> = [
    [new Core.InvalidRequest({ message: "m" }), false],
    [new Core.NotConfigured({ message: "m" }), false],
    [new Core.AuthenticationFailed({ message: "m" }), false],
    [new Core.Refused({ message: "m", providerCode: "1" }), false],
    [new Core.Refused({ message: "m", decline: { reason: "refused", next: "try_again" } }), false],
    [new Core.NotFound({ message: "m" }), false],
    [new Core.NotReady({ message: "m", retryAfterSeconds: 1 }), true],
    [new Core.Conflict({ message: "m" }), false],
    [new Core.RateLimited({ message: "m" }), true],
    [new Core.Unavailable({ message: "m" }), true],
    [new Core.OutcomeUnknown({ message: "m" }), false],
    [new Core.MalformedResponse({ message: "m" }), true],
    [new Core.Unsupported({ message: "m" }), false]
  ]

  it("says what to do next for every reason, and goes through JSON", () => {
    const tags = new Set(reasons.map(([reason]) => reason._tag))
    assert.strictEqual(tags.size, Core.PaymentErrorReason.members.length)
    for (const [reason, isRetryable] of reasons) {
      const error = new Core.PaymentError({ operation: "create", instance: "viss-mm", reason })
      assert.strictEqual(error.isRetryable, isRetryable, reason._tag)
      assert.strictEqual(error.message, "[viss-mm] create: m")
      assert.strictEqual(error.docUrl, `docs/errors.md#${reason._tag.toLowerCase()}`)
      assert.isTrue(Core.isPaymentError(error))
      const codec = Schema.toCodecJson(Core.PaymentError)
      const back = Schema.decodeUnknownSync(codec)(JSON.parse(JSON.stringify(Schema.encodeUnknownSync(codec)(error))))
      assert.deepStrictEqual([back.reason._tag, back.operation, back.message], [reason._tag, "create", error.message])
    }
  })

  it("has an HTTP status for every reason of a refused webhook, which goes through JSON too", () => {
    for (const reason of Core.WebhookError.fields.reason.literals) {
      const error = new Core.WebhookError({ instance: "x", reason, message: "m" })
      assert.isTrue(error.status >= 400 && error.status < 500, reason)
      const codec = Schema.toCodecJson(Core.WebhookError)
      const back = Schema.decodeUnknownSync(codec)(JSON.parse(JSON.stringify(Schema.encodeUnknownSync(codec)(error))))
      assert.deepStrictEqual([back.reason, back.instance, back.message, back.status], [reason, "x", "m", error.status])
    }
  })
})
