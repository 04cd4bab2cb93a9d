import { createRequire } from "node:module"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { at, call, postForm, startEcommpay, textAt, type Answer, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const second = 1000

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

type Parameters = Readonly<Record<string, string>>

const openBy = (method: "GET" | "POST", parameters: Parameters): Promise<Answer> =>
  method === "POST"
    ? postForm(sandbox.paymentPage, parameters)
    : call(`${sandbox.paymentPage}?${new URLSearchParams(parameters)}`)

const absolute = (path: string | null | undefined): string => new URL(path ?? "", sandbox.pages).href
const formAction = (page: Answer): string => absolute(/<form method="post" action="([^"]+)"/.exec(page.text)?.[1])
const linkOf = (page: Answer, action: string): string | undefined =>
  new RegExp(`data-action="${action}" href="([^"]+)"`).exec(page.text)?.[1]?.replaceAll("&amp;", "&")
const banksOn = (page: Answer): ReadonlyArray<string> =>
  [...page.text.matchAll(/data-action="choose-bank" data-bank="(\d+)"/g)].map((found) => found[1] ?? "")

/** Chooses a bank, decides there, and answers the page or address reached. */
const walk = async (page: Answer, result: string, bank = "1981"): Promise<Answer> => {
  const chosen = await postForm(formAction(page), { bank_id: bank })
  const decided = await postForm(absolute(chosen.location), { result })
  return call(absolute(decided.location))
}

const without =
  (name: string) =>
  (parameters: Parameters): Parameters =>
    Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name))

const options = (method: object): Parameters => ({
  payment_methods_options: JSON.stringify({ online_latvian_banks: method })
})

const payer = (body: object, id = "P-1") => sandbox.control.post(`/ecommpay/payments/${id}/payer`, body)

