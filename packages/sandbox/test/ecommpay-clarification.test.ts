import { createRequire } from "node:module"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { isWireObject, type WireObject } from "../src/ecommpay-lv/WireJson.ts"
import { at, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const salePath = "/v2/payment/banks/latvia/sale"
const second = 1000
const minute = 60 * second

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

const configure = (settings: object) => sandbox.control.patch("/ecommpay/projects/200", settings)
const begin = async (changes: WireObject = {}): Promise<void> => {
  await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1", changes)))
  await sandbox.advance(second)
}
const clarify = async (additional: WireObject) => {
  const general = { project_id: 200, payment_id: "A-1" }
  const answer = await sandbox.postGate(
    "/v2/payment/clarification",
    sandbox.signed({ general, additional_data: additional })
  )
  await sandbox.advance(second)
  return answer
}
const last = () => sandbox.merchant.received.at(-1)?.body
const asked = (group: "customer" | "account", ...path: ReadonlyArray<string | number>) =>
  at(last(), "clarification_fields", group, ...path)
const consentText = () =>
  textAt(last(), "clarification_fields", "customer", "properties", "psu_consent_text", "default")
const consent = () => ({ psu_consent: "1", psu_consent_text: consentText() })
const names = (body: unknown): ReadonlyArray<string> => (Array.isArray(body) ? body.map(String) : [])

describe("consent at Gate", () => {
  it("is asked for with a text that a careless echo changes, and given by that text alone", async () => {
    await configure({ consentRequired: true })
    await begin()
    assert.deepStrictEqual(sandbox.story(), ["awaiting clarification | sale | awaiting clarification"])
    const text = consentText()
    for (const part of [";", ":", '"', "'", "„", "\r\n", "\t", "a\u0304", "ā", "<", "&"]) assert.include(text, part)
    assert.notStrictEqual(text, text.trim())
    assert.notStrictEqual(text, text.normalize("NFC"))
    assert.deepStrictEqual(names(asked("customer", "required")), ["psu_consent", "psu_consent_text"])

    const answer = await clarify({ customer: consent() })
    assert.strictEqual(answer.status, 200)
    assert.match(textAt(answer.body, "request_id"), /^[0-9a-f]{26}-\d{8}$/)
    assert.strictEqual(sandbox.story().at(-1), "awaiting redirect result | sale | awaiting redirect result")
    assert.isUndefined(at(last(), "clarification_fields"))
  })

  it.each<[string, (text: string) => WireObject]>([
    ["another word than 1", (text) => ({ psu_consent: "yes", psu_consent_text: text })],
    ["the number 1", (text) => ({ psu_consent: 1, psu_consent_text: text })],
    ["a trimmed text", (text) => ({ psu_consent: "1", psu_consent_text: text.trim() })],
    ["a normalised text", (text) => ({ psu_consent: "1", psu_consent_text: text.normalize("NFC") })],
    ["other line breaks", (text) => ({ psu_consent: "1", psu_consent_text: text.replaceAll("\r\n", "\n") })],
    ["no text", () => ({ psu_consent: "1" })]
  ])("is asked for again after %s", async (_, consentOf) => {
    await configure({ consentRequired: true })
    await begin()
    assert.strictEqual((await clarify({ customer: consentOf(consentText()) })).status, 200)
    assert.strictEqual(sandbox.merchant.received.length, 2)
    assert.strictEqual(at(last(), "payment", "status"), "awaiting clarification")
    assert.match(textAt(last(), "clarification_fields", "customer", "errors", 0, "property"), /^customer\.psu_consent/)
    await clarify({ customer: consent() })
    assert.strictEqual(at(last(), "payment", "status"), "awaiting redirect result")
  })

  it("may come with another text the second time, and then only that one counts", async () => {
    await configure({ consentRequired: true })
    await begin()
    const first = consentText()
    await configure({ consentText: "Otrais teksts" })
    await clarify({})
    assert.strictEqual(consentText(), "Otrais teksts")
    await clarify({ customer: { psu_consent: "1", psu_consent_text: first } })
    assert.strictEqual(at(last(), "payment", "status"), "awaiting clarification")
    await clarify({ customer: consent() })
    assert.strictEqual(at(last(), "payment", "status"), "awaiting redirect result")
  })
})

describe("missing data at Gate", () => {
  it("is asked for until all of it is there; what was right is not asked again", async () => {
    await configure({ namesRequired: true, ibanBanks: [1981], consentRequired: true })
    await begin({ customer: { id: "c-1", ip_address: "192.0.2.7", first_name: "Paraugs" } })
    assert.deepStrictEqual(names(asked("customer", "required")), ["last_name", "psu_consent", "psu_consent_text"])
    assert.deepStrictEqual(names(asked("account", "required")), ["number"])
    const seen = at((await sandbox.control.get("/payments/A-1")).body, "asked")
    assert.deepStrictEqual(names(seen), ["last_name", "number", "psu_consent"])

    await clarify({ customer: { last_name: "Piemers", ...consent() }, account: { number: "LV81BANK0000435195001" } })
    assert.isUndefined(asked("customer"))
    assert.strictEqual(asked("account", "errors", 0, "property"), "account.number")
    await clarify({ account: { number: "LV80 BANK 0000 4351 9500 1" } })
    assert.strictEqual(at(last(), "payment", "status"), "awaiting redirect result")
    assert.notInclude(JSON.stringify((await sandbox.control.get("/payments/A-1")).body), "Piemers")
  })

  it("is asked for only of banks that want it", async () => {
    await configure({ ibanBanks: [2001] })
    await begin()
    assert.strictEqual(at(last(), "payment", "status"), "awaiting redirect result")
  })

  it("that never comes declines the payment 30 minutes after the last answer", async () => {
    await configure({ namesRequired: true })
    await begin()
    await sandbox.advance(29 * minute)
    assert.strictEqual((await clarify({})).status, 200)
    await sandbox.advance(29 * minute)
    assert.strictEqual(at(last(), "payment", "status"), "awaiting clarification")
    await sandbox.advance(minute)
    assert.strictEqual(sandbox.story().at(-1), "decline | sale | decline")
    const late = await clarify({ customer: { first_name: "Paraugs", last_name: "Piemers" } })
    assert.deepStrictEqual([late.status, at(late.body, "code")], [400, "3060"])
  })

  it("is not waited for beyond best_before", async () => {
    await configure({ namesRequired: true })
    const payment = { amount: 1200, currency: "EUR", best_before: "2026-12-01T12:10:00+00:00" }
    await begin({ payment })
    await sandbox.advance(10 * minute)
    assert.strictEqual(sandbox.story().at(-1), "expired | sale | expired")
  })

  it("is told by the status query while it is awaited", async () => {
    await configure({ namesRequired: true })
    await begin()
    await sandbox.advance(10 * second)
    const { body } = await sandbox.status("A-1")
    const required = at(body, "clarification_fields", "customer", "required")
    assert.deepStrictEqual(names(required), ["first_name", "last_name"])
  })
})

describe("a clarification", () => {
  it.each<[string, WireObject, string]>([
    ["without additional_data", {}, "2004"],
    ["with additional_data that is a text", { additional_data: "consent" }, "702"]
  ])("%s is refused at once", async (_, more, code) => {
    await configure({ namesRequired: true })
    await begin()
    const general = { project_id: 200, payment_id: "A-1" }
    const answer = await sandbox.postGate("/v2/payment/clarification", sandbox.signed({ general, ...more }))
    assert.deepStrictEqual([answer.status, at(answer.body, "code")], [400, code])
  })

  it("takes PHP's empty list for an empty object", async () => {
    await configure({ namesRequired: true })
    await begin()
    const general = { project_id: 200, payment_id: "A-1" }
    const body = sandbox.signed({ general, additional_data: [] })
    assert.strictEqual((await sandbox.postGate("/v2/payment/clarification", body)).status, 200)
  })

  it("of a payment that nobody knows, or that waits for nothing, is refused", async () => {
    assert.strictEqual(at((await clarify({})).body, "code"), "3061")
    await begin()
    assert.strictEqual(at((await clarify({})).body, "code"), "3060")
  })

  it("comes before anything that the control API orders, unless by force", async () => {
    await configure({ namesRequired: true })
    await begin()
    const order = (body: object) => sandbox.control.post("/ecommpay/payments/A-1/outcome", body)
    assert.strictEqual((await order({ status: "success" })).status, 409)
    assert.strictEqual((await sandbox.control.post("/ecommpay/payments/A-1/payer", { action: "confirm" })).status, 409)
    assert.strictEqual((await order({ status: "success", force: true })).status, 200)
  })
})

describe("the official npm SDK", () => {
  // The official SDK is CommonJS without types; its constructor throws on a signature that it does not accept.
  const official: { readonly Callback: new (secret: string, body: string) => { getPaymentId(): string } } =
    createRequire(import.meta.url)("ecommpay")

  it("accepts the callbacks about consent, the widget and payouts as they are signed", async () => {
    await configure({ consentRequired: true, namesRequired: true, ibanBanks: [1981], redirectVariant: 1 })
    await begin()
    const customer = { ...consent(), first_name: "Paraugs", last_name: "Piemers" }
    await clarify({ customer, account: { number: "LV80BANK0000435195001" } })
    await sandbox.postGate("/v2/payment/bank-transfer/sepa/payout", sandbox.signed(sandbox.payout("P-1")))
    await sandbox.advance(10 * second)
    const ids = sandbox.merchant.received.map(({ raw }) => new official.Callback(sandbox.secret, raw).getPaymentId())
    assert.deepStrictEqual(ids, ["A-1", "A-1", "P-1"])
    const other = sandbox.merchant.received.map(({ raw }) => raw.replace("Paraugu SIA", "Parauga SIA"))[0] ?? ""
    assert.throws(() => new official.Callback(sandbox.secret, other))
  })
})

describe("Gate's payment ids", () => {
  it("are trimmed, or told as duplicates with 3613, when the project is set so", async () => {
    await configure({ paymentIdBlanks: "trim", duplicateCode: "3613" })
    const accepted = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale(" A-1 ")))
    assert.strictEqual(at(accepted.body, "payment_id"), "A-1")
    const again = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.deepStrictEqual([again.status, at(again.body, "code")], [400, "3613"])
  })

  it("have at most 255 characters", async () => {
    assert.strictEqual((await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("x".repeat(255))))).status, 200)
    const long = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("y".repeat(256))))
    assert.deepStrictEqual([long.status, at(long.body, "code")], [400, "702"])
  })

  it("come with error codes as numbers in lists when the project is set so", async () => {
    await configure({ callbackFormat: { errorCodes: "numbers" } })
    const wrong = sandbox.sale("A-1", { payment: { amount: 1200, currency: "USD" } })
    await sandbox.postGate(salePath, sandbox.signed(wrong))
    await sandbox.advance(second)
    assert.strictEqual(at(last(), "errors", 0, "code"), 3121)
    assert.isTrue(isWireObject(last()))
  })
})
