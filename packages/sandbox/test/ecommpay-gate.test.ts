import { createRequire } from "node:module"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { isSignedWith, sign } from "../src/ecommpay-lv/Signature.ts"
import { isWireObject, type WireObject } from "../src/ecommpay-lv/WireJson.ts"
import { at, call, postForm, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const salePath = "/v2/payment/banks/latvia/sale"
const second = 1000

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

const isGood = (body: WireObject, key: string): boolean => isSignedWith(body, textAt(body, "signature"), key)

interface OfficialCallback {
  isPaymentSuccess(): boolean
  getPaymentId(): string
}
// The official SDK is CommonJS without types.
const official: { readonly Callback: new (secret: string, body: string) => OfficialCallback } = createRequire(
  import.meta.url
)("ecommpay")

describe("Gate's answers", () => {
  it("accepts a sale without a signature of its own and sends the payer to the bank by callback", async () => {
    const answer = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(at(answer.body, "status"), "success")
    assert.strictEqual(at(answer.body, "project_id"), 200)
    assert.strictEqual(at(answer.body, "payment_id"), "A-1")
    assert.match(textAt(answer.body, "request_id"), /^[0-9a-f]{26}-\d{8}$/)
    assert.isUndefined(at(answer.body, "signature"))

    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.story(), ["awaiting redirect result | sale | awaiting redirect result"])
    const [redirect] = sandbox.merchant.received
    assert.strictEqual(at(redirect?.body, "redirect_data", "method"), "GET")
    assert.deepStrictEqual(at(redirect?.body, "redirect_data", "body"), [])
    assert.deepStrictEqual(at(redirect?.body, "redirect_data", "encrypted"), [])
    const hop = await call(textAt(redirect?.body, "redirect_data", "url"))
    assert.strictEqual(hop.status, 303)
    assert.match(String(hop.location), /^http:\/\/127\.0\.0\.1:\d+\/bank\//)

    const paid = await postForm(String(hop.location), { result: "confirm" })
    assert.strictEqual(paid.location, `${sandbox.merchant.url}/return`)
    await sandbox.advance(0)
    assert.strictEqual(sandbox.story().at(-1), "success | sale | success")
  })

  it.each<[string, (sandbox: EcommpaySandbox) => WireObject | string, number, string]>([
    ["text that is not JSON", () => "{", 422, "2003"],
    ["a body without general", () => ({ payment: { amount: 1 } }), 400, "2004"],
    ["a missing payment id", (s) => s.signed(s.sale("A", { general: { project_id: 200 } })), 400, "2004"],
    ["a payment id with a blank at its end", (s) => s.signed(s.sale("A ")), 400, "3024"],
    ["an unknown project", (s) => s.signed(s.sale("A", { general: { project_id: 7, payment_id: "A" } })), 400, "2442"],
    ["no signature", (s) => s.sale("A"), 400, "3262"],
    ["another project's signature", (s) => s.signed(s.sale("A"), "other"), 400, "3261"],
    ["a changed amount", (s) => ({ ...s.signed(s.sale("A")), payment: { amount: 1, currency: "EUR" } }), 400, "3261"],
    ["no payment", (s) => s.signed(s.sale("A", { payment: null })), 400, "2004"],
    ["no amount", (s) => s.signed(s.sale("A", { payment: { currency: "EUR" } })), 400, "2004"],
    ["an amount as text", (s) => s.signed(s.sale("A", { payment: { amount: "1200", currency: "EUR" } })), 400, "702"],
    ["a fractional amount", (s) => s.signed(s.sale("A", { payment: { amount: 12.5, currency: "EUR" } })), 400, "702"],
    ["an amount of nothing", (s) => s.signed(s.sale("A", { payment: { amount: 0, currency: "EUR" } })), 400, "702"],
    ["no customer", (s) => s.signed(s.sale("A", { customer: null })), 400, "2004"],
    ["no address of the payer", (s) => s.signed(s.sale("A", { customer: { id: "c" } })), 400, "2004"],
    ["an address that is none", (s) => s.signed(s.sale("A", { customer: { id: "c", ip_address: "x" } })), 400, "702"]
  ])("refuses %s at once and registers nothing", async (_, bodyOf, status, code) => {
    const answer = await sandbox.postGate(salePath, bodyOf(sandbox))
    assert.strictEqual(answer.status, status)
    assert.strictEqual(at(answer.body, "status"), "error")
    assert.strictEqual(at(answer.body, "code"), code)
    assert.isUndefined(at(answer.body, "signature"))
    await sandbox.advance(60 * second)
    assert.deepStrictEqual(sandbox.story(), [])
    assert.deepStrictEqual(at((await sandbox.control.get("/payments")).body, "payments"), [])
  })

  it("refuses callers that are not on the project's list", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { ipWhitelist: ["198.51.100.1"] })
    const refused = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.strictEqual(refused.status, 403)
    assert.strictEqual(at(refused.body, "code"), "303")
    await sandbox.control.patch("/ecommpay/projects/200", { ipWhitelist: ["127.0.0.1"] })
    assert.strictEqual((await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))).status, 200)
  })

  it("finds wrong currency, bank and sum after accepting, tells by callback, and lets the id be used again", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { bankLimitMinor: 99_999_999 })
    const wrong = sandbox.sale("A-1", {
      payment: { amount: 100_000_000, currency: "USD" },
      account: { bank_id: 140 }
    })
    assert.strictEqual((await sandbox.postGate(salePath, sandbox.signed(wrong))).status, 200)
    await sandbox.advance(10 * second)
    const [told] = sandbox.merchant.received
    assert.strictEqual(at(told?.body, "payment", "status"), "error")
    assert.isUndefined(at(told?.body, "operation"))
    assert.deepStrictEqual(
      [0, 1, 2].map((index) => at(told?.body, "errors", index, "code")),
      ["3121", "2642", "2801"]
    )
    assert.strictEqual(at((await sandbox.status("A-1")).body, "payment", "status"), "error")

    const again = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.strictEqual(at(again.body, "status"), "success")
    await sandbox.advance(second)
    assert.strictEqual(sandbox.story().at(-1), "awaiting redirect result | sale | awaiting redirect result")
  })

  it("gives semantic errors in the answer when the project is set so", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { semanticErrors: "answer" })
    const wrong = sandbox.sale("A-1", { payment: { amount: 100, currency: "USD" } })
    const answer = await sandbox.postGate(salePath, sandbox.signed(wrong))
    assert.strictEqual(answer.status, 400)
    assert.strictEqual(at(answer.body, "code"), "3121")
    assert.strictEqual(at(answer.body, "errors", 0, "field"), "payment.currency")
  })

  it("takes a payment id once, whatever its letters' case, but each project has its own", async () => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("Order_1")))
    const twice = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("oRDER_1")))
    assert.strictEqual(twice.status, 400)
    assert.strictEqual(at(twice.body, "code"), "3041")

    const key = textAt(sandbox.ready, "ecommpay", "projects", 1, "secret")
    const other = sandbox.sale("Order_1", { general: { project_id: 201, payment_id: "Order_1" } })
    assert.strictEqual((await sandbox.postGate(salePath, sandbox.signed(other, key))).status, 200)
    const ambiguous = await sandbox.control.post("/ecommpay/payments/Order_1/outcome", { status: "success" })
    assert.strictEqual(ambiguous.status, 409)
    assert.strictEqual(at((await sandbox.control.get("/payments/ORDER_1")).body, "projectId"), 200)
    const named = await sandbox.control.post("/ecommpay/payments/Order_1/outcome", {
      status: "success",
      projectId: 201
    })
    assert.strictEqual(at(named.body, "payment", "projectId"), 201)
  })

  it("tells of a used payment id by callback when the project is set so, and leaves the first payment alone", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { duplicateError: "callback" })
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.advance(second)
    assert.strictEqual((await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))).status, 200)
    await sandbox.advance(second)
    assert.strictEqual(at(sandbox.merchant.received.at(-1)?.body, "errors", 0, "code"), "3041")
    const view = await sandbox.control.get("/payments/A-1")
    assert.strictEqual(at(view.body, "status"), "awaiting redirect result")
  })

  it("signs the acceptance when the project is set so", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { isAcceptanceSigned: true })
    const answer = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.isTrue(isGood(answer.body, sandbox.secret))
  })

  it("lists its banks without a signature, in either envelope", async () => {
    const path = "/v2/info/banks/latvia/sale/list"
    const request = { general: { project_id: 200, payment_id: "any" }, payment: { amount: 1200, currency: "EUR" } }
    const list = await sandbox.postGate(path, sandbox.signed(request))
    assert.deepStrictEqual(
      [0, 1, 2].map((index) => [at(list.body, "list", index, "id"), at(list.body, "list", index, "name")]),
      [
        [1981, "Swedbank"],
        [1991, "SEB bank"],
        [2001, "Rietumu bank"]
      ]
    )
    await sandbox.control.patch("/ecommpay/projects/200", { bankListEnvelope: "object", bankLimitNames: "camel" })
    const keyed = await sandbox.postGate(path, sandbox.signed(request))
    assert.strictEqual(at(keyed.body, "2001", "name"), "Rietumu bank")
    assert.strictEqual(at(list.body, "list", 0, "max amount"), 10_000_000_000_000)
    assert.strictEqual(at(keyed.body, "2001", "maxAmount"), 10_000_000_000_000)
    assert.isUndefined(at(keyed.body, "signature"))
  })

  it("knows limits of single banks, in the list, at a sale and where payers choose", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { bankLimits: { 1981: 1199, 2001: 500 } })
    const request = { general: { project_id: 200, payment_id: "any" }, payment: { amount: 1200, currency: "EUR" } }
    const list = await sandbox.postGate("/v2/info/banks/latvia/sale/list", sandbox.signed(request))
    assert.deepStrictEqual(
      [0, 1, 2].map((index) => at(list.body, "list", index, "max amount")),
      [1199, 10_000_000_000_000, 500]
    )
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-2", { account: { bank_id: 1991 } })))
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-3", { account: {} })))
    await sandbox.advance(second)
    const toldOf = (id: string) => sandbox.merchant.received.find(({ body }) => at(body, "payment", "id") === id)?.body
    assert.strictEqual(at(toldOf("A-1"), "errors", 0, "code"), "2642")
    assert.strictEqual(at(toldOf("A-2"), "payment", "status"), "awaiting redirect result")
    const page = await call(textAt(toldOf("A-3"), "redirect_data", "url"))
    assert.deepStrictEqual(page.text.match(/data-bank="\d+"/g), ['data-bank="1991"'])
    assert.strictEqual((await sandbox.control.patch("/ecommpay/projects/200", { bankLimits: { 140: 1 } })).status, 400)
  })

  it("answers 404 in JSON for what this version does not simulate", async () => {
    for (const path of ["/v1/chargeback/list", "/v2/payment/sale"]) {
      const answer = await sandbox.postGate(path, {})
      assert.strictEqual(answer.status, 404)
      assert.strictEqual(at(answer.body, "status"), 404)
    }
  })
})