describe("opening the page", () => {
  it.each(["GET", "POST"] as const)(
    "by %s shows sum, purpose and the three banks, and registers nothing",
    async (method) => {
      const page = await openBy(method, sandbox.pageCall("P-1"))
      assert.strictEqual(page.status, 200)
      assert.include(page.text, "12,00 EUR")
      assert.include(page.text, "Nodeva 2026-17")
      assert.include(page.text, "sandbox")
      assert.deepStrictEqual(banksOn(page), ["1981", "1991", "2001"])
      await sandbox.advance(60 * second)
      assert.deepStrictEqual(sandbox.merchant.received, [])
      assert.strictEqual(at((await sandbox.status("P-1")).body, "errors", 0, "code"), "3061")
      const view = await sandbox.control.get("/payments/P-1")
      assert.strictEqual(at(view.body, "isRegistered"), false)
    }
  )

  it.each<[string, () => Parameters]>([
    ["no signature", () => without("signature")(sandbox.pageCall("P-1"))],
    ["another secret's signature", () => sandbox.pageCall("P-1", {}, "other")],
    ["a changed sum", () => ({ ...sandbox.pageCall("P-1"), payment_amount: "1" })],
    ["an added parameter", () => ({ ...sandbox.pageCall("P-1"), payment_description: "other" })],
    ["no customer id", () => sandbox.pageCall("P-1", { customer_id: "" })],
    ["an unknown project", () => sandbox.pageCall("P-1", { project_id: "7" })],
    ["another currency", () => sandbox.pageCall("P-1", { payment_currency: "USD" })],
    ["a sum with a point", () => sandbox.pageCall("P-1", { payment_amount: "12.00" })],
    ["a sum above the limit", () => sandbox.pageCall("P-1", { payment_amount: "10000000000001" })],
    ["a semicolon in a value", () => sandbox.pageCall("P-1", { payment_description: "a;b" })],
    ["a payment id with a blank in front", () => sandbox.pageCall(" P-1")],
    ["a script for an address", () => sandbox.pageCall("P-1", { merchant_return_url: "javascript:alert(1)" })],
    ["options that are not JSON", () => sandbox.pageCall("P-1", { payment_methods_options: "{" })],
    [
      "only unknown banks",
      () => sandbox.pageCall("P-1", { payment_methods_options: '{"online_latvian_banks":{"banks_id":[140]}}' })
    ],
    ["a deadline in another format", () => sandbox.pageCall("P-1", { best_before: "tomorrow" })],
    ["a payout", () => sandbox.pageCall("P-1", { mode: "payout" })]
  ])("with %s shows an error page, calls nobody and remembers nothing", async (_, parametersOf) => {
    for (const method of ["GET", "POST"] as const) {
      const page = await openBy(method, parametersOf())
      assert.strictEqual(page.status, 400)
      assert.include(page.text, 'data-result="broken"')
      assert.deepStrictEqual(banksOn(page), [])
    }
    await sandbox.advance(60 * second)
    assert.deepStrictEqual(sandbox.merchant.received, [])
    assert.strictEqual((await sandbox.control.get("/payments/P-1")).status, 404)
  })

  it("keeps personal data out of logs and of the call log", async () => {
    const personal = { customer_first_name: "Vārds", customer_email: "a@example.org" }
    await openBy("GET", sandbox.pageCall("P-1", personal))
    await openBy("GET", sandbox.pageCall("P-2", personal, "other"))
    const kept = JSON.stringify([sandbox.logs, sandbox.world.calls.list()])
    assert.include(kept, "payment_page")
    assert.include(kept, "signature")
    assert.notMatch(kept, /V%C4%81rds|Vārds|example\.org/)
  })

  it("escapes what the merchant wrote", async () => {
    const page = await openBy("POST", sandbox.pageCall("P-1", { payment_description: `<b>"&'` }))
    assert.include(page.text, "&lt;b&gt;&quot;&amp;&#39;")
    assert.notInclude(page.text, "<b>")
  })

  it.each([
    [{ language_code: "lv" }, "en", "lv", "Izvēlieties savu banku"],
    [{ language_code: "RU" }, "lv", "ru", "Выберите свой банк"],
    [{ language_code: "de" }, "lv", "en", "Choose your bank"],
    [{}, "lv-LV,lv;q=0.9", "lv", "Izvēlieties savu banku"],
    [{}, "fr", "en", "Choose your bank"]
  ])("asked for %j in a %s browser speaks %s", async (parameters, browser, language, heading) => {
    const query = new URLSearchParams(sandbox.pageCall("P-1", parameters))
    const page = await call(`${sandbox.paymentPage}?${query}`, { headers: { "accept-language": browser } })
    assert.include(page.text, `<html lang="${language}">`)
    assert.include(page.text, heading)
  })

  it.each([
    ["lv", "Apstiprināt maksājumu"],
    ["ru", "Подтвердить платёж"],
    ["en", "Confirm payment"]
  ])("takes its language %s along to the bank", async (language, button) => {
    const page = await openBy("POST", sandbox.pageCall("P-1", { language_code: language }))
    const chosen = await postForm(formAction(page), { bank_id: "1981" })
    const bank = await call(absolute(chosen.location))
    assert.include(bank.text, `<html lang="${language}">`)
    assert.include(bank.text, button)
  })

  it("begins with the method's button, and a misspelt option means nothing", async () => {
    const start = await openBy("POST", sandbox.pageCall("P-1", { force_payment_method: "" }))
    assert.deepStrictEqual(banksOn(start), [])
    const banks = await call(absolute(linkOf(start, "choose-method")))
    assert.deepStrictEqual(banksOn(banks), ["1981", "1991", "2001"])

    const misspelt = sandbox.pageCall("P-4", {
      payment_methods_options: '{"online-latvian-banks":{"banks_id":[2001]}}'
    })
    assert.deepStrictEqual(banksOn(await openBy("POST", misspelt)), ["1981", "1991", "2001"])
  })
})

