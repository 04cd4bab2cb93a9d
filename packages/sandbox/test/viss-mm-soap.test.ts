import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, outcome, settings } from "./support/control.ts"
import { faultCode, inEnvelope, post, row, save, saveBody, statusOf, textOf } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const payment = (id: string): object => sandbox.payment(id) ?? assert.fail("no such payment")

const expiresAt = async (sample: object): Promise<unknown> => at(payment((await save(sandbox, sample)).id), "expiresAt")

const ask = (operation: string, id: string, more = ""): Promise<string> =>
  post(
    sandbox,
    inEnvelope(`<t:${operation}><t:paymentRequestId>${id}</t:paymentRequestId>${more}</t:${operation}>`)
  ).then((answer) => answer.text)

const statusBody = (wanted: string): string =>
  `<t:CheckPaymentRequestStatus><t:paymentRequestId>${wanted}</t:paymentRequestId></t:CheckPaymentRequestStatus>`

const dates = (expiry: string): string =>
  `<d:ExpiryDate>${expiry}</d:ExpiryDate><d:ExpiryDateSpecified>true</d:ExpiryDateSpecified>`

describe("SavePaymentRequest", () => {
  it("answers an id and the payer's page, and prices quantities from the catalogue", async () => {
    const { id, url } = await save(sandbox)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(url, `${sandbox.ready.vissMm.ui}?id=${id}`)
    assert.equal(at(payment(id), "amountMinor"), "1923")
    assert.equal(at(payment(id), "status"), "P")
    assert.equal(at(payment(id), "money", "receivedMinor"), "0")
  })

  it.each([
    ["4.56", "1", "Quantity", "1140"],
    ["0.54", "2", "Amount", "54"],
    ["0.001", "1", "Amount", undefined],
    ["12.00", "1", "Amount", "1200"],
    ["12.100", "1", "Amount", "1210"],
    [" 7 ", "1", "Amount", "700"],
    ["0.0", "1", "Amount", undefined],
    ["-1", "1", "Amount", undefined],
    ["0", "1", "Quantity", undefined],
    ["0.001", "1", "Quantity", undefined],
    ["0.002", "1", "Quantity", "1"],
    ["9999999999999", "1", "Amount", undefined]
  ])("takes Item %j of position %s as %s to mean %s cents", async (item, position, kind, expected) => {
    const body = { serviceStep: "DEM11", rows: row(position, item, kind) }
    if (expected === undefined) {
      assert.equal(await faultCode(sandbox, saveBody(body)), kind === "Amount" ? "SIM-104" : "SIM-105")
    } else {
      const { id } = await save(sandbox, body)
      assert.equal(at(payment(id), "amountMinor"), expected)
    }
  })

  it.each([
    ["SIM-101", { serviceStep: "ZZZZZ" }],
    ["SIM-102", { rows: row("99", "1") }],
    ["SIM-103", { rows: "" }],
    ["SIM-106", { dates: dates("2020-01-01T00:00:00Z") }],
    ["SIM-107", { swiftCode: "NOBANK00" }],
    [
      "SIM-107",
      {
        allowedBanks:
          "<d:AllowedBanks><d:AllowedBankStructure><d:SwiftCode>NOBANK00</d:SwiftCode></d:AllowedBankStructure></d:AllowedBanks>"
      }
    ],
    [
      "SIM-108",
      { parent: "<d:ParentPaymentRequestID>05ae69d8-2be1-4a63-ae93-9d0e42e254f1</d:ParentPaymentRequestID>" }
    ],
    ["SIM-111", { responseUrl: "" }],
    ["SIM-111", { responseUrl: "ftp://127.0.0.1/x" }],
    ["SIM-111", { serverResponseUrl: "not a url" }]
  ])("refuses with %s: %j", async (code, sample) => {
    assert.equal(await faultCode(sandbox, saveBody(sample)), code)
    assert.lengthOf(sandbox.payments(), 0)
  })

  it("refuses an envelope without a request with SIM-100", async () => {
    const body = `<t:SavePaymentRequest><t:paymentRequest><d:PaymentRequest i:nil="true"/></t:paymentRequest></t:SavePaymentRequest>`
    assert.equal(await faultCode(sandbox, body), "SIM-100")
  })

  it.each([
    ["Item", row("53", "1e3")],
    ["Item", row("53", "12,12")],
    ["Item", row("53", "NaN")],
    ["ItemElementName", row("53", "1", "Sum")],
    ["Item", row("53", "1".repeat(40))]
  ])("answers WCF's deserialization fault for a bad %s", async (member, rows) => {
    const answer = await post(sandbox, inEnvelope(saveBody({ rows })))
    assert.equal(answer.status, 500)
    assert.equal(textOf(answer.text, "faultcode"), "a:DeserializationFailed")
    assert.include(answer.text, `'${member}'`)
  })

  it("writes the fault's detail as PaymentRequestFault with ErrorCode and Message", async () => {
    const answer = await post(
      sandbox,
      inEnvelope(saveBody({ serviceStep: "a<b&c".replaceAll("<", "&lt;").replaceAll("&c", "&amp;c") }))
    )
    assert.equal(answer.status, 500)
    assert.match(answer.headers["content-type"] ?? "", /^text\/xml/)
    assert.equal(textOf(answer.text, "ErrorCode"), "SIM-101")
    assert.include(textOf(answer.text, "Message"), "a&lt;b&amp;c")
    assert.include(answer.text, '<faultstring xml:lang="lv-LV">')
  })

  it("lets a second request name the first as its parent", async () => {
    const first = await save(sandbox)
    const parent = `<d:ParentPaymentRequestID>${first.id.toUpperCase()}</d:ParentPaymentRequestID>`
    const second = await save(sandbox, { parent })
    assert.notEqual(second.id, first.id)
    const foreign = await faultCode(sandbox, saveBody({ parent }), { client: "b" })
    assert.equal(foreign, "SIM-108")
  })

  it("gives the same ids again after a reset, because the seed is the same", async () => {
    const before = await save(sandbox)
    sandbox.reset()
    assert.lengthOf(sandbox.payments(), 0)
    const after = await save(sandbox)
    assert.equal(after.id, before.id)
  })
})

