import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, control, ok, outcome, payer, settings } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { faultCode, row, save, saveBody, statusOf } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const unknown = "05ae69d8-2be1-4a63-ae93-9d0e42e254f1"

describe("outcomes", () => {
  it("of final requests are impossible without force", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E" })
    const refused = await control(sandbox, "POST", `/viss-mm/requests/${id}/outcome`, { status: "R" })
    assert.equal(refused.status, 409)
    assert.include(String(at(refused.body, "error")), "force")
    assert.equal(await statusOf(sandbox, id), "E")
    const forced = await outcome(sandbox, id, { status: "R", force: true })
    assert.equal(at(forced, "payment", "status"), "R")
    assert.equal(at(forced, "payment", "money", "receivedMinor"), "1923")
    assert.equal(at(forced, "payment", "money", "returnedMinor"), "1923")
    assert.lengthOf(Object(at(forced, "payment", "money", "movements")), 2)
  })

  it("forced onto an expired request are late money", async () => {
    const { id } = await save(sandbox)
    await sandbox.clock.advance(11 * 86_400_000)
    assert.equal(await statusOf(sandbox, id), "R")
    const late = await outcome(sandbox, id, { status: "E", provider: "HABALV22", force: true })
    assert.equal(at(late, "payment", "money", "receivedMinor"), "1923")
    assert.equal(await statusOf(sandbox, id), "E")
  })

  it("forced twice to E move the money twice", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E" })
    const again = await outcome(sandbox, id, { status: "E", force: true })
    assert.equal(at(again, "payment", "money", "receivedMinor"), "3846")
  })

  it("of O are not final", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "O" })
    await outcome(sandbox, id, { status: "E" })
    assert.equal(await statusOf(sandbox, id), "E")
  })

  it("of some positions move only their money; a row's R ends nothing while another row is open", async () => {
    const { id } = await save(sandbox)
    const refused = await outcome(sandbox, id, { status: "R", provider: "HABALV22", positions: ["53"] })
    assert.equal(at(refused, "payment", "status"), "P")
    assert.equal(at(refused, "payment", "rows", 0, "status"), "R")
    const paid = await outcome(sandbox, id, { status: "E", provider: "FIRSTDATA", positions: ["54"] })
    assert.equal(at(paid, "payment", "status"), "E")
    assert.equal(at(paid, "payment", "money", "receivedMinor"), "1212")
    assert.equal(at(paid, "payment", "rows", 0, "status"), "R")
  })

  it("of every position one by one end with R", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "R", positions: ["53"] })
    await outcome(sandbox, id, { status: "R", positions: ["54"] })
    assert.equal(await statusOf(sandbox, id), "R")
  })

  it.each([
    {},
    { status: "X" },
    { status: "E", positions: [] },
    { status: "E", positions: ["9"] },
    { status: "E", force: 1 }
  ])("that make no sense are refused: %j", async (body) => {
    const { id } = await save(sandbox)
    assert.equal((await control(sandbox, "POST", `/viss-mm/requests/${id}/outcome`, body)).status, 400)
    assert.equal(await statusOf(sandbox, id), "P")
  })

  it("of unknown requests are not found", async () => {
    assert.equal((await control(sandbox, "POST", `/viss-mm/requests/${unknown}/outcome`, { status: "E" })).status, 404)
    assert.equal((await control(sandbox, "POST", `/viss-mm/requests/${unknown}/payer`, { action: "open" })).status, 404)
  })
})