describe("the ways to show banks", () => {
  const all = ["1981", "1991", "2001"]
  const forced = { force_payment_method: "online-latvian-banks" }
  const split = options({ split_banks: true })
  it.each<[string, Parameters, ReadonlyArray<string>, string, boolean]>([
    ["nothing", {}, [], "choose-method", true],
    ["split_banks", split, all, "choose-bank", true],
    ["split_banks in the group", { ...split, force_payment_group: "openbanking" }, all, "choose-bank", false],
    ["the method", forced, all, "choose-bank", false],
    [
      "the method and some banks",
      { ...forced, ...options({ split_banks: true, banks_id: [2001, 1991] }) },
      ["1991", "2001"],
      "choose-bank",
      false
    ],
    ["the method and one bank", { ...forced, ...options({ banks_id: [2001] }) }, ["2001"], "choose-bank", false],
    ["banks as a text", options({ split_banks: true, banks_id: "2001, 1991" }), ["1991", "2001"], "choose-bank", true],
    ["another method hidden", { hide: "card, wallet" }, [], "choose-method", false]
  ])("asked with %s", async (_, parameters, banks, action, hasOthers) => {
    const page = await openBy("POST", sandbox.pageCall("P-1", { force_payment_method: "", ...parameters }))
    assert.deepStrictEqual(banksOn(page), banks)
    assert.include(page.text, `data-action="${action}"`)
    assert.strictEqual(page.text.includes('data-method="card"'), hasOthers)
    assert.include(page.text, 'data-action="leave"')
  })

  it("with one bank ask only to confirm the way there, which registers the payment", async () => {
    const one = { ...options({ banks_id: [2001] }), language_code: "en" }
    const page = await openBy("GET", sandbox.pageCall("P-1", one))
    assert.include(page.text, "Confirm your bank")
    const chosen = await postForm(formAction(page), { bank_id: "2001" })
    assert.include((await call(absolute(chosen.location))).text, "Rietumu bank")
  })

  it("ignore parameters that nobody knows, as long as they are signed", async () => {
    const page = await openBy("GET", sandbox.pageCall("P-1", { surprise_parameter: "1", baseUrl: "x", style_id: "7" }))
    assert.strictEqual(page.status, 200)
  })
})

describe("questions on the page", () => {
  const consentOn = (page: Answer): string => {
    const shown = /data-value="consent">([^]*?)<\/p>/.exec(page.text)?.[1] ?? ""
    return shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
  }
  const atDetails = async (changes: Parameters = {}): Promise<Answer> => {
    const page = await openBy("POST", sandbox.pageCall("P-1", { language_code: "en", ...changes }))
    const chosen = await postForm(formAction(page), { bank_id: "1981" })
    return call(absolute(chosen.location))
  }
  const configure = (settings: object) => sandbox.control.patch("/ecommpay/projects/200", settings)

  it("come after the bank, say what is wrong, keep what is right, and lead to the bank", async () => {
    await configure({ namesRequired: true, ibanBanks: [1981], consentRequired: true })
    const page = await atDetails({ customer_first_name: "Paraugs" })
    assert.include(page.text, 'data-page="details"')
    assert.notInclude(page.text, 'name="first_name"')
    for (const field of ["last_name", "number"]) assert.include(page.text, `name="${field}"`)
    const wrong = { last_name: "Piemers", number: "LV81BANK0000435195001", psu_consent: "1" }
    const again = await call(absolute((await postForm(formAction(page), wrong)).location))
    assert.include(again.text, "The account number is not right")
    for (const gone of ['name="last_name"', 'data-action="consent"', "LV81"]) assert.notInclude(again.text, gone)
    const bank = await postForm(formAction(again), { number: "LV80 BANK 0000 4351 9500 1" })
    const paid = await postForm(absolute(bank.location), { result: "confirm" })
    assert.include((await call(absolute(paid.location))).text, 'data-result="paid"')
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["success | sale | success"])
    assert.notInclude(JSON.stringify(sandbox.world.calls.list()), "Piemers")
  })

  it("are not asked when the call has the names and the bank wants no IBAN", async () => {
    await configure({ namesRequired: true, ibanBanks: [2001] })
    const next = await atDetails({ customer_first_name: "Paraugs", customer_last_name: "Piemers" })
    assert.include(next.text, 'data-action="pay"')
  })

  it("show the consent's text as it came", async () => {
    const consentText = '  a; b: "c"\n ā a\u0304  <b> &'
    await configure({ consentRequired: true, consentText })
    assert.strictEqual(consentOn(await atDetails()), consentText)
  })

  it.each<["waits" | "declines", ReadonlyArray<string>]>([
    ["waits", []],
    ["declines", ["decline | sale | decline"]]
  ])("lead back to the shop when consent is refused, after which the payment %s", async (consentRefusal, told) => {
    await configure({ consentRequired: true, consentRefusal })
    const refused = await postForm(formAction(await atDetails()), { refuse: "1" })
    assert.strictEqual(refused.location, `${sandbox.merchant.url}/return?case=9&payment_id=P-1`)
    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.story(), told)
    await sandbox.advance(1800 * second)
    assert.deepStrictEqual(sandbox.story(), ["decline | sale | decline"])
  })

  it("wait on the used link until they are answered", async () => {
    await configure({ consentRequired: true })
    const parameters = sandbox.pageCall("P-1", { language_code: "en" })
    await postForm(formAction(await openBy("POST", parameters)), { bank_id: "1981" })
    const reopened = await openBy("GET", parameters)
    const page = await call(absolute((await call(absolute(linkOf(reopened, "continue")))).location))
    assert.include(page.text, 'data-action="refuse-consent"')
  })

  it("are answered by the payer without a browser, one by one, and by an ordered outcome all at once", async () => {
    await configure({ namesRequired: true, ibanBanks: [1981], consentRequired: true })
    for (const id of ["P-1", "P-2"]) {
      await payer({ action: "open", parameters: sandbox.pageCall(id) }, id)
      await payer({ action: "choose_bank", bankId: 1981 }, id)
    }
    assert.strictEqual((await payer({ action: "confirm" })).status, 409)
    const wrong = await payer({ action: "iban", iban: "LV81BANK0000435195001" })
    assert.include((await call(textAt(wrong.body, "page"))).text, 'id="number-error"')
    for (const action of ["names", "iban", "consent"]) {
      assert.strictEqual((await payer({ action })).status, 200)
      assert.strictEqual((await payer({ action })).status, 409)
    }
    assert.strictEqual(at((await payer({ action: "confirm" })).body, "payment", "status"), "success")

    const refused = await payer({ action: "refuse_consent" }, "P-2")
    assert.strictEqual(at(refused.body, "redirect"), `${sandbox.merchant.url}/return?case=9&payment_id=P-2`)
    const done = await sandbox.control.post("/ecommpay/payments/P-2/outcome", { status: "success" })
    assert.strictEqual(at(done.body, "payment", "status"), "success")
  })
})

