// What axe-core, the keyboard and a screen reader find on the pages of VISS MM's simulator and of its bank.
import type { Page } from "playwright-core"
import { afterAll, afterEach, assert, beforeAll, beforeEach, it } from "vitest"
import { checkPage, cutOff, focused } from "./support/audit.ts"
import { barriers } from "./support/axe.ts"
import { decideAtBank, order, press, textOf, turnClock, waitForStatus } from "./support/payer.ts"
import { keepPicture } from "./support/pictures.ts"
import { startTemporarySample, type TemporarySample } from "./support/temporarySample.ts"
import { useBrowser } from "./support/useBrowser.ts"

interface Look {
  readonly language: "LAT" | "ENG"
  readonly fs: string
  /** `undefined` leaves the parameter out. */
  readonly bm: string | undefined
}

// The guide's 2.2.
const languages = ["LAT", "ENG"] as const
const sizes = ["font-size-100", "font-size-125", "font-size-150"]
const contrasts = [undefined, "black-on-yellow", "yellow-on-black"]
const everyLook: ReadonlyArray<Look> = languages.flatMap((language) =>
  sizes.flatMap((fs) => contrasts.map((bm) => ({ language, fs, bm })))
)
/** Each language in each size and in each contrast. */
const eachOnce = everyLook.filter(
  ({ bm, fs, language }) => (sizes.indexOf(fs) + contrasts.indexOf(bm)) % 3 === languages.indexOf(language)
)

const options = { viewport: { width: 1000, height: 820 }, timeout: 180_000 }

