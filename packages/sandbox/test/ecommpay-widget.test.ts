import { runInNewContext } from "node:vm"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { isWireObject, type WireObject } from "../src/ecommpay-lv/WireJson.ts"
import { at, call, postForm, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const salePath = "/v2/payment/banks/latvia/sale"
const second = 1000

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

const configure = (settings: object) => sandbox.control.patch("/ecommpay/projects/200", settings)
const begin = async (changes: WireObject = {}): Promise<WireObject> => {
  await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1", changes)))
  await sandbox.advance(second)
  return redirect()
}
const redirect = (): WireObject => {
  const found = at(sandbox.merchant.received.at(-1)?.body, "redirect_data")
  assert.isTrue(isWireObject(found))
  return isWireObject(found) ? found : {}
}

/** What a merchant's page does with the script (method page, "Variant 1"); answers where the browser goes. */
const initialize = async (host: string, token: string, options: object): Promise<string> => {
  const script = await call(textAt(redirect(), "body", "widget_url"))
  const gone: Array<string> = []
  const location = { assign: (url: string) => gone.push(url) }
  const window = { location }
  runInNewContext(`${script.text}; window.NEOWidget.initialize(host, token, options)`, {
    window,
    URLSearchParams,
    host,
    token,
    options
  })
  return gone[0] ?? ""
}

const optionsOf = (body: WireObject): object => ({
  other: textAt(body, "other"),
  creditor: textAt(body, "creditor"),
  default_country: textAt(body, "default_country"),
  callback_url: textAt(body, "callback_url")
})

describe("redirect variant 1, the widget", () => {
  it("takes the payer to the bank by NEOWidget.initialize and back to the merchant", async () => {
    await configure({ redirectVariant: 1 })
    const { body, method } = await begin()
    assert.strictEqual(method, "POST")
    assert.isTrue(isWireObject(body))
    if (!isWireObject(body)) return
    assert.strictEqual(body["other"], "off")
    assert.strictEqual(body["creditor"], "HABALV22")
    assert.strictEqual(body["callback_url"], `${sandbox.merchant.url}/return`)
    assert.match(textAt(body, "widget_host"), /\/$/)
    assert.match(textAt(body, "token"), /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)

    // The published call names the host without the slash that the body has.
    const host = textAt(body, "widget_host").replace(/\/$/, "")
    const page = await initialize(host, textAt(body, "token"), optionsOf(body))
    const bank = await call(page)
    assert.match(String(bank.location), /\/bank\//)
    const decided = await postForm(String(bank.location), { result: "refuse" })
    assert.strictEqual(decided.location, `${sandbox.merchant.url}/return`)
    await sandbox.advance(0)
    assert.strictEqual(sandbox.story().at(-1), "decline | sale | decline")
    assert.strictEqual((await call(page)).location, `${sandbox.merchant.url}/return`)
    assert.notInclude(JSON.stringify(sandbox.world.calls.list()), textAt(body, "token"))
  })

  it("lets the payer choose the bank at the provider when the merchant named none", async () => {
    await configure({ redirectVariant: 1 })
    const { body } = await begin({ account: null })
    assert.isUndefined(at(body, "creditor"))
    const opened = await sandbox.control.post("/ecommpay/payments/A-1/payer", { action: "open" })
    const banks = await call(textAt(opened.body, "page"))
    assert.strictEqual(banks.status, 200)
    const action = /<form method="post" action="([^"]+)"/.exec(banks.text)?.[1]
    const chosen = await postForm(`${sandbox.pages}${action}`, { bank_id: "1991" })
    assert.include((await call(String(chosen.location))).text, "SEB bank")
  })

  it.each<[string, (options: object) => object, (token: string) => string]>([
    ["another address to return to", (o) => ({ ...o, callback_url: "https://elsewhere.example" }), (token) => token],
    ["no address to return to", () => ({ other: "off", creditor: "HABALV22" }), (token) => token],
    ["another bank", (o) => ({ ...o, creditor: "UNLALV2X" }), (token) => token],
    ["a changed token", (o) => o, (token) => `${token}x`]
  ])("turns away a call with %s", async (_, change, spoil) => {
    await configure({ redirectVariant: 1 })
    const { body } = await begin()
    if (!isWireObject(body)) throw new TypeError("no body")
    const page = await initialize(textAt(body, "widget_host"), spoil(textAt(body, "token")), change(optionsOf(body)))
    const answer = await call(page)
    assert.oneOf(answer.status, [400, 404])
    assert.isNull(answer.location)
  })
})

describe("cascading", () => {
  it.each([1, 2])("sends the payer to a new address and voids the old one, in variant %s", async (redirectVariant) => {
    await configure({ redirectVariant })
    const first = await begin()
    const order = { status: "awaiting redirect result" }
    assert.strictEqual((await sandbox.control.post("/ecommpay/payments/A-1/outcome", order)).status, 200)
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), [
      "awaiting redirect result | sale | awaiting redirect result",
      "awaiting redirect result | sale | awaiting redirect result"
    ])
    const second = redirect()
    assert.notStrictEqual(second["url"], first["url"])
    assert.strictEqual((await call(textAt(first, "url"))).status, 404)
    const payer = (action: string) => sandbox.control.post("/ecommpay/payments/A-1/payer", { action })
    assert.strictEqual((await call(textAt((await payer("open")).body, "page"))).status, 303)
    await payer("confirm")
    await sandbox.advance(0)
    assert.strictEqual(sandbox.story().at(-1), "success | sale | success")
  })

  it("begins with one address when it is ordered before the platform gave any", async () => {
    await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "awaiting redirect result" })
    await sandbox.advance(second)
    assert.strictEqual(sandbox.story().length, 1)
  })
})
