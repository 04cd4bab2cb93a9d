import { extractText, getDocumentProxy } from "unpdf"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { readXml, type XmlElement } from "../src/viss-mm/xmlRead.ts"
import { at, outcome, settings } from "./support/control.ts"
import { httpsCall, type CallOptions } from "./support/httpsCall.ts"
import { row, save } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const invoice = (format: "Pdf" | "Xml", id: string, options: CallOptions = {}) =>
  httpsCall(sandbox, `${sandbox.ready.vissMm.invoices}${format}/${id}`, options)

const paid = async (sample: object = {}): Promise<string> => {
  const { id } = await save(sandbox, sample)
  await outcome(sandbox, id, { status: "E", provider: "HABALV22" })
  return id
}

const pdfText = async (bytes: Uint8Array): Promise<string> => {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
  return text.replaceAll(/\s+/g, " ")
}

const find = (root: XmlElement, name: string): XmlElement =>
  root.children.find((child) => child.name === name) ?? assert.fail(`no ${name}`)

describe("the PDF of a paid request", () => {
  it("is a whole PDF whose text holds payee, account, payer, rows and total in Latvian letters", async () => {
    const id = await paid()
    const answer = await invoice("Pdf", id)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers["content-type"], "application/pdf")
    assert.equal(answer.body.subarray(0, 5).toString(), "%PDF-")
    assert.match(answer.body.subarray(-8).toString(), /%%EOF\s*$/)
    const text = await pdfText(answer.body)
    for (const part of [
      "PARAUGS",
      "Attaisnojuma dokuments",
      id,
      "Parauga valsts aģentūra",
      "LV67TREL9220123456000",
      "Izziņas sagatavošana",
      "Ernests Paraudziņš",
      "02Y70 payment",
      "1 x 7,11",
      "12,12",
      "Kopā: 19,23"
    ]) {
      assert.include(text, part)
    }
  })

  it("can be asked for with the id in upper case", async () => {
    const id = await paid()
    assert.equal((await invoice("Pdf", id.toUpperCase())).status, 200)
  })
})

describe("the XML of a paid request", () => {
  it("holds exact decimal texts and the request's id", async () => {
    const id = await paid({ rows: row("53", "0.5", "Quantity") + row("54", "1000000.10") })
    const answer = await invoice("Xml", id)
    assert.equal(answer.status, 200)
    assert.match(answer.headers["content-type"] ?? "", /^text\/xml/)
    const root = readXml(answer.body)
    assert.equal(root.attributes.get("specimen"), "PARAUGS")
    assert.equal(find(root, "PaymentRequestId").text, id)
    assert.equal(find(find(root, "Payee"), "Name").text, "Parauga valsts aģentūra")
    assert.equal(find(find(root, "Payer"), "Name").text, "Paraudziņš")
    assert.equal(find(root, "PaymentProvider").text, "HABALV22")
    const total = find(root, "Total")
    assert.equal(total.text, "1000003.66")
    assert.equal(total.attributes.get("currency"), "EUR")
    const amounts = find(root, "Rows").children.map((child) => find(child, "Amount").text)
    assert.deepEqual(amounts, ["3.56", "1000000.10"])
  })

  it("counts only the rows that were paid", async () => {
    const { id } = await save(sandbox)
    await outcome(sandbox, id, { status: "E", positions: ["54"] })
    const root = readXml((await invoice("Xml", id)).body)
    assert.equal(find(root, "Total").text, "12.12")
    assert.lengthOf(find(root, "Rows").children, 1)
  })

  it("says the sum that was really paid, where another one was", async () => {
    const { id } = await save(sandbox)
    const answer = await outcome(sandbox, id, { status: "E", amountMinor: "101", currency: "SEK" })
    assert.equal(at(answer, "payment", "money", "receivedMinor"), "101")
    assert.equal(at(answer, "payment", "money", "movements", 0, "currency"), "SEK")
    const total = find(readXml((await invoice("Xml", id)).body), "Total")
    assert.deepEqual([total.text, total.attributes.get("currency")], ["1.01", "SEK"])
  })

  it("contradicts what was asked under the faults wrong_amount and wrong_currency", async () => {
    const id = await paid()
    sandbox.faults.add({ operation: "Invoices/Xml", kind: "wrong_amount", times: 1 })
    assert.equal(find(readXml((await invoice("Xml", id)).body), "Total").text, "19.24")
    sandbox.faults.add({ operation: "Invoices/Xml", kind: "wrong_currency", times: 1 })
    assert.equal(find(readXml((await invoice("Xml", id)).body), "Total").attributes.get("currency"), "USD")
    assert.equal(find(readXml((await invoice("Xml", id)).body), "Total").text, "19.23")
  })
})

describe.each(["Pdf", "Xml"] as const)("no %s", (format) => {
  it.each(["P", "R", "O"])("while the status is %s: 404 as plain text", async (status) => {
    const { id } = await save(sandbox)
    if (status !== "P") await outcome(sandbox, id, { status })
    const answer = await invoice(format, id)
    assert.equal(answer.status, 404)
    assert.match(answer.headers["content-type"] ?? "", /^text\/plain/)
  })

  it("when the money is gone again", async () => {
    const id = await paid()
    await outcome(sandbox, id, { status: "R", force: true })
    assert.equal((await invoice(format, id)).status, 404)
  })

  it("when none was wanted, as the setting reads NoInvoice", async () => {
    const without = await paid({ noInvoice: "<d:NoInvoice>true</d:NoInvoice>" })
    const usual = await paid()
    assert.equal((await invoice(format, without)).status, 404)
    assert.equal((await invoice(format, usual)).status, 200)
    await settings(sandbox, { noInvoiceMeans: "document" })
    assert.equal((await invoice(format, without)).status, 200)
    assert.equal((await invoice(format, usual)).status, 404)
  })

  it("for an unknown id, and with the same words for another certificate's", async () => {
    const id = await paid()
    const unknown = await invoice(format, "05ae69d8-2be1-4a63-ae93-9d0e42e254f1")
    const foreign = await invoice(format, id, { client: "b" })
    assert.equal(unknown.status, 404)
    assert.equal(foreign.status, 404)
    assert.equal(foreign.text, unknown.text)
  })

  it("for a malformed id: 400", async () => {
    assert.equal((await invoice(format, "abc")).status, 400)
    assert.equal((await invoice(format, "05ae69d8-2be1-4a63-ae93-9d0e42e254f1x")).status, 400)
  })
})