await useBrowser("the pages of VISS MM", options, (use) => {
  let sample: TemporarySample
  let page: Page

  beforeAll(async () => {
    sample = await startTemporarySample()
  })
  afterAll(async () => {
    await sample.close()
  })
  beforeEach(() => {
    page = use.page
  })
  afterEach(async () => {
    await setting({ rejectEndsRequest: false })
  })

  const setting = (change: object): Promise<void> => sample.control("PATCH", "/viss-mm/settings", change)
  const outcome = (url: string, status: string): Promise<void> =>
    sample.control("POST", `/viss-mm/requests/${new URL(url).searchParams.get("id")}/outcome`, { status })

  /** Orders a fee; answers the address of its page at MM, where the browser is now. */
  const orderAtMm = async (): Promise<string> => {
    await order(page, sample.address, {})
    return page.url()
  }
  const stateOf = (on: Page): Promise<string | null> => on.getAttribute("main", "data-state")

  const lookAt = async (on: Page, url: string, look: Look): Promise<void> => {
    const link = new URL(url)
    link.searchParams.set("language", look.language)
    link.searchParams.set("fs", look.fs)
    if (look.bm === undefined) link.searchParams.delete("bm")
    else link.searchParams.set("bm", look.bm)
    await on.goto(link.href)
  }

  const checkLooks = async (
    url: string,
    state: string,
    looks: ReadonlyArray<Look> = eachOnce,
    name = state
  ): Promise<void> => {
    for (const look of looks) {
      const what = [name, look.language, look.fs, look.bm].join(" ")
      // One browser window: one look after another.
      // oxlint-disable-next-line no-await-in-loop
      await lookAt(page, url, look)
      // oxlint-disable-next-line no-await-in-loop
      assert.equal(await stateOf(page), state, what)
      // oxlint-disable-next-line no-await-in-loop
      assert.deepEqual(await barriers(page), [], what)
    }
    await lookAt(page, url, { language: "LAT", fs: "font-size-100", bm: undefined })
    await keepPicture(page, `viss-mm-${name}`, "whole")
  }

  it("have a barrier where one is put", async () => {
    await orderAtMm()
    await page.evaluate(`document.documentElement.removeAttribute("lang")`)
    await page.evaluate(`document.querySelector("h1").style.color = "#eee"`)
    const found = await barriers(page)
    assert.match(found.join("\n"), /^serious html-has-lang/m)
    assert.match(found.join("\n"), /^serious color-contrast: .*h1/m)
  })

  it("have no barrier while the payer chooses a bank", async () => {
    await checkLooks(await orderAtMm(), "open", everyLook)
  })

  it.each([
    ["E", "paid"],
    ["R", "rejected"],
    ["O", "other"]
  ])("have no barrier when the request is %s", async (status, state) => {
    const url = await orderAtMm()
    await outcome(url, status)
    await checkLooks(url, state)
  })

  it("have no barrier after the deadline, nor for an id that nobody knows", async () => {
    const url = await orderAtMm()
    await turnClock(page, sample.address, "deadline")
    await checkLooks(url, "expired")
    await checkLooks(`${sample.providers.sandbox.ready.vissMm.ui}?id=05ae69d8-2be1-4a63-ae93-9d0e42e254f1`, "unknown")
  })

  it.each(languages)("have no barrier where a person looks for what is to be paid (%s)", async (language) => {
    const list = new URL(sample.providers.sandbox.ready.vissMm.kdv)
    list.searchParams.set("language", language)
    await page.goto(list.href)
    assert.deepEqual([await stateOf(page), await barriers(page)], ["ask", []])
    await page.fill("#code", "010190-19191")
    await press(page, "show")
    assert.deepEqual([await stateOf(page), await barriers(page)], ["nothing", []])
    assert.equal(await page.getAttribute("html", "lang"), language === "LAT" ? "lv" : "en")
  })

  it("offer the banks again after one refused, and have no barrier there", async () => {
    const url = await orderAtMm()
    await decideAtBank(page, "refuse")
    assert.equal(await stateOf(page), "open")
    assert.include(await textOf(page, '[role="status"]'), "The bank did not confirm the payment")
    await checkLooks(url, "open", eachOnce, "refused")
    await decideAtBank(page, "pay")
    await page.goto(url)
    assert.equal(await stateOf(page), "paid")
  })

  it.each(languages)(
    "in two tabs: the second is told what the first did, and neither has a barrier (%s)",
    async (language) => {
      const url = await orderAtMm()
      const tabs = [page, await use.context.newPage()] as const
      for (const tab of tabs) {
        await lookAt(tab, url, { language, fs: "font-size-100", bm: undefined })
        await press(tab, "choose-bank")
        assert.deepEqual(await barriers(tab), [], "the bank's page")
      }
      await keepPicture(page, "bank-decision", "whole")
      const bankPage = tabs[0].url()
      await press(tabs[0], "pay")
      await press(tabs[1], "pay")
      assert.equal(await stateOf(tabs[1]), "paid")
      assert.deepEqual(await barriers(tabs[1]), [], "the second tab")
      await tabs[1].goto(bankPage)
      assert.equal(await tabs[1].locator('[data-action="continue"]').count(), 1)
      assert.deepEqual(await barriers(tabs[1]), [], "the bank's page again")
      await tabs[1].goto(`${bankPage}0`)
      assert.deepEqual(await barriers(tabs[1]), [], "a page of the bank that is none")
      await tabs[1].goto(new URL("/nowhere", url).href)
      assert.deepEqual(await barriers(tabs[1]), [], "no page at all")
    }
  )

  it.each(["lv", "en"] as const)(
    "lead back to pages of ours without a barrier, paid, refused or too late (%s)",
    async (language) => {
      const reach = async (status: string): Promise<void> => {
        await waitForStatus(page, status)
        // The page loads itself anew when something happens; while it is looked at, it must stay.
        await page.route("**/assets/status.js", (route) => route.abort())
        await page.reload()
        await checkPage(page, language, status)
        await page.unroute("**/assets/status.js")
      }
      const end = async (status: string): Promise<void> => {
        await reach(status)
        await press(page, "again")
        await checkPage(page, language, `another try after ${status}`)
      }
      await order(page, sample.address, { language })
      await decideAtBank(page, "pay")
      await reach("paid")
      await setting({ rejectEndsRequest: true })
      await order(page, sample.address, { language, service: "dog-registration" })
      await decideAtBank(page, "refuse")
      await end("declined")
      await order(page, sample.address, { language })
      await press(page, "leave")
      await waitForStatus(page, "requires_action")
      const own = page.url()
      await turnClock(page, sample.address, "deadline")
      await page.goto(own)
      await end("expired")
      await page.goto(`${sample.address}/maksa/return/viss-mm/unknown`)
      assert.deepEqual(await barriers(page), [], "a return that nobody knows")
    }
  )

  it.each(contrasts)("can be used with the keyboard alone, and show where it is (%s)", async (bm) => {
    const tabTo = async (wanted: string): Promise<void> => {
      for (let tabs = 0; tabs < 20; tabs++) {
        await page.keyboard.press("Tab")
        const [name, outline] = await page.evaluate<readonly [string, string]>(focused)
        assert.equal(outline, "solid", `the focus on ${name} cannot be seen`)
        if (name === wanted) return
      }
      assert.fail(`${wanted} cannot be reached`)
    }
    const url = await orderAtMm()
    await lookAt(page, url, { language: "LAT", fs: "font-size-100", bm })
    await tabTo("language")
    await page.keyboard.press("Enter")
    await page.waitForSelector('html[lang="en"]')
    await tabTo("choose-bank")
    await page.keyboard.press("Enter")
    await page.waitForSelector('[data-action="pay"]')
    await tabTo("pay")
    await tabTo("refuse")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/orders\//)
    await page.goto(url)
    assert.equal(await stateOf(page), "paid")
    await tabTo("back")
  })

  it("tell a screen reader what is paid, to whom, and every bank by its name", async () => {
    const url = await orderAtMm()
    await lookAt(page, url, { language: "ENG", fs: "font-size-100", bm: undefined })
    const told = await page.locator("body").ariaSnapshot()
    for (const part of [
      "- banner:",
      "- main:",
      /- heading ".+" \[level=1\]/,
      /- table "What you pay for":/,
      '- columnheader "Amount"',
      /- rowheader "Total to pay"/,
      '- region "Choose how to pay":',
      /- list:\n\s+- listitem:\n\s+- button "/,
      '- button "Swedbank"',
      '- button "Go back to the service without paying"'
    ]) {
      assert.match(told, typeof part === "string" ? new RegExp(part) : part)
    }
    await outcome(url, "E")
    await lookAt(page, url, { language: "ENG", fs: "font-size-100", bm: undefined })
    assert.match(await page.locator("main").ariaSnapshot(), /- status: .*has been paid/)
  })

  it.each(languages)("need no sideways scrolling on a phone with the largest letters (%s)", async (language) => {
    const url = await orderAtMm()
    await page.setViewportSize({ width: 320, height: 640 })
    await lookAt(page, url, { language, fs: "font-size-150", bm: "yellow-on-black" })
    await keepPicture(page, `viss-mm-phone-${language.toLowerCase()}`, "whole")
    assert.deepEqual(
      await page.evaluate(cutOff("body, main, .card, tbody td, tfoot th, tfoot td, dd, dt, button, h1, h2, p")),
      []
    )
  })
})
