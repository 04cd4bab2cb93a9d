import { money } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { EcommpayLvPaymentOptions } from "../src/index.ts"
import { sign } from "../src/signature.ts"
import { orderAt, reasonOf } from "./support/openAdapter.ts"
import { makeRecorded, secret } from "./support/recordingTransport.ts"

const { adapter, requests } = makeRecorded(() => assert.fail("nothing is sent"), { flow: "payment_page" })

const now = Date.parse("2026-12-01T12:00:00.750Z")
const plain = orderAt(now)
type Changes = Partial<typeof plain>

const actionOf = async (changes: Changes = {}) => {
  const [observed] = await Effect.runPromise(adapter.create({ ...plain, ...changes }))
  return observed?.says._tag === "action_needed" ? observed.says.action : assert.fail("no action")
}
const fieldsOf = async (changes: Changes = {}): Promise<Readonly<Record<string, string>>> => {
  const action = await actionOf(changes)
  if (action._tag === "submit_form") return action.fields
  return action._tag === "redirect" ? Object.fromEntries(new URL(action.url).searchParams) : assert.fail(action._tag)
}
const invalidField = async (changes: Changes): Promise<string | undefined> => {
  const reason = await reasonOf(adapter.create({ ...plain, ...changes }))
  return reason._tag === "InvalidRequest" ? reason.field : assert.fail(reason._tag)
}

describe("Payment Page's call", () => {
  it("has the documented parameters as signed texts, and nothing is sent", async () => {
    const { signature, ...parameters } = await fieldsOf({ language: "lv", options: { bank: "seb" } })
    assert.equal(signature, sign(parameters, secret))
    const { customer_id: customerId, ...rest } = parameters
    assert.match(customerId ?? "", /^[0-9a-f]{32}$/)
    assert.deepEqual(rest, {
      project_id: "200",
      payment_id: plain.attemptId,
      payment_amount: "1200",
      payment_currency: "EUR",
      payment_description: "Nodeva LV-2026-17",
      force_payment_method: "online-latvian-banks",
      payment_methods_options: '{"online_latvian_banks":{"split_banks":true,"banks_id":[1991]}}',
      best_before: "2026-12-01T13:00:00+00:00",
      language_code: "lv",
      merchant_callback_url: plain.urls.webhook,
      redirect_success_url: plain.urls.return,
      redirect_fail_url: plain.urls.return,
      merchant_return_url: plain.urls.return
    })
    assert.deepEqual(requests, [])
  })

  it("is the same for the same input, whatever the time", async () => {
    assert.deepEqual(await actionOf({ now: now + 5000, submittedAt: now + 4000 }), await actionOf())
  })

  it("is a link without personal data, and a form with any", async () => {
    assert.equal((await actionOf())._tag, "redirect")
    for (const payer of [
      { firstName: Redacted.make("Anna") },
      { lastName: Redacted.make("Ozola") },
      { email: Redacted.make("anna+1@example.com") },
      { phone: Redacted.make("+371 20000000") }
    ]) {
      const action = await actionOf({ payer })
      if (action._tag !== "submit_form") return assert.fail(action._tag)
      assert.equal(action.url, "https://paymentpage.ecommpay.com/payment")
      assert.equal(Object.keys(action.fields).length, 14)
    }
  })

  it("is a form when a link would be too long", async () => {
    const urls = { ...plain.urls, return: `https://agency.example/${"r".repeat(700)}` }
    assert.equal((await actionOf({ urls }))._tag, "submit_form")
  })

  it("leaves out the payer's code, address and company, which the method does not need", async () => {
    const payer = {
      code: Redacted.make("32123412345"),
      address: Redacted.make("Rīga"),
      companyName: Redacted.make("SIA Paraugs")
    }
    const action = await actionOf({ payer })
    assert.equal(action._tag, "redirect")
    assert.notMatch(decodeURIComponent(JSON.stringify(action)), /32123412345|Rīga|SIA/)
  })

  it("encodes blanks and plus signs so that no reader can take one for the other", async () => {
    const action = await actionOf({ purpose: "a + b  c%20&d=e#f" })
    if (action._tag !== "redirect") return assert.fail(action._tag)
    assert.notInclude(action.url, "+")
    assert.include(action.url, "payment_description=a%20%2B%20b%20%20c%2520%26d%3De%23f&")
  })
})