describe("further attempts on the page", () => {
  const news = () =>
    sandbox.merchant.received.map(({ body }) => [
      textAt(body, "payment", "status"),
      at(body, "payment", "is_new_attempts_available"),
      at(body, "payment", "attempts_timeout")
    ])
  const openPage = () => openBy("POST", sandbox.pageCall("P-1", { language_code: "en" }))

  it("are offered after a refusal, told to the merchant, and may succeed with another bank and operation", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { pageAttempts: 5 })
    const refused = await walk(await openPage(), "refuse")
    const again = await call(absolute(refused.location))
    assert.include(again.text, "You may try again")
    assert.strictEqual((await postForm(formAction(again), { bank_id: "140" })).status, 400)
    const paid = await walk(again, "confirm", "1991")
    assert.include(paid.text, 'data-result="paid"')
    await sandbox.advance(0)
    assert.deepStrictEqual(news(), [
      ["awaiting customer", true, 600],
      ["success", false, undefined]
    ])
    const [first, second] = sandbox.merchant.received.map(({ body }) => textAt(body, "operation", "id"))
    assert.notStrictEqual(first, second)
    await sandbox.advance(3600 * 1000)
    assert.strictEqual(news().length, 2)
  })

  it.each<[string, object]>([
    ["when none is left", { pageAttempts: 2 }],
    ["ten minutes after the first refusal", { pageAttempts: 5 }]
  ])("end in a decline %s", async (when, settings) => {
    await sandbox.control.patch("/ecommpay/projects/200", settings)
    const refused = await walk(await openPage(), "refuse")
    if (when === "when none is left") await walk(await call(absolute(refused.location)), "refuse")
    else await sandbox.advance(600 * second)
    await sandbox.advance(0)
    assert.deepStrictEqual(news(), [
      ["awaiting customer", true, 600],
      ["decline", false, undefined]
    ])
    assert.include(
      (await call(absolute((await openPage()).location ?? refused.location))).text,
      'data-result="declined"'
    )
  })

  it("can be made and left without a browser", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { pageAttempts: 3 })
    await payer({ action: "open", parameters: sandbox.pageCall("P-1") })
    await payer({ action: "choose_bank", bankId: 1981 })
    await payer({ action: "refuse" })
    assert.strictEqual((await payer({ action: "confirm" })).status, 409)
    const left = await payer({ action: "leave" })
    assert.strictEqual(at(left.body, "redirect"), `${sandbox.merchant.url}/return?case=9&payment_id=P-1`)
    await payer({ action: "choose_bank", bankId: 2001 })
    assert.strictEqual(at((await payer({ action: "confirm" })).body, "payment", "status"), "success")
  })
})