describe("a payer without a browser", () => {
  it("opens, chooses a bank, confirms and is sent back", async () => {
    const { id, url } = await save(sandbox)
    const opened = await payer(sandbox, id, { action: "open" })
    assert.equal(at(opened, "url"), url)
    assert.equal(at(opened, "banks", 0), "DEMO0000")
    const bank = await payer(sandbox, id, { action: "choose_bank", bank: "HABALV22" })
    assert.equal(at(bank, "page"), "bank")
    assert.equal((await fetch(String(at(bank, "url")))).status, 200)
    const confirmed = await payer(sandbox, id, { action: "confirm" })
    assert.deepEqual(confirmed, { redirect: `http://127.0.0.1:9/back?id=${id}` })
    assert.equal(await statusOf(sandbox, id), "E")
  })

  it("refuses, or leaves from either page", async () => {
    const { id } = await save(sandbox)
    const redirect = `http://127.0.0.1:9/back?id=${id}`
    assert.deepEqual(await payer(sandbox, id, { action: "leave" }), { redirect })
    await payer(sandbox, id, { action: "choose_bank" })
    assert.deepEqual(await payer(sandbox, id, { action: "leave" }), { redirect })
    assert.equal(await statusOf(sandbox, id), "P")
    await payer(sandbox, id, { action: "choose_bank" })
    const { page, url } = (await payer(sandbox, id, { action: "refuse" })) as { page: string; url: string } // documented
    assert.equal(page, "payment")
    assert.equal((await fetch(url)).status, 200)
    assert.equal(await statusOf(sandbox, id), "P")
    await settings(sandbox, { rejectEndsRequest: true })
    await payer(sandbox, id, { action: "choose_bank" })
    assert.deepEqual(await payer(sandbox, id, { action: "refuse" }), { redirect })
    assert.equal(await statusOf(sandbox, id), "R")
  })

  it.each(["confirm", "refuse", "names", "iban", "consent", "refuse_consent"])(
    "cannot %s before a bank is chosen",
    async (action) => {
      const { id } = await save(sandbox)
      assert.equal((await control(sandbox, "POST", `/viss-mm/requests/${id}/payer`, { action })).status, 409)
      assert.equal(await statusOf(sandbox, id), "P")
    }
  )

  it("cannot choose a bank that is not offered, nor for a paid request, nor do what nobody knows", async () => {
    const { id } = await save(sandbox)
    const act = (body: object) => control(sandbox, "POST", `/viss-mm/requests/${id}/payer`, body)
    assert.equal((await act({ action: "choose_bank", bank: "NOBANK00" })).status, 409)
    assert.equal((await act({ action: "dance" })).status, 400)
    assert.equal((await act({ action: "choose_bank", bank: 1 })).status, 400)
    await outcome(sandbox, id, { status: "E" })
    assert.equal((await act({ action: "choose_bank" })).status, 409)
  })
})

describe("what the control API shows", () => {
  it("is every payment, without the payer's personal data", async () => {
    const { id } = await save(sandbox)
    const listed = JSON.stringify(await ok(sandbox, "GET", "/payments"))
    const one = JSON.stringify(await ok(sandbox, "GET", `/payments/${id}`))
    for (const text of [listed, one]) {
      assert.include(text, id)
      for (const secret of ["31129900000", "Ernests", "Paraudzi"]) assert.notInclude(text, secret)
    }
    assert.equal((await control(sandbox, "GET", `/payments/${unknown}`)).status, 404)
  })

  it("includes the calls about a payment, with the client's certificate", async () => {
    const { id } = await save(sandbox)
    await statusOf(sandbox, id)
    await statusOf(sandbox, unknown).catch(() => undefined)
    const payment = await ok(sandbox, "GET", `/payments/${id}`)
    assert.equal(at(payment, "calls", 0, "operation"), "SavePaymentRequest")
    assert.equal(at(payment, "calls", 1, "operation"), "CheckPaymentRequestStatus")
    assert.equal(at(payment, "calls", 1, "clientCertificate"), "Maksa client a")
    assert.isUndefined(at(payment, "calls", 2))
    const all = await ok(sandbox, "GET", "/calls")
    assert.lengthOf(Object(at(all, "calls")), 3)
  })

  it("masks credentials and personal data in paths", async () => {
    const url = `${sandbox.ready.vissMm.invoices}Xml/x?MM_Cert=MIIabc&token=t0ken&code=311299-00000&mail=a@b.lv&to=LV67TREL9220123456000`
    await httpsCall(sandbox, url)
    const text = JSON.stringify(sandbox.calls())
    for (const secret of ["MIIabc", "t0ken", "311299", "a@b.lv", "LV67"]) assert.notInclude(text, secret)
  })

  it("answers unknown calls and malformed JSON as JSON", async () => {
    assert.equal((await control(sandbox, "GET", "/nothing")).status, 404)
    const response = await fetch(`${sandbox.ready.control}/clock/advance`, {
      method: "POST",
      body: "{",
      headers: { "content-type": "application/json" }
    })
    assert.equal(response.status, 400)
    assert.isString(at(await response.json(), "error"))
    assert.equal((await control(sandbox, "POST", "/clock/advance", { duration: "7 days" })).status, 400)
    assert.equal((await control(sandbox, "POST", "/clock/advance", {})).status, 400)
  })
})

