// "Payments through Payment Page": both diagrams of the method's page, by their steps, through the engine and over the wire.
import type { World } from "@maksa/contract-kit"
import { assert, describe, it } from "vitest"
import { bankAsking } from "../contract/driver.ts"
import { type PayerOnPages, payerOnPages } from "../support/payerOnPages.ts"
import { useScenario } from "../support/scenario.ts"

const second = 1000
const minute = 60 * second

const scenario = useScenario()
let world: World
let payer: PayerOnPages

const open = async (): Promise<void> => {
  world = await scenario.open()
  payer = payerOnPages(new URL(world.webhookUrl).origin)
}
const operations = async (): Promise<ReadonlyArray<string>> =>
  (await scenario.driver.calls()).map((call) => call.operation)
const callbackStatuses = async (): Promise<ReadonlyArray<string | undefined>> =>
  (await scenario.driver.notices.list()).map(
    ({ body }) => /"payment":\{.*?"status":"([^"]*)"/.exec(new TextDecoder().decode(body))?.[1]
  )

describe("a payment through Payment Page, with the payer sent to the provider's service,", () => {
  it("goes by the choice of the method and of a bank, by consent and further data", async () => {
    await open()
    await scenario.driver.settings({ namesRequired: true, ibanBanks: [bankAsking] })
    // 1 to 3. The payer begins at the agency; the request for the page is the payer's own, and nothing else is sent.
    const payment = await world.create({ options: { page: { bankDisplay: "behind_method", takesPayerOn: false } } })
    assert.deepStrictEqual(await operations(), [])
    // 4 to 6. Parameters and signature are checked; the page is shown, and the platform knows of no payment yet.
    await payer.open(payment.current.nextAction)
    assert.isTrue(payer.offers("choose-method"))
    // 7 and 8. The payer chooses the method and one of the banks.
    await payer.press("choose-method")
    await payer.press("choose-bank", { bank: bankAsking })
    // 9 to 11. Consent and data are needed: the page asks for them, without the agency.
    assert.include(payer.html, 'data-page="details"')
    assert.include(payer.html, 'data-value="consent"')
    assert.deepStrictEqual(await callbackStatuses(), [])
    // 12 to 15. The payer gives them and agrees.
    const fields = { first_name: "Paraugs", last_name: "Piemērs", number: "LV80BANK0000435195001" }
    await payer.press("consent", { fields })
    // 16 and 17. The provider's service shows what to do (here the bank's own page), and the payer does it.
    assert.isTrue(payer.offers("pay"))
    await payer.press("pay")
    // 18 to 22. The result comes back by way of the provider, and the payer to Payment Page. 25 and 26. Which shows it.
    assert.include(payer.html, 'data-result="paid"')
    // 23 and 24. The platform hears of it, and so does the agency, by a callback.
    await scenario.driver.advance(second)
    assert.deepStrictEqual(await callbackStatuses(), ["success"])
    await world.payments.runDue()
    const { finality, money, status } = (await world.get(payment)).state
    assert.deepStrictEqual([status, finality, money.received?.minorUnits], ["paid", "soft", 1200n])
    // The way home is a button that the payer presses.
    await payer.press("return")
    assert.match(payer.url, /\/return\/ecommpay-lv\/[0-9a-f]{32}\?payment_id=att_/)
    // Nobody had to be asked.
    assert.deepStrictEqual(
      (await operations()).filter((operation) => operation !== "other"),
      []
    )
  })

  it("ends at the agency's page where the payer refuses consent, and in a decline half an hour later", async () => {
    await open()
    const payment = await world.create()
    await payer.open(payment.current.nextAction)
    await payer.press("choose-bank", { bank: bankAsking })
    await payer.press("refuse-consent")
    assert.match(payer.url, /\/return\/ecommpay-lv\//)
    assert.strictEqual((await world.visit(payer.url)).status, 303)
    assert.strictEqual((await world.get(payment)).status, "requires_action")
    await world.leap(31 * minute)
    assert.strictEqual((await world.get(payment)).status, "declined")
    assert.deepStrictEqual((await world.truth(payment))[0]?.charged, [])
  })

  it("of a request that somebody changed shows an error, and no callback is sent", async () => {
    await open()
    const payment = await world.create()
    const action = payment.current.nextAction
    if (action?._tag !== "redirect") return assert.fail("no link")
    const url = action.url.replace("payment_amount=1200", "payment_amount=1")
    assert.notStrictEqual(url, action.url)
    const broken = await fetch(url)
    assert.strictEqual(broken.status, 400)
    assert.include(await broken.text(), 'data-result="broken"')
    await world.quiet()
    assert.deepStrictEqual([await callbackStatuses(), await world.truth(payment)], [[], []])
  })
})

describe("a payment through Payment Page, with the payer sent to the bank's service,", () => {
  it("goes straight to a bank that the agency chose, and the page takes the payer home by itself", async () => {
    await open()
    // 1 to 5. The bank is named in the request.
    const payment = await world.create({ options: { bank: "swedbank" }, language: "lv" })
    // 6 to 8. Instead of a choice the payer confirms the way to this bank.
    await payer.open(payment.current.nextAction)
    assert.isFalse(payer.offers("choose-method"))
    assert.strictEqual(payer.html.match(/data-action="choose-bank"/g)?.length, 1)
    // 9, 15 and 16. No consent is needed: the payer is at the bank.
    await payer.press("choose-bank", { bank: 1981 })
    assert.include(payer.html, "Swedbank")
    // 17 to 20. The payer pays there and is sent back. 24 and 25. The page knows the result, and takes the payer home.
    await payer.press("pay")
    assert.match(payer.url, /\/return\/ecommpay-lv\//)
    // A payer who is back proves nothing: 21 to 23, the callback does.
    await scenario.driver.advance(second)
    const home = await world.visit(payer.url)
    assert.strictEqual(home.status, 303)
    await world.payments.runDue()
    const paid = await world.get(payment)
    assert.strictEqual(paid.status, "paid")
    const proofs = (await world.payments.history(payment.id)).flatMap(({ channel, says, trust }) =>
      says._tag === "received" ? [[channel, trust]] : []
    )
    assert.deepStrictEqual(proofs[0], ["webhook", "proven"])
  })

  it("shows the choice of banks where the agency named none, and a refusal there is a soft no", async () => {
    await open()
    const payment = await world.create()
    await payer.open(payment.current.nextAction)
    assert.strictEqual(payer.html.match(/data-action="choose-bank"/g)?.length, 3)
    await payer.press("choose-bank", { bank: 1991 })
    await payer.press("refuse")
    assert.match(payer.url, /\/return\/ecommpay-lv\//)
    await world.quiet()
    const { state, current } = await world.get(payment)
    assert.deepStrictEqual([state.status, state.finality], ["declined", "soft"])
    assert.strictEqual(current.decline?.reason, "canceled")
  })
})
