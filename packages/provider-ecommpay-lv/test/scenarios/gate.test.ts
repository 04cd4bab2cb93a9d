// "Payments through Gate": both diagrams of the method's page, by their steps, through the engine and over the wire.
import type { OrderScenario, World } from "@maksa/contract-kit"
import { money, type Payment } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { contract } from "../contract/contract.ts"
import { bankAsking } from "../contract/driver.ts"
import { type PayerOnPages, payerOnPages } from "../support/payerOnPages.ts"
import { useScenario } from "../support/scenario.ts"

const second = 1000

const scenario = useScenario()
let world: World
let payer: PayerOnPages

const byGate: OrderScenario =
  contract.scenarios.orders.find(({ name }) => name === "by Gate") ?? assert.fail("no order by Gate")

const open = async (): Promise<void> => {
  world = await scenario.open(byGate)
  payer = payerOnPages(new URL(world.webhookUrl).origin)
}
/** The platform works, its callbacks arrive and are followed up. */
const heard = async (payment: Payment): Promise<Payment> => {
  await scenario.driver.advance(2 * second)
  await world.payments.runDue()
  return world.get(payment)
}
const operations = async (): Promise<ReadonlyArray<string>> =>
  (await scenario.driver.calls()).map((call) => call.operation).filter((operation) => operation !== "other")
const questionOf = ({ current: { nextAction } }: Payment) =>
  nextAction?._tag === "collect" ? nextAction : assert.fail(`no question, but ${nextAction?._tag}`)

describe("a payment through Gate, with the payer sent to the provider's service,", () => {
  it("goes by consent and further data that the agency asks for, to a bank that is chosen there", async () => {
    await open()
    await scenario.driver.settings({ consentRequired: true, namesRequired: true })
    // 1 to 5. The agency's request is taken: that is all that the answer says.
    const payment = await world.create()
    assert.strictEqual(payment.current.nextAction?._tag, "wait")
    assert.strictEqual(payment.status, "requires_action")
    // 6 and 7. Consent and data are needed, which a callback tells.
    const asking = await heard(payment)
    const { consentText = assert.fail("no consent"), fields } = questionOf(asking)
    assert.deepStrictEqual(
      fields.map(({ name }) => name),
      ["customer.first_name", "customer.last_name"]
    )
    // 8 to 11. The agency asks the payer, and sends on what the payer gave, the text as it was shown.
    const names = { "customer.first_name": "Paraugs", "customer.last_name": "Piemērs" }
    const answered = await world.payments.resume(asking, { fields: names, consentText })
    assert.strictEqual(answered.current.nextAction?._tag, "wait")
    // 12. A callback brings the way to the provider. 13. The payer goes there, and chooses the bank.
    const { current } = await heard(payment)
    await payer.open(current.nextAction)
    await payer.press("choose-bank", { bank: 1981 })
    // 14 to 19. The payer pays at the bank and is sent back to the agency.
    await payer.press("pay")
    assert.match(payer.url, /\/return\/ecommpay-lv\/[0-9a-f]{32}$/)
    // 20 and 21. The callback with the result. 22. The payer sees it.
    const paid = await heard(payment)
    assert.strictEqual(paid.status, "paid")
    assert.strictEqual((await world.visit(payer.url)).location?.startsWith(new URL(world.webhookUrl).origin), true)
    const [truth = assert.fail("nothing at ecommpay")] = await world.truth(payment)
    assert.strictEqual(truth.consentText, consentText)
    assert.deepStrictEqual(await operations(), ["create", "resume"])
  })

  it("is asked for what is missing or wrong until all is right, and no consent to another text is ever sent", async () => {
    await open()
    await scenario.driver.settings({ ibanBanks: [bankAsking] })
    const payment = await world.create({ options: { flow: "gate", bank: bankAsking } })
    const asking = await heard(payment)
    const { consentText = assert.fail("no consent") } = questionOf(asking)
    const wrong = { "account.number": "LV00BANK0000435195001" }
    await world.refusal(() => world.payments.resume(asking, { fields: wrong, consentText: consentText.trim() }))
    assert.deepStrictEqual(await operations(), ["create"])
    // The consent counts; the number is asked for again in the very second of the answer, and the field says why.
    await scenario.driver.advance(second - (world.now() % second))
    await world.payments.resume(asking, { fields: wrong, consentText })
    await scenario.driver.advance(second / 2)
    await world.payments.runDue()
    const again = await world.get(payment)
    assert.isUndefined(questionOf(again).consentText)
    assert.match(questionOf(again).fields[0]?.label ?? "", /please check/)
    // A callback that is lost, or that a slower clock dates before the answer, is made up for by the next query.
    await scenario.driver.advance(second)
    await scenario.driver.notices.hold()
    await world.payments.resume(again, { fields: { "account.number": "LV00BANK0000435195001" } })
    await scenario.driver.advance(second)
    assert.strictEqual((await world.get(payment)).current.nextAction?._tag, "wait")
    await world.quiet()
    const asked = await world.get(payment)
    assert.match(questionOf(asked).fields[0]?.label ?? "", /please check/)
    await world.payments.resume(asked, { fields: { "account.number": "LV80BANK0000435195001" } })
    // The held callbacks come late, and change nothing of that.
    await scenario.driver.notices.release()
    assert.strictEqual((await heard(payment)).current.nextAction?._tag, "load_widget")
  })

  it("is taken there by the provider's script where the redirect is of variant 1", async () => {
    await open()
    await scenario.driver.settings({ redirectVariant: 1 })
    const payment = await world.create({ options: { flow: "gate", bank: "swedbank" } })
    const { actionUrl = assert.fail("no page"), nextAction } = (await heard(payment)).current
    if (nextAction?._tag !== "load_widget") return assert.fail(nextAction?._tag)
    assert.deepStrictEqual([nextAction.call, nextAction.parameters["other"]], ["NEOWidget.initialize", "off"])
    // The page that loads the script is the agency's own, under a policy that lets nothing else run.
    const page = await fetch(actionUrl)
    const [, nonce = assert.fail("no nonce")] =
      /script-src 'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "") ?? []
    assert.include(await page.text(), `nonce="${nonce}" src="${nextAction.scriptUrl}"`)
    await world.act(payment, "open")
    const { leadsTo = "" } = await world.act(payment, "pay")
    // `callback_url` of the widget is the way home of the payer's browser.
    assert.strictEqual(leadsTo, nextAction.parameters["callback_url"])
    assert.strictEqual((await heard(payment)).status, "paid")
  })
})

