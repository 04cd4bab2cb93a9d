import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, outcome, settings } from "./support/control.ts"
import { save, statusOf } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

interface Page {
  readonly status: number
  readonly html: string
  readonly state: string | undefined
  readonly actions: ReadonlyArray<string>
}

const visit = async (url: string): Promise<Page> => {
  const response = await fetch(url)
  const html = await response.text()
  const actions = [...html.matchAll(/data-action="([\w-]+)"/g)].map((found) => found[1] ?? "")
  return { status: response.status, html, state: /data-state="(\w+)"/.exec(html)?.[1], actions }
}

/** Presses a button: posts a form and answers where the browser is sent. */
const press = async (url: string, fields: Record<string, string>): Promise<{ status: number; location: string }> => {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" })
  return { status: response.status, location: response.headers.get("location") ?? "" }
}

const chooseBank = (id: string, bank: string, more: Record<string, string> = {}) =>
  press(`${sandbox.ready.vissMm.ui}bank`, { id, bank, language: "LAT", ...more })

const money = (id: string): unknown => at(sandbox.payment(id), "money", "receivedMinor")

const offered = (page: Page): ReadonlyArray<string> =>
  [...page.html.matchAll(/data-bank="(\w+)"/g)].map((found) => found[1] ?? "")

const backOf = (id: string): string => `http://127.0.0.1:9/back?id=${id}`

describe("the payer's page", () => {
  it("shows payee, account, rows, total and deadline, and offers every bank, the payer's own first", async () => {
    const { url } = await save(sandbox, { swiftCode: "UNLALV2X" })
    const page = await visit(url)
    assert.equal(page.status, 200)
    assert.equal(page.state, "open")
    for (const part of [
      "Parauga valsts aģentūra",
      "LV67TREL9220123456000",
      "02Y70 payment",
      "7,11",
      "12,12",
      "19,23"
    ]) {
      assert.include(page.html, part)
    }
    assert.include(page.html, '<html lang="lv"')
    assert.deepEqual(offered(page), ["UNLALV2X", "DEMO0000", "HABALV22", "PARXLV22", "RIKOLV2X", "FIRSTDATA"])
    assert.include(page.actions, "leave")
  })

  it("offers only the allowed banks, and takes no other", async () => {
    const banks = ["DEMO0000", "HABALV22"]
    const list = banks.map(
      (code) => `<d:AllowedBankStructure><d:SwiftCode>${code}</d:SwiftCode></d:AllowedBankStructure>`
    )
    const { id, url } = await save(sandbox, { allowedBanks: `<d:AllowedBanks>${list.join("")}</d:AllowedBanks>` })
    assert.deepEqual(offered(await visit(url)), banks)
    const other = await chooseBank(id, "UNLALV2X")
    assert.equal(other.status, 200)
    assert.equal(other.location, "")
  })

  it("honours language, fs and bm, and ignores other values", async () => {
    const { url } = await save(sandbox)
    const page = await visit(`${url}&bm=yellow-on-black&fs=font-size-150&language=ENG`)
    assert.include(page.html, '<html lang="en" class="font-size-150 yellow-on-black"')
    assert.include(page.html, "Choose how to pay")
    const odd = await visit(`${url}&bm=red&fs="><script>&language=RUS`)
    assert.include(odd.html, '<html lang="lv" class=""')
    assert.notInclude(odd.html, "<script>")
  })

  it("escapes what the caller wrote", async () => {
    const { id } = await save(sandbox)
    const { url } = await save(sandbox, { responseUrl: "http://127.0.0.1:9/&quot;&gt;&lt;script&gt;x" })
    await outcome(sandbox, id, { status: "E" })
    assert.notInclude((await visit(url)).html, "<script>")
  })

  it("beside which there is none is a plain 404 page", async () => {
    const page = await visit(new URL("/nowhere", sandbox.ready.vissMm.ui).href)
    assert.equal(page.status, 404)
    assert.include(page.html, "There is no such page")
  })

  it("for an unknown, malformed or missing id is a 404 page", async () => {
    for (const query of ["?id=05ae69d8-2be1-4a63-ae93-9d0e42e254f1", "?id=x", "?id=a&id=b", ""]) {
      const page = await visit(sandbox.ready.vissMm.ui + query)
      assert.equal(page.status, 404)
      assert.equal(page.state, "unknown")
    }
  })

  it.each([
    ["E", "paid"],
    ["R", "rejected"],
    ["O", "other"]
  ])("of a request in %s says so and offers no bank", async (status, state) => {
    const { id, url } = await save(sandbox)
    await outcome(sandbox, id, { status })
    const page = await visit(url)
    assert.equal(page.state, state)
    assert.deepEqual(
      page.actions.filter((action) => action === "choose-bank"),
      []
    )
    assert.include(page.html, `http://127.0.0.1:9/back?id=${id}`)
    assert.equal((await chooseBank(id, "DEMO0000")).location, "")
  })

  it("of an expired request says so and offers no bank", async () => {
    const { id, url } = await save(sandbox)
    await sandbox.clock.advance(11 * 86_400_000)
    assert.equal((await visit(url)).state, "expired")
    assert.equal((await chooseBank(id, "DEMO0000")).location, "")
  })
})