describe("links of the official npm SDK", () => {
  interface OfficialPayment {
    getUrl(): string
  }
  // The official SDK is CommonJS without types.
  const official: {
    readonly Payment: new (projectId: number, secret: string, parameters: object, url: string) => OfficialPayment
  } = createRequire(import.meta.url)("ecommpay")
  const linkWith = (more: object): string =>
    new official.Payment(
      200,
      sandbox.secret,
      { payment_id: "P-1", payment_amount: 1200, payment_currency: "EUR", customer_id: "c+1 ā", ...more },
      sandbox.pages
    ).getUrl()

  it("open the page", async () => {
    const page = await call(linkWith({ payment_description: "Nodeva & nodoklis + 5%", language_code: "lv" }))
    assert.strictEqual(page.status, 200)
    assert.include(page.text, "Nodeva &amp; nodoklis + 5%")
  })

  it("do not open it with values that the SDK signs otherwise than it sends them", async () => {
    assert.strictEqual((await call(linkWith({ redirect: true }))).status, 400)
    assert.strictEqual((await call(linkWith({ best_before: new Date("2026-12-01T13:00:00Z") }))).status, 400)
  })
})

describe("paying on the page", () => {
  it("shows the result with a button to the merchant that carries the payment id", async () => {
    const urls = {
      merchant_success_url: `${sandbox.merchant.url}/yes?a=1`,
      merchant_fail_url: `${sandbox.merchant.url}/no`
    }
    const paid = await walk(await openBy("POST", sandbox.pageCall("P 1", urls)), "confirm")
    assert.include(paid.text, 'data-result="paid"')
    assert.strictEqual(linkOf(paid, "return"), `${sandbox.merchant.url}/yes?a=1&payment_id=P%201`)
    const refused = await walk(await openBy("POST", sandbox.pageCall("P-2", urls)), "refuse")
    assert.include(refused.text, 'data-result="declined"')
    assert.strictEqual(linkOf(refused, "return"), `${sandbox.merchant.url}/no?payment_id=P-2`)
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["success | sale | success", "decline | sale | decline"])
  })

  it("opens the merchant's pages where the call's redirect modes say, out of a frame or beside it", async () => {
    const call1 = sandbox.pageCall("P-1", {
      merchant_return_redirect_mode: "blank_page",
      merchant_success_url: "https://shop.example/paid",
      merchant_success_redirect_mode: "parent_page"
    })
    const first = await openBy("GET", call1)
    assert.match(first.text, /data-action="leave" href="[^"]+" target="_blank"/)
    assert.match((await walk(first, "confirm")).text, /data-action="return" href="[^"]+" target="_parent"/)
    const inPlace = sandbox.pageCall("P-2", { merchant_return_redirect_mode: "iframe" })
    assert.notInclude((await openBy("GET", inPlace)).text, "target=")
  })

  it("shows the banks that take the sum, and refuses one that none takes", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { bankLimits: { 1981: 1199 } })
    assert.deepStrictEqual(banksOn(await openBy("GET", sandbox.pageCall("P-1"))), ["1991", "2001"])
    await sandbox.control.patch("/ecommpay/projects/200", { bankLimitMinor: 1000 })
    assert.strictEqual((await openBy("GET", sandbox.pageCall("P-2"))).status, 400)
    await sandbox.control.patch("/ecommpay/projects/200", { bankLimits: { 1981: 1200 } })
    assert.deepStrictEqual(banksOn(await openBy("GET", sandbox.pageCall("P-3"))), ["1981"])
  })

  it("redirects by itself where addresses for that are given", async () => {
    const urls = {
      redirect_success_url: `${sandbox.merchant.url}/auto-yes`,
      redirect_fail_url: `${sandbox.merchant.url}/auto-no`
    }
    const paid = await walk(await openBy("POST", sandbox.pageCall("P-1", urls)), "confirm")
    assert.strictEqual(paid.location, `${sandbox.merchant.url}/auto-yes?payment_id=P-1`)
    const refused = await walk(await openBy("POST", sandbox.pageCall("P-2", urls)), "refuse")
    assert.strictEqual(refused.location, `${sandbox.merchant.url}/auto-no?payment_id=P-2`)
    const disabled = sandbox.pageCall("P-3", { ...urls, redirect_success_enabled: "0" })
    assert.include((await walk(await openBy("POST", disabled), "confirm")).text, 'data-result="paid"')
  })

  it("says accepted, not paid, while the money is awaited", async () => {
    await sandbox.control.patch("/ecommpay/projects/200", { confirmation: "reversal" })
    const page = await walk(await openBy("POST", sandbox.pageCall("P-1")), "confirm")
    assert.include(page.text, 'data-result="accepted"')
  })

  it("sends callbacks to the address of the call", async () => {
    const own = { merchant_callback_url: `${sandbox.merchant.url}/own` }
    await walk(await openBy("POST", sandbox.pageCall("P-1", own)), "confirm")
    await sandbox.advance(0)
    assert.deepStrictEqual(
      sandbox.merchant.received.map((one) => one.path),
      ["/own"]
    )
  })

  it("lets a payer who walked away at the bank go on later, or return to the merchant", async () => {
    const parameters = sandbox.pageCall("P-1")
    const left = await walk(await openBy("POST", parameters), "leave")
    assert.include(left.text, 'data-result="open"')
    assert.strictEqual(linkOf(left, "leave"), `${sandbox.merchant.url}/return?case=9&payment_id=P-1`)
    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.merchant.received, [])

    const reopened = await openBy("GET", parameters)
    const again = await call(absolute(linkOf(reopened, "continue")))
    const paid = await postForm(absolute(again.location), { result: "confirm" })
    assert.include((await call(absolute(paid.location))).text, 'data-result="paid"')
    assert.include((await openBy("GET", parameters)).text, 'data-result="paid"')
  })

  it("registers one payment when the button is pressed twice, and only for a bank that it offers", async () => {
    const options = '{"online_latvian_banks":{"banks_id":[2001]}}'
    const page = await openBy("POST", sandbox.pageCall("P-1", { payment_methods_options: options }))
    assert.strictEqual((await postForm(formAction(page), { bank_id: "1981" })).status, 400)
    assert.strictEqual((await postForm(formAction(page), {})).status, 400)
    const [first, twice] = await Promise.all([
      postForm(formAction(page), { bank_id: "2001" }),
      postForm(formAction(page), { bank_id: "2001" })
    ])
    assert.match(absolute(first?.location), /\/bank\//)
    assert.strictEqual(first?.location, twice?.location)
    const { body } = await sandbox.control.get("/payments")
    assert.strictEqual(at(body, "payments", 0, "paymentId"), "P-1")
    assert.isUndefined(at(body, "payments", 1))
  })

  it("refuses a second call with the same id and another sum", async () => {
    await walk(await openBy("POST", sandbox.pageCall("P-1")), "confirm")
    assert.strictEqual((await openBy("POST", sandbox.pageCall("p-1", { payment_amount: "1300" }))).status, 400)
  })
})