describe("the status query", () => {
  it("knows nothing before ten seconds of the clock and is signed either way", async () => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    const early = await sandbox.status("A-1")
    assert.strictEqual(early.status, 200)
    assert.strictEqual(at(early.body, "payment", "status"), "error")
    assert.deepStrictEqual(at(early.body, "errors"), [{ code: "3061", message: "Transaction not found" }])
    assert.isTrue(isGood(early.body, sandbox.secret))

    await sandbox.advance(10 * second)
    const later = await sandbox.status("a-1")
    assert.strictEqual(at(later.body, "payment", "status"), "awaiting redirect result")
    assert.strictEqual(at(later.body, "payment", "id"), "A-1")
    assert.deepStrictEqual(at(later.body, "payment", "sum"), { amount: 1200, currency: "EUR" })
    assert.strictEqual(at(later.body, "operations", 0, "type"), "sale")
    assert.match(textAt(later.body, "redirect_data", "url"), /\/ecommpay\/redirect\//)
    assert.isTrue(isGood(later.body, sandbox.secret))

    const unknown = await sandbox.status("never")
    assert.strictEqual(at(unknown.body, "errors", 0, "code"), "3061")
    assert.isTrue(isGood(unknown.body, sandbox.secret))
  })

  it("names the missing field", async () => {
    const answer = await sandbox.postGate("/v2/payment/status", sandbox.signed({ general: { project_id: 200 } }))
    assert.strictEqual(answer.status, 400)
    assert.strictEqual(at(answer.body, "errors", 0, "field"), "general.payment_id")
  })

  it("finds a request by its id in the older shape, and answers 404 for others", async () => {
    const accepted = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    const signFlat = (body: WireObject): WireObject => ({ ...body, signature: sign(body, sandbox.secret) })
    const path = "/v2/payment/status/request"
    const found = await sandbox.postGate(
      path,
      signFlat({ project_id: 200, request_id: at(accepted.body, "request_id") ?? "" })
    )
    assert.strictEqual(at(found.body, "general", "payment_id"), "A-1")
    assert.strictEqual(at(found.body, "transaction", "type"), "sale")
    assert.isTrue(isGood(found.body, sandbox.secret))
    const missing = await sandbox.postGate(path, signFlat({ project_id: 200, request_id: "no-such" }))
    assert.strictEqual(missing.status, 404)
  })

  it.each<[string, ReadonlyArray<string | number>, unknown]>([
    ["wrong_amount", ["payment", "sum", "amount"], 1201],
    ["wrong_currency", ["payment", "sum", "currency"], "USD"],
    ["unknown_status", ["payment", "status"], "awaiting provider audit"],
    ["contradict", ["payment", "status"], "decline"],
    ["null_members", ["operations", 0, "provider", "auth_code"], null],
    ["no_details", ["errors", 0, "code"], "3062"]
  ])("can be spoiled with %s and is still signed", async (kind, path, value) => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.advance(10 * second)
    await sandbox.control.post("/faults", { operation: "status", kind, phase: "after", times: 1 })
    const spoiled = await sandbox.status("A-1")
    assert.strictEqual(at(spoiled.body, ...path), value)
    assert.isTrue(isGood(spoiled.body, sandbox.secret))
    assert.notStrictEqual(at((await sandbox.status("A-1")).body, ...path), value)
  })

  it("can be spoiled with a wrong signature", async () => {
    await sandbox.control.post("/faults", { operation: "status", kind: "wrong_signature", phase: "after", times: 1 })
    assert.isFalse(isGood((await sandbox.status("A-1")).body, sandbox.secret))
    assert.isTrue(isGood((await sandbox.status("A-1")).body, sandbox.secret))
  })
})

