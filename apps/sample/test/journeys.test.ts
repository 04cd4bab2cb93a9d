// People in a real browser, through both providers.
import type { Page } from "playwright-core"
import { afterAll, assert, beforeAll, beforeEach, it } from "vitest"
import { checkPage, cutOff, focused, ragged } from "./support/audit.ts"
import {
  decideAtBank,
  download,
  fillForm,
  fillPayer,
  order,
  press,
  textOf,
  turnClock,
  waitForStatus
} from "./support/payer.ts"
import { pdfText } from "./support/pdfText.ts"
import { keepPdfPicture, keepPicture } from "./support/pictures.ts"
import { startTemporarySample, type TemporarySample } from "./support/temporarySample.ts"
import { useBrowser } from "./support/useBrowser.ts"

const options = { viewport: { width: 1000, height: 820 }, acceptDownloads: true }

await useBrowser("a person in a browser", options, (use) => {
  let sample: TemporarySample
  let page: Page
  let address: string

  beforeAll(async () => {
    sample = await startTemporarySample()
    address = sample.address
  })
  afterAll(async () => {
    await sample.close()
  })
  beforeEach(() => {
    page = use.page
  })

  it("pays through VISS MM and gets its supporting document", async () => {
    await page.goto(`${address}/en`)
    await keepPicture(page, "home")
    await fillForm(page, address, { way: "viss-mm" })
    await keepPicture(page, "choose", "whole")
    await press(page, "pay")
    await page.waitForURL((url) => url.origin !== address)
    assert.include(await page.content(), "71,14 EUR")
    await keepPicture(page, "viss-mm")
    await press(page, "choose-bank")
    await keepPicture(page, "bank")
    await press(page, "pay")
    await waitForStatus(page, "paid")
    await page.waitForSelector('[data-value="office"]:has-text("was told on")')
    await keepPicture(page, "paid", "whole")
    // One sentence says both: that the office starts, and that the bank can still take the money back.
    assert.match(
      await textOf(page, '[data-value="office"]'),
      /^The building board was told on .* to go ahead and does not wait[^.]*: [^.]*the bank can still take the money back[^.]*\.$/
    )
    assert.notInclude(await textOf(page, ".state"), "bank")
    assert.equal(await textOf(page, '[data-value="amount"]'), "€71.14")

    const reference = await textOf(page, '[data-value="reference"]')
    const pdf = await download(page, "pdf")
    assert.equal(pdf.name, `${reference}.pdf`)
    const text = await pdfText(pdf.bytes)
    assert.include(text, reference)
    assert.include(text, "71,14")
    await keepPdfPicture(pdf.bytes, "receipt-viss-mm")
    const xml = await download(page, "xml")
    assert.match(xml.bytes.toString("utf8"), /^<\?xml[\s\S]*71\.14/)
  })

  it("reads why a document that came broken is not there, and gets it whole the next time", async () => {
    const { faults } = sample.providers.sandbox
    await order(page, address, {})
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    faults.add({ operation: "Invoices/Pdf", kind: "truncate", phase: "after", times: 1 })
    try {
      await press(page, "pdf")
      await page.waitForSelector("h1:has-text('The receipt is not available now')")
    } finally {
      faults.clear()
    }
    await page.click("text=To the payment")
    await waitForStatus(page, "paid")
    assert.include(await pdfText((await download(page, "pdf")).bytes), "71,14")
  })

  it("orders copies by the page: only VISS MM is offered, and the sum comes from its document", async () => {
    await page.goto(`${address}/lv/services/archive-copies`)
    assert.deepEqual(
      await page.locator('[name="way"]').evaluateAll((all) => all.map((one) => one.getAttribute("value"))),
      ["viss-mm"]
    )
    await fillForm(page, address, { language: "lv", service: "archive-copies", quantity: "3" })
    // Nobody's code, and no picture is taken of it.
    await page.fill('[name="code"]', "000000-00000")
    await press(page, "pay")
    await page.waitForURL((url) => url.origin !== address)
    assert.include(await page.content(), "2,55 EUR")
    await page.goto(`${address}/lv`)
    await page.locator(".own a").first().click()
    await waitForStatus(page, "requires_action")
    assert.equal(await textOf(page, '[data-value="amount"]'), "pēc cenrāža aprēķina VISS MM")
    assert.match(await textOf(page, ".facts"), /3\slappuses/)
    await press(page, "continue")
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    await page.waitForSelector('[data-value="office"]:has-text("Novada arhīvs saņēma ziņu")', { timeout: 20_000 })
    assert.match(await textOf(page, '[data-value="amount"]'), /^2,55\s€$/)
    assert.notMatch(await page.content(), /000000-?00000/)
    assert.include(await pdfText((await download(page, "pdf")).bytes), "00000000000")
  })

  it("is refused by a bank at VISS MM, stays there, is refused for good, tries again and pays", async () => {
    await order(page, address, { service: "dog-registration" })
    await decideAtBank(page, "refuse")
    assert.include(await textOf(page, '[role="status"]'), "The bank did not confirm the payment")
    await sample.control("PATCH", "/viss-mm/settings", { rejectEndsRequest: true })
    await decideAtBank(page, "refuse")
    await waitForStatus(page, "declined")
    await sample.control("PATCH", "/viss-mm/settings", { rejectEndsRequest: false })
    await keepPicture(page, "declined")
    await press(page, "again")
    assert.equal(await page.inputValue('[name="lastName"]'), "Paraudziņa")
    await page.check('[name="way"][value="viss-mm"]')
    await press(page, "pay")
    await page.waitForURL((url) => url.origin !== address)
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    assert.deepEqual(await page.locator("h3").allInnerTexts(), ["Attempt 1, VISS MM", "Attempt 2, VISS MM"])
  })

  it("walks away from VISS MM, finds the payment open, and after the deadline expired", async () => {
    await order(page, address, {})
    await page.goto(`${address}/en`)
    await page.locator(".own a").first().click()
    await waitForStatus(page, "requires_action")
    const own = page.url()
    await press(page, "continue")
    await page.waitForURL((url) => url.origin !== address)
    assert.include(await page.content(), "71,14 EUR")

    await turnClock(page, address, "deadline")
    await page.goto(own)
    await waitForStatus(page, "expired")
    assert.equal(await page.locator('[data-action="again"]').count(), 1)
    assert.equal(await page.locator('[data-action="pdf"]').count(), 0)
  })

  it("pays with the keyboard alone, and always sees where it is", async () => {
    const tabTo = async (wanted: string): Promise<void> => {
      for (let tabs = 0; tabs < 40; tabs++) {
        await page.keyboard.press("Tab")
        const [name, outline] = await page.evaluate<readonly [string, string]>(focused)
        assert.equal(outline, "solid", `the focus on ${name} cannot be seen`)
        if (name === wanted) return
      }
      assert.fail(`${wanted} cannot be reached`)
    }
    await page.goto(`${address}/en`)
    await tabTo("Dog registration")
    await page.keyboard.press("Enter")
    await page.waitForURL(/dog-registration/)
    await tabTo("firstName")
    await page.keyboard.type("Anna")
    await tabTo("lastName")
    await page.keyboard.type("Paraudziņa")
    await tabTo("way")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await tabTo("bank")
    await page.keyboard.press("ArrowDown")
    await tabTo("pay")
    await page.keyboard.press("Enter")
    await page.waitForSelector('[data-action="refuse"]', { timeout: 20_000 })
    await page.locator('[data-action="pay"]').focus()
    await page.keyboard.press("Enter")
    await waitForStatus(page, "paid")
    await page.waitForSelector('[data-value="office"]')
    await tabTo("pdf")
    const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")])
    assert.match(file.suggestedFilename(), /^SR-.*\.pdf$/)
  })

  it("leaves the page of VISS MM, comes back, continues and pays", async () => {
    await order(page, address, { service: "dog-registration" })
    await press(page, "leave")
    await waitForStatus(page, "requires_action")
    await press(page, "continue")
    await page.waitForURL((url) => url.origin !== address)
    assert.include(await page.content(), "10,67 EUR")
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    assert.equal(await page.locator("h3").count(), 0, "one attempt")
    assert.include(await pdfText((await download(page, "pdf")).bytes), "10,67")
  })

  it("who cancels, pays another way and still pays the old page in another tab is told of the overpayment", async () => {
    await order(page, address, { way: "payment-page", service: "dog-registration" })
    const other = await use.context.newPage()
    await other.goto(`${address}/en`)
    await other.locator(".own a").first().click()
    await press(other, "cancel")
    await waitForStatus(other, "canceled")
    await press(other, "again")
    await fillPayer(other, { way: "viss-mm" })
    await press(other, "pay")
    await other.waitForURL((url) => url.origin !== address)
    await decideAtBank(other, "pay")
    await waitForStatus(other, "paid")
    await decideAtBank(page, "pay")
    await page.waitForSelector('[data-value="note"]:has-text("more than was asked: €21.34 was received, €10.67 was")')
    assert.equal(await textOf(page, '[data-value="received"]'), "€21.34")
    assert.equal(await page.locator('[data-value="note"]').count(), 1)
    await page.goto(`${address}/en/clerk`)
    assert.include(await textOf(page, "tbody"), "overpaid")
    for (const width of [340, 700, 970, 1300]) {
      await page.setViewportSize({ width, height: 820 })
      assert.deepEqual(await page.evaluate(cutOff(".wide, tbody td, tbody th")), [], `at ${width}`)
    }
  })

  it("pays on the Payment Page of ecommpay and gets a confirmation in the language of the page", async () => {
    await order(page, address, { language: "lv", way: "payment-page" })
    await page.waitForSelector('[data-action="choose-bank"]')
    await keepPicture(page, "ecommpay")
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    await page.waitForSelector('[data-value="office"]')
    assert.match(await textOf(page, '[data-value="amount"]'), /^71,14\s€$/)
    const { bytes } = await download(page, "pdf")
    const text = await pdfText(bytes)
    assert.include(text, await textOf(page, '[data-value="reference"]'))
    assert.match(text, /71,14/)
    assert.match(text, /nav attaisnojuma dokuments/i)
    assert.match(text, /Maksājumu pakalpojums\s+ecommpay\s/)
    assert.notMatch(text, /ecommpay-lv|Latvian Banks|· 30/)
    await keepPdfPicture(bytes, "receipt-ecommpay")
    await page.goto(`${address}/en/clerk`)
    await keepPicture(page, "clerk", "whole")
  })

  it("refuses at ecommpay, then pays by the bank link", async () => {
    await order(page, address, { way: "payment-page", service: "dog-registration" })
    await decideAtBank(page, "refuse")
    await waitForStatus(page, "declined")
    const note = await page.locator('[data-value="note"]').textContent()
    assert.equal(note, "The payment was cancelled. You can try again.")
    assert.equal(await page.locator('[data-action="pdf"]').count(), 0)
    await press(page, "again")
    await fillPayer(page, { way: "bank-link", bank: "seb" })
    await press(page, "pay")
    // Gate prepares the redirect; the page in between goes on by itself.
    await page.waitForSelector('[data-action="refuse"]', { timeout: 20_000 })
    assert.include(await page.content(), "SEB")
    await press(page, "pay")
    await waitForStatus(page, "paid")
    await page.waitForSelector('[data-value="office"]')
    assert.match(await pdfText((await download(page, "pdf")).bytes), /10\.67/)
    // The provider says it by its answer and by a message; that is one thing that happened.
    assert.equal(await page.locator(".history").last().locator("li:has-text('The payment is ready')").count(), 1)
  })

  it("agrees to a text on our page, and the provider has it and we keep it character for character", async () => {
    const { sandbox } = sample.providers
    const [project] = sandbox.ready.ecommpay.projects
    const path = `/ecommpay/projects/${project?.projectId}`
    // Between what reports have of it: both kinds of line breaks, blanks at the ends, `;`, quotes, decomposed letters.
    const text = `  ;"a\u0304" „ā”;\r\n'b' & <c>\u00a0—\u2009d?\n \r e  `
    await sample.control("PATCH", path, { consentRequired: true, consentText: text })
    await fillForm(page, address, { way: "bank-link", bank: "seb", service: "dog-registration" })
    await press(page, "pay")
    await page.waitForSelector('[data-action="consent"]', { timeout: 20_000 })
    assert.equal(await page.locator(".consent").textContent(), text)
    await page.check('[name="maksa-consent"]')
    await press(page, "consent")
    await page.waitForSelector('[data-action="refuse"]', { timeout: 20_000 })
    await sample.control("PATCH", path, { consentRequired: false })
    await press(page, "pay")
    await waitForStatus(page, "paid")
    // Only payments of ecommpay have been given anything.
    const payments = sandbox.payments() as ReadonlyArray<{ readonly supplied?: { readonly psuConsentText?: string } }>
    assert.include(
      payments.map(({ supplied }) => supplied?.psuConsentText),
      text
    )
    const kept = page.locator(".history li:has-text('The payer agreed to the text that was shown')")
    assert.equal(await kept.count(), 1)
  })

  it("is taken to the bank by the provider's script, on a page that lets nothing else run", async () => {
    const blocked: Array<string> = []
    page.on("console", (message) => {
      if (message.type() === "error") blocked.push(message.text())
    })
    await sample.control("PATCH", "/ecommpay/projects/200", { redirectVariant: 1 })
    try {
      await fillForm(page, address, { way: "bank-link", bank: "swedbank" })
      const policies: Array<string> = []
      page.on("response", (response) => {
        const policy = response.headers()["content-security-policy"] ?? ""
        if (response.url().includes("/maksa/next/")) policies.push(policy)
      })
      await press(page, "pay")
      await page.waitForSelector('[data-action="refuse"]', { timeout: 20_000 })
      assert.match(policies.at(-1) ?? "", /default-src 'none'.*script-src 'nonce-[^']+'.*frame-ancestors 'none'/)
      assert.include(await page.content(), "Swedbank")
      await press(page, "pay")
      await waitForStatus(page, "paid")
    } finally {
      await sample.control("PATCH", "/ecommpay/projects/200", { redirectVariant: 2 })
    }
    const taken = sample.providers.sandbox.calls().map(({ operation }) => operation)
    assert.includeMembers(taken, ["widget_script", "widget"])
    assert.deepEqual(blocked, [])
  })

  it("walks away from ecommpay, and after the deadline the payment is expired", async () => {
    await order(page, address, { way: "payment-page" })
    await press(page, "leave")
    await waitForStatus(page, "requires_action")
    const own = page.url()
    await turnClock(page, address, "deadline")
    await page.goto(own)
    await waitForStatus(page, "expired")
    const happened = await page.locator(".history li").allInnerTexts()
    assert.match(happened.at(-2) ?? "", /The time to pay ran out/)
    assert.match(happened.at(-1) ?? "", /The payment provider confirms that nothing was paid/)
  })

  it("cancels a payment and can still pay it another way", async () => {
    await order(page, address, { way: "payment-page" })
    await press(page, "leave")
    await waitForStatus(page, "requires_action")
    await press(page, "cancel")
    await waitForStatus(page, "canceled")
    await press(page, "again")
    await page.check('[name="way"][value="viss-mm"]')
    await press(page, "pay")
    await page.waitForURL((url) => url.origin !== address)
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
  })

  it("who pays much learns that the office waits until the payment is final, and a week later that it was told", async () => {
    await order(page, address, { variant: "public" })
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    assert.include(await textOf(page, '[data-value="office"]'), "will be told when the payment is final: above €100.00")
    const own = page.url()
    await turnClock(page, address, "P7D")
    await page.goto(own)
    await page.waitForSelector('.state[data-finality="hard"]')
    await page.waitForSelector('[data-value="office"]:has-text("was told on")')
  })

  it("presses the button twice and still has one payment", async () => {
    await fillForm(page, address, {})
    await page.locator('[data-action="pay"]').dblclick()
    await page.waitForURL((url) => url.origin !== address)
    await page.goto(`${address}/en`)
    assert.equal(await page.locator(".own li").count(), 1)
    await page.locator(".own a").first().click()
    assert.equal(await page.locator(".history li:has-text('The payment is ready')").count(), 1)
  })

  it("cannot see what somebody else paid", async () => {
    await order(page, address, {})
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    const own = page.url()
    const stranger = await use.browser.newContext()
    try {
      const other = await stranger.newPage()
      await other.goto(`${address}/en`)
      assert.equal(await other.locator(".own").count(), 0)
      for (const path of ["", "/state", "/pay", "/receipt.pdf", "/receipt.xml"]) {
        assert.equal((await other.goto(own + path))?.status(), 404, path)
      }
    } finally {
      await stranger.close()
    }
  })

  it("pays without JavaScript", async () => {
    const plain = await use.browser.newContext({ javaScriptEnabled: false })
    try {
      const other = await plain.newPage()
      await fillForm(other, address, { way: "payment-page" })
      await press(other, "pay")
      await press(other, "continue")
      await decideAtBank(other, "pay")
      await other.waitForURL(/\/orders\//)
      // Nothing loads the page anew here, so the payer does.
      const patience = performance.now() + 15_000
      while (performance.now() < patience && (await other.locator('.state[data-status="paid"]').count()) === 0) {
        await other.locator('[data-action="check"]').click()
      }
      assert.equal(await other.locator('.state[data-status="paid"]').count(), 1)
    } finally {
      await plain.close()
    }
  })

  it("after the deadline is offered another way only where there is one", async () => {
    await order(page, address, { service: "archive-copies", quantity: "1" })
    await press(page, "leave")
    await waitForStatus(page, "requires_action")
    await press(page, "cancel")
    await waitForStatus(page, "canceled")
    assert.equal(await textOf(page, '[data-action="again"]'), "Try again")
    await press(page, "again")
    assert.equal(await textOf(page, "h1"), "Try again")
  })

  it.each(["lv", "en"] as const)("finds labels, headings and a way back on every page (%s)", async (language) => {
    const paths = ["", "/services/building-permit", "/services/archive-copies", "/clerk", "/no-such-page"]
    for (const path of paths) {
      await page.goto(`${address}/${language}${path}`)
      await checkPage(page, language, path)
    }
    await page.goto(`${address}/${language}/services/building-permit`)
    await press(page, "pay")
    await page.waitForSelector('[role="alert"]')
    await checkPage(page, language, "the form with errors")
    await page.locator('[role="alert"] a').first().click()
    assert.equal(await page.evaluate("document.activeElement?.id"), "firstName")
    await order(page, address, { language })
    await press(page, "leave")
    await waitForStatus(page, "requires_action")
    await checkPage(page, language, "the payment's page")
    const own = page.url()
    await page.goto(`${address}/${language}`)
    assert.deepEqual(await page.evaluate(ragged), [])
    await page.goto(own)
    await page.setViewportSize({ width: 340, height: 700 })
    await checkPage(page, language, "the payment's page on a phone")
    await page.goto(`${address}/${language}/clerk`)
    await checkPage(page, language, "the clerk's list on a phone")
    assert.isAbove(await page.locator("tbody td").count(), 4)
    assert.deepEqual(await page.evaluate(cutOff("tbody td, tbody th")), [])
    await page.locator("tbody a").first().click()
    await checkPage(page, language, "a payment on the clerk's phone")
    await page.goto(`${address}/${language}/services/building-permit`)
    assert.deepEqual(await page.evaluate(cutOff("fieldset, .choice, .choice label")), [])
    await page.goto(own)
    const other = language === "lv" ? "en" : "lv"
    await page.click(`a[hreflang="${other}"]`)
    await waitForStatus(page, "requires_action")
    assert.equal(await page.getAttribute("html", "lang"), other)
  })

  it("asks for money back as a clerk, and approves it as another one, on pages without a barrier", async () => {
    const payee: Readonly<Record<string, string>> = {
      amount: "71.14",
      name: "Anna Paraudziņa",
      email: "anna@agency.example",
      address: "Parauga iela 1",
      city: "Rīga",
      postalCode: "LV-1010",
      reason: "Paid twice",
      by: "A. Clerk"
    }
    const ask = async (iban: string): Promise<void> => {
      for (const [name, value] of Object.entries({ ...payee, iban })) await page.fill(`[name="${name}"]`, value)
      await press(page, "payout")
    }
    await order(page, address, { way: "payment-page" })
    await decideAtBank(page, "pay")
    await waitForStatus(page, "paid")
    const path = `/clerk/payments/${await textOf(page, '[data-value="reference"]')}`
    for (const by of ["P7D", "P1D"]) await turnClock(page, address, by)
    await page.goto(`${address}/lv${path}`)
    await checkPage(page, "lv", "the form of a payout")
    await page.goto(`${address}/en${path}`)
    await ask("LV80BANK0000435195002")
    await page.waitForURL(/payout$/)
    await checkPage(page, "en", "a payout to an account that cannot be")
    await page.goto(`${address}/en${path}`)
    await ask("LV80 BANK 0000 4351 9500 1")
    await page.waitForSelector('[data-repayment="requested"]')
    await checkPage(page, "en", "a payout that waits for approval")
    await keepPicture(page, "payout", "whole")
    await page.setViewportSize({ width: 340, height: 700 })
    await checkPage(page, "en", "a payout on the clerk's phone")
    await page.fill('[name^="approver-"]', "B. Head")
    await press(page, "approve")
    await page.waitForSelector('[data-repayment="submitted"]')
    await turnClock(page, address, "PT1H")
    await page.goto(`${address}/en${path}`)
    await page.waitForSelector('[data-repayment="done"]')
    await checkPage(page, "en", "a payout that is done")
  })
})