const until = (time: string): Parameters => ({ best_before: time })

describe("best_before", () => {
  it("closes a page that was not used in time, without a trace at the platform", async () => {
    const page = await openBy("POST", sandbox.pageCall("P-1", until("2026-12-01T14:10:00+02")))
    assert.strictEqual(page.status, 200)
    await sandbox.advance(600 * second)
    const late = await postForm(formAction(page), { bank_id: "1981" })
    assert.strictEqual(late.status, 410)
    assert.include(late.text, 'data-result="expired"')
    assert.strictEqual((await openBy("POST", sandbox.pageCall("P-1", until("2026-12-01T14:10:00+02:00")))).status, 410)
    assert.strictEqual(at((await sandbox.status("P-1")).body, "errors", 0, "code"), "3061")
  })

  it("expires a payment that was begun, tells the merchant, and shows it to the payer", async () => {
    const parameters = sandbox.pageCall("P-1", until("2026-12-01T12:10:00+00:00"))
    await walk(await openBy("POST", parameters), "leave")
    await sandbox.advance(600 * second)
    assert.deepStrictEqual(sandbox.story(), ["expired | sale | expired"])
    assert.include((await openBy("POST", parameters)).text, 'data-result="expired"')
  })

  it("is ignored when it is more than thirty days ahead", async () => {
    const page = await openBy("POST", sandbox.pageCall("P-1", until("2027-01-15T12:00:00+00:00")))
    await postForm(formAction(page), { bank_id: "1981" })
    const view = await sandbox.control.get("/payments/P-1")
    assert.strictEqual(at(view.body, "isRegistered"), true)
    assert.isUndefined(at(view.body, "bestBefore"))
  })
})