describe("connection faults at Gate", () => {
  it("registers nothing when the connection breaks before, and everything when it breaks after", async () => {
    for (const phase of ["before", "after"] as const) {
      await sandbox.control.post("/faults", { operation: "sale", kind: "reset", phase, times: 1 })
      const broken = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale(`A-${phase}`))).then(
        () => false,
        () => true
      )
      assert.isTrue(broken)
    }
    assert.strictEqual((await sandbox.control.get("/payments/A-before")).status, 404)
    const after = await sandbox.control.get("/payments/A-after")
    assert.strictEqual(at(after.body, "isRegistered"), true)
    assert.strictEqual(at(after.body, "calls", 0, "operation"), "sale")
  })
})

describe("redirect_data", () => {
  it("is posted with its body when the project says so, and turns away a client that ignores that", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { redirectMethod: "POST" })
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.advance(second)
    const data = at(sandbox.merchant.received[0]?.body, "redirect_data")
    const url = textAt(data, "url")
    assert.strictEqual(at(data, "method"), "POST")
    assert.strictEqual((await call(url)).status, 404)
    assert.strictEqual((await postForm(url, {})).status, 404)
    const fields = at(data, "body")
    assert.isTrue(isWireObject(fields))
    const followed = await postForm(url, { request_token: textAt(fields, "request_token") })
    assert.match(String(followed.location), /\/bank\//)
  })

  it("leads to a choice of banks when the sale named none", async () => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1", { account: null })))
    await sandbox.advance(second)
    const url = textAt(sandbox.merchant.received[0]?.body, "redirect_data", "url")
    const page = await call(url)
    assert.strictEqual(page.text.match(/data-action="choose-bank"/g)?.length, 3)
    const chosen = await postForm(url, { bank_id: "2001" })
    assert.match((await call(String(chosen.location))).text, /Rietumu bank/)
  })

  it("sends payers to the address of their outcome, or else to the common one", async () => {
    const urls = {
      success: `${sandbox.merchant.url}/yes`,
      decline: `${sandbox.merchant.url}/no`,
      return: `${sandbox.merchant.url}/back`
    }
    for (const [id, action, expected] of [
      ["A-1", "confirm", urls.success],
      ["A-2", "refuse", urls.decline],
      ["A-3", "leave", urls.return]
    ] as const) {
      await sandbox.postGate(salePath, sandbox.signed(sandbox.sale(id, { return_url: urls })))
      const answer = await sandbox.control.post(`/ecommpay/payments/${id}/payer`, { action })
      assert.strictEqual(at(answer.body, "redirect"), expected)
    }
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-4", { return_url: urls.return })))
    const answer = await sandbox.control.post("/ecommpay/payments/A-4/payer", { action: "refuse" })
    assert.strictEqual(at(answer.body, "redirect"), urls.return)
  })
})

