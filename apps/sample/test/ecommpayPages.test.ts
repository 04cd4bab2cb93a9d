// What axe-core finds on the pages of ecommpay's simulator, and the provider's widget in a real browser.
import { sign } from "@maksa/provider-ecommpay-lv/signature"
import { controlClient, startSandbox, type ControlClient, type Sandbox } from "@maksa/sandbox"
import type { Page } from "playwright-core"
import { afterAll, afterEach, assert, beforeAll, beforeEach, it } from "vitest"
import { barriers } from "./support/axe.ts"
import { press } from "./support/payer.ts"
import { keepPicture } from "./support/pictures.ts"
import { useBrowser } from "./support/useBrowser.ts"

const options = { viewport: { width: 360, height: 740 }, timeout: 120_000 }

await useBrowser("the pages of ecommpay", options, (use) => {
  let sandbox: Sandbox
  let control: ControlClient
  let page: Page

  beforeAll(async () => {
    sandbox = await startSandbox()
    control = controlClient(sandbox.ready.control)
  })
  afterAll(async () => {
    await sandbox.close()
  })
  beforeEach(() => {
    page = use.page
  })
  afterEach(async () => {
    await control.reset()
  })

  const configure = (settings: object) => control.call("PATCH", "/ecommpay/projects/200", settings)

  const open = async (language: "lv" | "ru" | "en", changes: Readonly<Record<string, string>> = {}): Promise<void> => {
    const { paymentPage, projects } = sandbox.ready.ecommpay
    const parameters: Record<string, string> = {
      project_id: "200",
      payment_id: "P-1",
      payment_amount: "1200",
      payment_currency: "EUR",
      payment_description: "Nodeva 2026-17",
      customer_id: "c-1",
      language_code: language,
      merchant_return_url: "http://127.0.0.1:9/return",
      ...changes
    }
    const signature = sign(parameters, projects[0]?.secret ?? "")
    const query = new URLSearchParams({ ...parameters, signature })
    await page.goto(`${paymentPage}?${query.toString()}`)
  }

  const check = async (name: string): Promise<void> => {
    assert.deepEqual(await barriers(page), [], name)
    const isWider = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert.isFalse(isWider, `${name} needs no sideways scrolling on a phone`)
    await keepPicture(page, `ecommpay-${name}`, "whole")
  }

  const result = (): Promise<string | null> => page.getAttribute("[data-result]", "data-result")

  it("have no barrier from the methods to the banks, the questions and the result", async () => {
    await configure({ namesRequired: true, ibanBanks: [1981], consentRequired: true })
    await open("lv")
    await check("methods")
    await press(page, "choose-method")
    await check("banks")
    await press(page, "choose-bank")
    assert.equal(await page.getAttribute("[data-page]", "data-page"), "details")
    await page.fill('[name="number"]', "LV00")
    await press(page, "consent")
    // One of the answers was wrong: it is said beside its field.
    await check("details")
    await page.getByLabel("Vārds", { exact: true }).fill("Paraugs")
    await page.getByLabel("Uzvārds").fill("Piemērs")
    await page.getByLabel("Jūsu konta numurs (IBAN)").fill("LV80 BANK 0000 4351 9500 1")
    await press(page, "submit-details")
    await press(page, "pay")
    assert.equal(await result(), "paid")
    await check("paid")
  })

  it("have no barrier where one bank is confirmed, consent is asked for and refused, and time is over", async () => {
    await configure({ consentRequired: true })
    await open("en", {
      force_payment_method: "online-latvian-banks",
      payment_methods_options: JSON.stringify({ online_latvian_banks: { banks_id: [2001] } })
    })
    await check("one-bank")
    await press(page, "choose-bank")
    await check("consent")
    await page.route("http://127.0.0.1:9/**", (route) => route.fulfill({ contentType: "text/html", body: "The shop" }))
    await press(page, "refuse-consent")
    await page.waitForURL("http://127.0.0.1:9/return**")
    assert.equal(new URL(page.url()).searchParams.get("payment_id"), "P-1")
    await sandbox.clock.advance(1_800_000)
    await open("ru")
    assert.equal(await result(), "declined")
    await check("declined")
    await open("ru", { payment_amount: "x" })
    assert.equal(await result(), "broken")
    await check("broken")
  })

  it("take the payer by the widget from a merchant's page to the bank", async () => {
    await configure({ redirectVariant: 1, processingDelay: "PT0S" })
    const { gate, projects } = sandbox.ready.ecommpay
    const secret = projects[0]?.secret ?? ""
    const post = async (path: string, body: object): Promise<unknown> => {
      const response = await fetch(`${gate}/v2${path}`, { method: "POST", body: JSON.stringify(body) })
      return response.json()
    }
    const general = { project_id: 200, payment_id: "A-1" }
    const sale = {
      general,
      payment: { amount: 1200, currency: "EUR" },
      customer: { id: "c-1", ip_address: "192.0.2.7" },
      account: { bank_id: 1981 },
      return_url: { return: "http://127.0.0.1:9/return" }
    }
    await post("/payment/banks/latvia/sale", { ...sale, general: { ...general, signature: sign(sale, secret) } })
    await sandbox.clock.advance(10_000)
    const query = { general: { ...general, signature: sign({ general }, secret) } }
    // The shape is what this test looks at.
    const status = (await post("/payment/status", query)) as { redirect_data: { body: Record<string, string> } }
    const { token, widget_host: host, widget_url: script = "", ...options } = status.redirect_data.body

    await page.setContent("<!DOCTYPE html><title>Merchant</title>")
    await page.addScriptTag({ url: script })
    await Promise.all([
      page.waitForURL(/\/bank\//),
      page.evaluate(
        `NEOWidget.initialize(${JSON.stringify(host)}, ${JSON.stringify(token)}, ${JSON.stringify(options)})`
      )
    ])
    assert.equal(await page.locator('[data-action="pay"]').count(), 1)
  })
})