describe("the payer without a browser", () => {
  it("opens, chooses, confirms as on the pages", async () => {
    const url = `${sandbox.paymentPage}?${new URLSearchParams(sandbox.pageCall("P-1"))}`
    const opened = await payer({ action: "open", url })
    assert.deepStrictEqual(banksOn(await call(textAt(opened.body, "page"))), ["1981", "1991", "2001"])
    assert.strictEqual((await payer({ action: "confirm" })).status, 409)
    const atBank = await payer({ action: "choose_bank", bankId: 1991 })
    assert.include((await call(textAt(atBank.body, "page"))).text, "SEB bank")
    const paid = await payer({ action: "confirm" })
    assert.include((await call(textAt(paid.body, "redirect"))).text, 'data-result="paid"')
    assert.strictEqual(at(paid.body, "payment", "money", "receivedMinor"), "1200")
    assert.strictEqual((await payer({ action: "refuse" })).status, 409)
  })

  it("gives up before choosing a bank, and nothing is registered", async () => {
    await payer({ action: "open", parameters: sandbox.pageCall("P-1") })
    const left = await payer({ action: "leave" })
    assert.strictEqual(at(left.body, "redirect"), `${sandbox.merchant.url}/return?case=9&payment_id=P-1`)
    assert.strictEqual(at(left.body, "payment", "isRegistered"), false)
  })

  it("cannot do what the page does not ask, nor open a page with a bad signature", async () => {
    assert.strictEqual((await payer({ action: "open", parameters: sandbox.pageCall("P-1", {}, "x") })).status, 409)
    await payer({ action: "open", parameters: sandbox.pageCall("P-1") })
    for (const action of ["names", "iban", "consent", "refuse_consent"]) {
      assert.strictEqual((await payer({ action })).status, 409)
    }
    assert.strictEqual((await payer({ action: "dance" })).status, 400)
  })

  it("has a page that was opened and not confirmed confirmed first when an outcome is ordered", async () => {
    await payer({ action: "open", parameters: sandbox.pageCall("P-1") })
    const done = await sandbox.control.post("/ecommpay/payments/P-1/outcome", { status: "success" })
    assert.strictEqual(at(done.body, "payment", "status"), "success")
    assert.include((await call(textAt(done.body, "returnUrl"))).text, 'data-result="paid"')
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["success | sale | success"])
  })

  it("leaves an opened page alone when the ordered outcome is impossible", async () => {
    await payer({ action: "open", parameters: sandbox.pageCall("P-1") })
    for (const order of [{ status: "refunded" }, { confirmation: "success" }, { status: "awaiting confirmation" }]) {
      assert.strictEqual((await sandbox.control.post("/ecommpay/payments/P-1/outcome", order)).status, 409)
    }
    assert.strictEqual(at((await sandbox.control.get("/payments/P-1")).body, "isRegistered"), false)
  })

  it("can have its checks fail at the platform, after which the same id is free", async () => {
    await payer({ action: "open", parameters: sandbox.pageCall("P-1") })
    const order = { status: "error", code: "3121", message: "Invalid currency" }
    await sandbox.control.post("/ecommpay/payments/P-1/outcome", order)
    await sandbox.advance(0)
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, "payment", "status"), "error")
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, "errors", 0, "code"), "3121")
    const done = await sandbox.control.post("/ecommpay/payments/P-1/outcome", { status: "success" })
    assert.strictEqual(at(done.body, "payment", "status"), "success")
  })
})