describe("refunds", () => {
  it("are taken for processing and then declined, because the method has none", async () => {
    const request = { general: { project_id: 200, payment_id: "A-1" }, payment: { description: "back" } }
    const path = "/v2/payment/banks/latvia/refund"
    assert.strictEqual(at((await sandbox.postGate(path, sandbox.signed(request))).body, "code"), "3061")
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.strictEqual(at((await sandbox.postGate(path, sandbox.signed(request))).body, "code"), "3060")
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "success" })
    assert.strictEqual(at((await sandbox.postGate(path, sandbox.signed(request))).body, "status"), "success")
    await sandbox.advance(second)
    assert.strictEqual(sandbox.story().at(-1), "success | refund | decline")
    assert.strictEqual(at(sandbox.merchant.received.at(-1)?.body, "operation", "code"), "20706")
    assert.strictEqual(at((await sandbox.control.get("/payments/A-1")).body, "money", "returnedMinor"), "0")
  })
})

describe("callbacks", () => {
  it("verify with the official npm SDK, which reads the payment from them", async () => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "success" })
    await sandbox.advance(0)
    const raw = sandbox.merchant.received.map((one) => one.raw)
    assert.strictEqual(raw.length, 2)
    const [redirect, paid] = raw.map((body) => new official.Callback(sandbox.secret, body))
    assert.isFalse(redirect?.isPaymentSuccess())
    assert.isTrue(paid?.isPaymentSuccess())
    assert.strictEqual(paid?.getPaymentId(), "A-1")
    assert.throws(() => new official.Callback(sandbox.secret, raw[1]?.replace("1200", "1300") ?? ""), /signature/)
  })

  it("have the standard members and nothing else", async () => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "success" })
    await sandbox.advance(0)
    const last = sandbox.merchant.received.at(-1)
    assert.strictEqual(last?.contentType, "application/json; charset=utf-8")
    const { operation, payment, signature, ...rest } = last?.body ?? {}
    assert.deepStrictEqual(rest, { project_id: 200, customer: { id: "c-1" } })
    assert.strictEqual(textAt(signature).length, 88)
    const date = /^2026-12-01T12:00:0\d\+0000$/
    assert.match(textAt(payment, "date"), date)
    assert.match(textAt(operation, "date"), date)
    assert.match(textAt(operation, "created_date"), date)
    assert.match(textAt(operation, "id"), /^\d{13}$/)
    assert.match(textAt(operation, "request_id"), /^[0-9a-f]{26}-\d{8}$/)
    assert.deepStrictEqual(
      { ...(isWireObject(payment) ? payment : {}), date: "" },
      {
        id: "A-1",
        type: "purchase",
        status: "success",
        date: "",
        method: "Latvian Banks",
        sum: { amount: 1200, currency: "EUR" },
        description: "Nodeva 2026-17"
      }
    )
    assert.deepStrictEqual(
      { ...(isWireObject(operation) ? operation : {}), date: "", created_date: "", id: 0, request_id: "" },
      {
        id: 0,
        type: "sale",
        status: "success",
        date: "",
        created_date: "",
        request_id: "",
        sum_initial: { amount: 1200, currency: "EUR" },
        sum_converted: { amount: 1200, currency: "EUR" },
        code: "0",
        message: "Success",
        provider: { id: 1914, payment_id: "", auth_code: "" }
      }
    )
  })

  it("can hold nulls and long lists, with another spelling of the redirect, and stay correctly signed", async () => {
    const callbackFormat = { nulls: true, longLists: true, emptyObjects: "object", redirectKey: "redirect" }
    await sandbox.control.patch("/ecommpay/projects/200", { callbackFormat })
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.advance(second)
    const body = sandbox.merchant.received[0]?.body ?? {}
    assert.strictEqual(at(body, "operation", "provider", "endpoint_id"), null)
    assert.strictEqual(at(body, "provider_extra_fields", 11), "field 11")
    assert.deepStrictEqual(at(body, "redirect", "body"), {})
    assert.isTrue(isGood(body, sandbox.secret))
  })

  it("go to the address of the request, by outcome if given, after the delay that was asked for", async () => {
    const general = {
      project_id: 200,
      payment_id: "A-1",
      merchant_callback_url: `${sandbox.merchant.url}/own`,
      merchant_success_callback_url: `${sandbox.merchant.url}/paid`
    }
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1", { general, callback: { delay: 300 } })))
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "success" })
    await sandbox.advance(299 * second)
    assert.deepStrictEqual(sandbox.merchant.received, [])
    await sandbox.advance(2 * second)
    assert.deepStrictEqual(
      sandbox.merchant.received.map((one) => one.path),
      ["/own", "/paid"]
    )
  })

  it("that only inform are not sent when the request switches them off; those to act on are", async () => {
    const silent = sandbox.sale("A-1", { callback: { force_disable: true } })
    await sandbox.control.patch("/ecommpay/projects/200", { consentRequired: true })
    await sandbox.postGate(salePath, sandbox.signed(silent))
    await sandbox.advance(second)
    const asked = ["awaiting clarification | sale | awaiting clarification"]
    assert.deepStrictEqual(sandbox.story(), asked)
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "awaiting redirect result", force: true })
    await sandbox.advance(second)
    const sentAway = [...asked, "awaiting redirect result | sale | awaiting redirect result"]
    assert.deepStrictEqual(sandbox.story(), sentAway)
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "success" })
    await sandbox.advance(60 * second)
    assert.deepStrictEqual(sandbox.story(), sentAway)
  })

  it("are not sent when nobody gave an address", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { callbackUrl: "" })
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-2")))
    await sandbox.advance(60 * second)
    assert.deepStrictEqual(sandbox.merchant.received, [])
  })
})
