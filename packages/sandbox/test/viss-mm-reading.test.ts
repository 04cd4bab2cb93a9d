import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, settings } from "./support/control.ts"
import { dataNamespace, faultCode, inEnvelope, post, row, save, saveBody, textOf } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const saved = async (envelope: string): Promise<object> => {
  const answer = await post(sandbox, envelope)
  const id = textOf(answer.text, "PaymentRequestId") ?? assert.fail(answer.text)
  return sandbox.payment(id) ?? assert.fail("not stored")
}

const swapped = saveBody().replace(
  /(<d:PaymentObject>.*?<\/d:PaymentObject>)(<d:PriceList>.*?<\/d:PriceList>)/,
  (_whole, object: string, list: string) => list + object
)
const unwrapped = saveBody({ rows: row("53", "1", "Quantity") + row("54", "12.12") }).replaceAll(
  /<\/?d:PriceListStructure>/g,
  ""
)

describe("reading a request like DataContractSerializer", () => {
  it("takes any prefixes, and the data namespace as the default one", async () => {
    const body = saveBody()
      .replaceAll("<d:", "<")
      .replaceAll("</d:", "</")
      .replaceAll("<t:", "<q9:")
      .replaceAll("</t:", "</q9:")
    const envelope = inEnvelope(body.replace("<q9:paymentRequest>", `<q9:paymentRequest xmlns="${dataNamespace}">`))
    assert.equal(at(await saved(envelope.replaceAll("xmlns:t=", "xmlns:q9=")), "amountMinor"), "1923")
  })

  it("ignores elements out of order; lenient reading takes them", async () => {
    assert.isUndefined(at(await saved(inEnvelope(swapped)), "paymentObject"))
    await settings(sandbox, { strict: false })
    assert.equal(at(await saved(inEnvelope(swapped)), "paymentObject"), "02Y70 payment")
  })

  it("ignores elements of a foreign namespace; lenient reading takes them", async () => {
    const body = saveBody().replaceAll("d:PaymentObject", "t:PaymentObject")
    assert.isUndefined(at(await saved(inEnvelope(body)), "paymentObject"))
    await settings(sandbox, { strict: false })
    assert.equal(at(await saved(inEnvelope(body)), "paymentObject"), "02Y70 payment")
  })

  it("knows no operation of a foreign namespace; lenient reading does", async () => {
    const body = saveBody().replaceAll(/<(\/?)t:/g, "<$1d:")
    const answer = await post(sandbox, inEnvelope(body))
    assert.equal(textOf(answer.text, "faultcode"), "a:ActionNotSupported")
    assert.lengthOf(sandbox.payments(), 0)
    await settings(sandbox, { strict: false })
    assert.equal(at(await saved(inEnvelope(body)), "amountMinor"), "1923")
  })

  it("reads an empty list from unwrapped rows; lenient reading takes them", async () => {
    assert.equal(await faultCode(sandbox, unwrapped), "SIM-103")
    await settings(sandbox, { strict: false })
    assert.equal(at(await saved(inEnvelope(unwrapped)), "amountMinor"), "1923")
  })

  it("reads the annex's row name only leniently, or when the setting names it", async () => {
    const annex = saveBody().replaceAll("PriceListStructure", "PriceList")
    assert.equal(await faultCode(sandbox, annex), "SIM-103")
    await settings(sandbox, { priceListItemName: "PriceList" })
    assert.equal(at(await saved(inEnvelope(annex)), "amountMinor"), "1923")
    await settings(sandbox, { priceListItemName: "PriceListStructure", strict: false })
    assert.equal(at(await saved(inEnvelope(annex)), "amountMinor"), "1923")
  })

  it("treats nil, empty and absent texts alike, and ignores unknown members", async () => {
    const body = saveBody({ parent: `<d:ParentPaymentRequestID i:nil="true"/>` })
      .replace("02Y70 payment", "")
      .replace("<d:SwiftCode>DEMO0000</d:SwiftCode>", `<d:SwiftCode i:nil="1">ignored</d:SwiftCode><d:Zzz>1</d:Zzz>`)
    const payment = await saved(inEnvelope(body))
    assert.isUndefined(at(payment, "paymentObject"))
    assert.isUndefined(at(payment, "swiftCode"))
    assert.isUndefined(at(payment, "parentId"))
    assert.equal(at(payment, "payer", "name"), "***")
    assert.isUndefined(at(payment, "payer", "phone"))
  })

  it.each(["1", "true", "0", "false", ""])("reads the boolean %j", async (text) => {
    const payment = await saved(inEnvelope(saveBody({ noInvoice: `<d:NoInvoice>${text}</d:NoInvoice>` })))
    assert.equal(at(payment, "noInvoice"), text === "1" || text === "true")
  })

  it("refuses a boolean that is none", async () => {
    assert.equal(
      await faultCode(sandbox, saveBody({ noInvoice: "<d:NoInvoice>maybe</d:NoInvoice>" })),
      "a:DeserializationFailed"
    )
  })
})