describe("paying", () => {
  it("goes to the bank, and after confirming back to ResponseUrl with the id", async () => {
    const { id } = await save(sandbox)
    const toBank = await chooseBank(id, "HABALV22")
    assert.equal(toBank.status, 303)
    assert.isTrue(toBank.location.startsWith(sandbox.ready.bank))
    const bankPage = await visit(toBank.location)
    assert.includeMembers([...bankPage.actions], ["pay", "refuse", "leave"])
    assert.include(bankPage.html, "19,23")
    assert.include(bankPage.html, "Swedbank")
    assert.equal((await press(toBank.location, { result: "confirm" })).location, backOf(id))
    assert.equal(await statusOf(sandbox, id), "E")
    assert.equal(money(id), "1923")
  })

  it("that the payer refuses ends the request with R when the setting says so", async () => {
    await settings(sandbox, { rejectEndsRequest: true })
    const { id } = await save(sandbox)
    const { location } = await chooseBank(id, "HABALV22")
    assert.equal((await press(location, { result: "refuse" })).location, backOf(id))
    assert.equal(await statusOf(sandbox, id), "R")
    assert.equal(money(id), "0")
  })

  it("that the payer refuses leads back to the banks, and each can be tried", async () => {
    const { id, url } = await save(sandbox)
    const first = await chooseBank(id, "HABALV22")
    const back = await press(first.location, { result: "refuse" })
    assert.equal(back.location, url)
    assert.equal(await statusOf(sandbox, id), "P")
    assert.include((await visit(url)).html, "Banka maksājumu neapstiprināja")
    const second = await chooseBank(id, "DEMO0000")
    await press(second.location, { result: "confirm" })
    assert.equal(await statusOf(sandbox, id), "E")
    assert.equal(money(id), "1923")
  })

  it("that the payer walks away from leaves the request open", async () => {
    const { id } = await save(sandbox)
    const { location } = await chooseBank(id, "HABALV22")
    assert.equal((await press(location, { result: "leave" })).location, backOf(id))
    assert.equal((await press(`${sandbox.ready.vissMm.ui}leave`, { id })).location, backOf(id))
    assert.equal(await statusOf(sandbox, id), "P")
  })

  it("in two tabs moves money once: the second tab is told", async () => {
    const { id, url } = await save(sandbox)
    const one = await chooseBank(id, "HABALV22")
    const two = await chooseBank(id, "UNLALV2X")
    assert.notEqual(one.location, two.location)
    const results = await Promise.all([
      press(one.location, { result: "confirm" }),
      press(two.location, { result: "confirm" })
    ])
    assert.sameMembers(
      results.map((result) => result.location),
      [backOf(id), url]
    )
    assert.equal((await visit(url)).state, "paid")
    assert.equal(money(id), "1923")
    assert.equal((await press(one.location, { result: "confirm" })).location.length > 0, true)
    assert.equal(money(id), "1923")
  })

  it.each([
    [false, "E", "1923"],
    [true, "R", "0"]
  ])("refused in one tab and confirmed in the other: rejectEndsRequest %s gives %s", async (ends, status, cents) => {
    await settings(sandbox, { rejectEndsRequest: ends })
    const { id } = await save(sandbox)
    const one = await chooseBank(id, "HABALV22")
    const two = await chooseBank(id, "UNLALV2X")
    await press(one.location, { result: "refuse" })
    await press(two.location, { result: "confirm" })
    assert.equal(await statusOf(sandbox, id), status)
    assert.equal(money(id), cents)
  })

  it("confirmed after the deadline moves no money, unless the setting allows late payments", async () => {
    const first = await save(sandbox)
    const early = await chooseBank(first.id, "HABALV22")
    await sandbox.clock.advance(11 * 86_400_000)
    assert.equal((await press(early.location, { result: "confirm" })).location, first.url)
    assert.equal(await statusOf(sandbox, first.id), "R")
    assert.equal(money(first.id), "0")

    await settings(sandbox, { latePayments: true })
    const second = await save(sandbox)
    const late = await chooseBank(second.id, "HABALV22")
    await sandbox.clock.advance(11 * 86_400_000)
    assert.equal((await press(late.location, { result: "confirm" })).location, backOf(second.id))
    assert.equal(await statusOf(sandbox, second.id), "E")
    assert.equal(money(second.id), "1923")
  })

  it("keeps the look of the page when it comes back to it", async () => {
    const { id } = await save(sandbox)
    const look = { language: "ENG", fs: "font-size-125", bm: "black-on-yellow" }
    const one = await chooseBank(id, "HABALV22", look)
    const two = await chooseBank(id, "HABALV22", look)
    assert.include((await visit(one.location)).html, '<html lang="en"')
    await press(one.location, { result: "confirm" })
    const told = await press(two.location, { result: "confirm" })
    const page = await visit(told.location)
    assert.include(page.html, 'class="font-size-125 black-on-yellow"')
    assert.include(page.html, "Already paid")
  })

  it("moves a cent less, or another currency, under the faults of operation payment", async () => {
    const { id } = await save(sandbox)
    sandbox.faults.add({ operation: "payment", kind: "wrong_amount", times: 1, match: { paymentId: id } })
    const { location } = await chooseBank(id, "HABALV22")
    await press(location, { result: "confirm" })
    assert.equal(money(id), "1922")
    const other = await save(sandbox)
    sandbox.faults.add({ operation: "payment", kind: "wrong_currency", times: 1 })
    await outcome(sandbox, other.id, { status: "E" })
    assert.equal(at(sandbox.payment(other.id), "money", "movements", 0, "currency"), "USD")
  })
})