describe("a payment through Gate, with the payer sent to the bank's service,", () => {
  it("needs no consent where the provider wants none, and posts the redirect's fields", async () => {
    await open()
    await scenario.driver.settings({ redirectMethod: "POST" })
    // 1 to 5. The bank is named in the request; the payer chose it out of the live list.
    const { banks: askBanks } = await world.adapter()
    const banks = await world.run(askBanks?.(money(1200n, "EUR")) ?? assert.fail("no banks"))
    assert.includeMembers(
      banks.map(({ name }) => name),
      ["Swedbank", "SEB bank"]
    )
    const payment = await world.create({ options: { flow: "gate", bank: "seb" } })
    // 6 and 12. Nothing is asked; the callback brings the way, here as a form.
    const { current } = await heard(payment)
    assert.strictEqual(current.nextAction?._tag, "submit_form")
    // 13 to 17. The payer is at the bank, pays and is sent back.
    await payer.open(current.nextAction)
    assert.include(payer.html, "SEB")
    await payer.press("pay")
    assert.match(payer.url, /\/return\/ecommpay-lv\//)
    // 18 to 21. The callback with the result.
    assert.strictEqual((await heard(payment)).status, "paid")
    assert.deepStrictEqual(await operations(), ["banks", "create"])
  })

  it("finds everything by asking where each callback is lost", async () => {
    await open()
    await scenario.driver.notices.hold()
    const payment = await world.create({ options: { flow: "gate", bank: "seb" } })
    await world.quiet()
    const { current } = await world.get(payment)
    await payer.open(current.nextAction)
    await payer.press("pay")
    await world.payments.refresh(payment.id)
    await world.quiet()
    assert.strictEqual((await world.get(payment)).status, "paid")
    const proofs = (await world.payments.history(payment.id)).flatMap(({ channel, says }) =>
      says._tag === "received" ? [channel] : []
    )
    assert.strictEqual(new Set(proofs).size, 1)
    assert.strictEqual(proofs[0], "query")
  })
})