describe("catalogue and settings", () => {
  it.each([
    ["02Y70", "53"],
    ["02Y70", "54"],
    ["DEM11", "1"],
    ["DEM11", "2"],
    ["03G10", "2346"],
    ["00001", "1"],
    ["00001", "2"],
    ["1L0Y0", "172"]
  ])("hold step %s with position %s of the guide's samples", async (serviceStep, position) => {
    const { id } = await save(sandbox, { serviceStep, rows: row(position, "2", "Quantity") })
    assert.match(String(at(sandbox.payment(id), "amountMinor")), /^\d+$/)
  })

  it("have valid IBANs", async () => {
    const catalogue = await ok(sandbox, "GET", "/viss-mm/catalogue")
    const services = at(catalogue, "services")
    assert.isArray(services)
    const ibans = Object.values(Object(services)).map((service) => String(at(service, "iban")))
    assert.isAbove(ibans.length, 7)
    for (const iban of ibans) {
      const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
        String(Number.parseInt(letter, 36))
      )
      assert.equal(BigInt(digits) % 97n, 1n, iban)
    }
  })

  it("take new steps and new prices", async () => {
    const step = {
      step: "NEW01",
      name: "Jauns",
      payee: "Kāds",
      iban: "LV33TREL9220123457000",
      positions: [{ code: "7", title: { lv: "Viens", en: "One" }, unitPrice: "0.33" }]
    }
    assert.equal((await control(sandbox, "POST", "/viss-mm/catalogue", step)).status, 201)
    const { id } = await save(sandbox, { serviceStep: "NEW01", rows: row("7", "3", "Quantity") })
    assert.equal(at(sandbox.payment(id), "amountMinor"), "99")
    sandbox.reset()
    assert.equal(await faultCode(sandbox, saveBody({ serviceStep: "NEW01" })), "SIM-101")
  })

  it.each([
    {},
    { step: "X", name: "x", payee: "p", iban: "nope", positions: [{ code: "1", title: "t", unitPrice: "1.00" }] },
    { step: "X", name: "x", payee: "p", iban: "LV33TREL9220123457000", positions: [] },
    {
      step: "X",
      name: "x",
      payee: "p",
      iban: "LV33TREL9220123457000",
      positions: [{ code: "1", title: "t", unitPrice: "1.005" }]
    },
    {
      step: "X",
      name: "x",
      payee: "p",
      iban: "LV33TREL9220123457000",
      positions: [{ code: "1", title: "t", unitPrice: 1 }]
    }
  ])("refuse a step that makes no sense: %j", async (step) => {
    assert.equal((await control(sandbox, "POST", "/viss-mm/catalogue", step)).status, 400)
  })

  it.each<object>([
    { unknownSetting: true },
    { appendId: "sometimes" },
    { strict: "yes" },
    { notificationRepeats: -1 },
    { notificationRepeatEvery: "soon" },
    { priceListItemName: "a b" },
    { toString: true }
  ])("refuse a wrong change as a whole: %j", async (change) => {
    const before = await ok(sandbox, "GET", "/viss-mm/settings")
    const answer = await control(sandbox, "PATCH", "/viss-mm/settings", { rejectEndsRequest: true, ...change })
    assert.equal(answer.status, 400)
    assert.deepEqual(await ok(sandbox, "GET", "/viss-mm/settings"), before)
  })

  it.each([
    ["half_up", "73"],
    ["half_even", "72"],
    ["down", "72"]
  ])("round a quantity's price %s: 1.45 x 0.5 is %s cents", async (quantityRounding, expected) => {
    await settings(sandbox, { quantityRounding })
    await ok(sandbox, "POST", "/viss-mm/catalogue", {
      step: "HALF1",
      name: "Puse",
      payee: "Kāds",
      iban: "LV33TREL9220123457000",
      positions: [{ code: "1", title: "x", unitPrice: "1.45" }]
    })
    const { id } = await save(sandbox, { serviceStep: "HALF1", rows: row("1", "0.5", "Quantity") })
    assert.equal(at(sandbox.payment(id), "amountMinor"), expected)
  })
})