describe("the envelope", () => {
  it("may carry headers that nobody must understand", async () => {
    const header = `<s:Header><w:Action xmlns:w="http://www.w3.org/2005/08/addressing" s:mustUnderstand="0">x</w:Action><w:To xmlns:w="http://www.w3.org/2005/08/addressing">y</w:To></s:Header>`
    assert.equal((await post(sandbox, inEnvelope(saveBody(), header))).status, 200)
  })

  it("is refused with MustUnderstand when a header insists", async () => {
    const header = `<s:Header><w:Security xmlns:w="urn:w" s:mustUnderstand="1"/></s:Header>`
    const answer = await post(sandbox, inEnvelope(saveBody(), header))
    assert.equal(answer.status, 500)
    assert.equal(textOf(answer.text, "faultcode"), "s:MustUnderstand")
    assert.lengthOf(sandbox.payments(), 0)
  })

  it("is dispatched by the Body's element; SOAPAction may be quoted, bare, empty or missing, but not another's", async () => {
    const right = "http://tempuri.org/IPaymentRequestService/SavePaymentRequest"
    for (const soapaction of [`"${right}"`, right, `""`]) {
      const answer = await post(sandbox, inEnvelope(saveBody()), { headers: { soapaction } })
      assert.equal(answer.status, 200, soapaction)
    }
    const other = await post(sandbox, inEnvelope(saveBody()), { headers: { soapaction: `"${right}2"` } })
    assert.equal(textOf(other.text, "faultcode"), "a:ActionNotSupported")
  })

  it("of an unknown operation is answered with ActionNotSupported", async () => {
    const answer = await post(sandbox, inEnvelope("<t:GetPayments/>"))
    assert.equal(answer.status, 500)
    assert.equal(textOf(answer.text, "faultcode"), "a:ActionNotSupported")
  })

  it.each([
    ["HTML", "<html><body><br></body></html>"],
    ["a truncated envelope", inEnvelope(saveBody()).slice(0, 400)],
    ["an entity bomb", `<!DOCTYPE a [<!ENTITY b "b">]>${inEnvelope(saveBody()).replace(/^<\?xml.*?\?>/, "")}`],
    ["an empty body", ""],
    ["an empty SOAP Body", inEnvelope("")],
    ["two calls at once", inEnvelope(saveBody() + saveBody())]
  ])("%s is a bad request and saves nothing", async (_what, envelope) => {
    assert.equal((await post(sandbox, envelope)).status, 400)
    assert.lengthOf(sandbox.payments(), 0)
  })

  it("of SOAP 1.2 or JSON is answered with 415, a huge one with 413", async () => {
    const json = await post(sandbox, "{}", { headers: { "content-type": "application/json" } })
    assert.equal(json.status, 415)
    const soap12 = await post(sandbox, inEnvelope(saveBody()), { headers: { "content-type": "application/soap+xml" } })
    assert.equal(soap12.status, 415)
    const huge = await post(sandbox, inEnvelope(saveBody().replace("02Y70 payment", "x".repeat(300_000))))
    assert.equal(huge.status, 413)
  })

  it("keeps Latvian letters and markup in texts", async () => {
    const { id } = await save(sandbox)
    const body = saveBody().replace("02Y70 payment", "Žagatas &lt;b&gt; &amp; šķēres")
    assert.equal(at(await saved(inEnvelope(body)), "paymentObject"), "Žagatas <b> & šķēres")
    assert.isOk(id)
  })
})