describe("the customer's id", () => {
  it("is a pseudonym of the payer's reference: the same for the same payer, and not the reference", async () => {
    const of = async (reference: string) => (await fieldsOf({ payer: { reference } }))["customer_id"]
    assert.equal(await of("person-7"), await of("person-7"))
    assert.notEqual(await of("person-7"), await of("person-8"))
    assert.notInclude(await of("person-7"), "person")
  })
  it("is a pseudonym of the payment where there is no reference", async () => {
    const one = (await fieldsOf())["customer_id"]
    assert.equal((await fieldsOf())["customer_id"], one)
    assert.notEqual((await fieldsOf({ paymentId: "pay_other" }))["customer_id"], one)
  })
  it("is the application's own where it gives one, but never a personal code", async () => {
    assert.equal((await fieldsOf({ options: { customer: { id: "c-17" } } }))["customer_id"], "c-17")
    for (const id of ["32123412345", "010190-12345", "01019012345", "id 32123412345 x"]) {
      assert.equal(await invalidField({ options: { customer: { id } } }), "options.customer.id")
    }
  })
})

describe("input that cannot be paid or signed is refused by its field", () => {
  const texts = ["a;b", "a\nb", "a\u0000b", "a\ud800b"]
  const cases: ReadonlyArray<readonly [field: string, changes: Changes]> = [
    ["amount", { total: money(0n, "EUR") }],
    ["amount", { total: money(-1n, "EUR") }],
    ["amount", { total: money(10_000_000_000_001n, "EUR") }],
    ["amount", { total: money(1200n, "USD") }],
    ["purpose", { purpose: "Nodeva 010190-12345" }],
    ["purpose", { purpose: "x".repeat(256) }],
    ["options.description", { options: { description: "32123412345" } }],
    ["payer.phone", { payer: { phone: Redacted.make("20 00x") } }],
    ["payer.phone", { payer: { phone: Redacted.make("1".repeat(25)) } }],
    ["urls.webhook", { urls: { ...plain.urls, webhook: "https://a.example/;" } }],
    ["urls.return", { urls: { ...plain.urls, return: "https://a.example/;" } }],
    ...texts.flatMap((text): ReadonlyArray<readonly [string, Changes]> => [
      ["purpose", { purpose: text }],
      ["options.description", { options: { description: text } }],
      ["options.customer.id", { options: { customer: { id: text } } }],
      ["payer.firstName", { payer: { firstName: Redacted.make(text) } }],
      ["payer.lastName", { payer: { lastName: Redacted.make(text) } }],
      ["payer.email", { payer: { email: Redacted.make(text) } }]
    ])
  ]
  for (const [index, [field, changes]] of cases.entries()) {
    it(`${field} (${index + 1})`, async () => {
      assert.equal(await invalidField(changes), field)
    })
  }

  it("amount, where the provider would have to price it", async () => {
    const { total: _none, ...tariff } = plain
    const reason = await reasonOf(adapter.create(tariff))
    assert.equal(reason._tag === "InvalidRequest" ? reason.field : reason._tag, "amount")
  })

  it("but the largest sum and an ordinary number may pass", async () => {
    const fields = await fieldsOf({ total: money(10_000_000_000_000n, "EUR"), purpose: "Lieta 12345678901234" })
    assert.equal(fields["payment_amount"], "10000000000000")
  })
})

describe("the options", () => {
  const decode = Schema.decodeUnknownResult(EcommpayLvPaymentOptions)
  it("may be empty, or name bank, flow, customer and description", () => {
    for (const options of [{}, { bank: "seb" }, { bank: 140, flow: "gate", customer: {}, description: "x" }]) {
      assert.isTrue(Result.isSuccess(decode(options)))
    }
  })
  it("are refused with other values", () => {
    for (const options of [
      { bank: "citadele" },
      { bank: 0 },
      { flow: "iframe" },
      { description: "" },
      { customer: { id: "" } }
    ]) {
      assert.isTrue(Result.isFailure(decode(options)), JSON.stringify(options))
    }
  })
})

describe("a receipt", () => {
  it("is generated, because the method has none", async () => {
    assert.deepEqual(await Effect.runPromise(Effect.scoped(adapter.receipt(plain, "pdf"))), { _tag: "generate" })
  })
})