describe("the deadline", () => {
  it("counts with its Specified flag", async () => {
    const soon = new Date(sandbox.clock.now() + 86_400_000).toISOString()
    assert.equal(await expiresAt({ dates: dates(soon) }), soon)
  })

  it("without the flag is dropped, and ten days apply", async () => {
    const soon = new Date(sandbox.clock.now() + 86_400_000).toISOString()
    const found = await expiresAt({ dates: `<d:ExpiryDate>${soon}</d:ExpiryDate>` })
    assert.approximately(Date.parse(String(found)), sandbox.clock.now() + 10 * 86_400_000, 5000)
    await settings(sandbox, { expiryNeedsSpecified: false })
    assert.equal(await expiresAt({ dates: `<d:ExpiryDate>${soon}</d:ExpiryDate>` }), soon)
  })

  it("given as a date alone means the end of that day in Riga", async () => {
    assert.equal(await expiresAt({ dates: dates("2031-07-01") }), "2031-07-01T20:59:59.000Z")
    assert.equal(await expiresAt({ dates: dates("2031-12-01") }), "2031-12-01T21:59:59.000Z")
  })

  it("in the guide's impossible offset +3:00 is refused strictly and read leniently", async () => {
    const body = saveBody({ dates: dates("2031-07-01T15:45:00+3:00") })
    assert.equal(await faultCode(sandbox, body), "a:DeserializationFailed")
    await settings(sandbox, { strict: false })
    assert.equal(await expiresAt({ dates: dates("2031-07-01T15:45:00+3:00") }), "2031-07-01T12:45:00.000Z")
  })

  it("turns an unpaid request to R", async () => {
    const { id } = await save(sandbox)
    await sandbox.clock.advance(9 * 86_400_000)
    assert.equal(await statusOf(sandbox, id), "P")
    await sandbox.clock.advance(86_400_000)
    assert.equal(await statusOf(sandbox, id), "R")
    assert.equal(at(payment(id), "expired"), true)
  })

  it("leaves a paid request alone", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E" })
    await sandbox.clock.advance(11 * 86_400_000)
    assert.equal(await statusOf(sandbox, id), "E")
  })
})

describe("status calls", () => {
  it("tell each status, and the id may be in upper case", async () => {
    for (const status of ["O", "E"]) {
      const { id } = await save(sandbox)
      await outcome(sandbox, id, { status })
      assert.equal(await statusOf(sandbox, id.toUpperCase()), status)
    }
  })

  it("refuse unknown and malformed ids with SIM-109 and another certificate's with SIM-110", async () => {
    const { id } = await save(sandbox)
    assert.equal(await faultCode(sandbox, statusBody("05ae69d8-2be1-4a63-ae93-9d0e42e254f1")), "SIM-109")
    assert.equal(await faultCode(sandbox, statusBody("nonsense")), "SIM-109")
    assert.equal(await faultCode(sandbox, statusBody("")), "SIM-109")
    assert.equal(await faultCode(sandbox, statusBody(id), { client: "b" }), "SIM-110")
  })

  it("CheckPaymentRequestStatusWpt lists the banks, joined by a semicolon", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "O", provider: "HABALV22", positions: ["53"] })
    await outcome(sandbox, id, { status: "O", provider: "FIRSTDATA", positions: ["54"] })
    const text = await ask("CheckPaymentRequestStatusWpt", id)
    assert.equal(textOf(text, "PaymentProviders"), "HABALV22;FIRSTDATA")
    assert.equal(textOf(text, "RequestStatus"), "O")
    assert.isBelow(text.indexOf("a:PaymentProviders"), text.indexOf("a:RequestStatus"))
  })

  it("CheckPaymentStatus answers a text without a position and a structure with one", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "R", provider: "HABALV22", positions: ["53"] })
    assert.equal(textOf(await ask("CheckPaymentStatus", id), "CheckPaymentStatusResult"), "P")
    const refused = await ask("CheckPaymentStatus", id, "<t:position>53</t:position>")
    assert.equal(textOf(refused, "PaymentProvider"), "HABALV22")
    assert.equal(textOf(refused, "RequestStatus"), "R")
    const open = await ask("CheckPaymentStatus", id, "<t:position>54</t:position>")
    assert.equal(textOf(open, "RequestStatus"), "P")
    assert.equal(textOf(await ask("CheckPaymentStatus", id, "<t:position>9</t:position>"), "ErrorCode"), "SIM-102")
  })

  it("CheckPaymentStatus answers in the form that was not asked for under the fault wrong_profile", async () => {
    const { id } = await save(sandbox)
    sandbox.faults.add({ operation: "CheckPaymentStatus", kind: "wrong_profile", times: 2 })
    const structure = await ask("CheckPaymentStatus", id)
    assert.equal(textOf(structure, "RequestStatus"), "P")
    const text = await ask("CheckPaymentStatus", id, "<t:position>53</t:position>")
    assert.equal(textOf(text, "CheckPaymentStatusResult"), "P")
    assert.equal(textOf(await ask("CheckPaymentStatus", id), "CheckPaymentStatusResult"), "P")
  })
})
