import { readFileSync } from "node:fs"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { type Sandbox, startSandbox } from "../src/index.ts"
import { at, outcome, settings } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { callApi, certificateOf, guideSave, postJson, saveByApi } from "./support/paymentApi.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const unknownId = "05ae69d8-2be1-4a63-ae93-9d0e42e254f1"
const json = async (path: string, body: object = {}): Promise<unknown> => {
  const answer = await callApi(sandbox, path, body)
  assert.equal(answer.status, 200, answer.text)
  return JSON.parse(answer.text)
}

describe("a payment request by PaymentApi", () => {
  it("is saved from the guide's sample, asked about as text, and paid", async () => {
    const answer = await callApi(sandbox, "savepaymentrequest", guideSave)
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers["content-type"]), /^application\/json; charset=utf-8$/)
    const saved: unknown = JSON.parse(answer.text)
    const id = String(at(saved, "PaymentRequestId"))
    assert.equal(at(saved, "paymentRequestUrl"), `${sandbox.ready.vissMm.ui}?id=${id}`)
    assert.equal(at(sandbox.payment(id), "rows", 0, "item"), "12")
    assert.deepEqual(at(sandbox.payment(id), "allowedBanks"), ["DEMO0000", "FIRSTDATA", "HABALV22"])

    const status = await callApi(sandbox, "checkpaymentrequeststatus", { PaymentRequestId: id })
    assert.match(String(status.headers["content-type"]), /^text\/plain/)
    assert.equal(status.text, "P")
    await outcome(sandbox, id, { status: "E", provider: "HABALV22" })
    assert.equal((await callApi(sandbox, "checkpaymentrequeststatus", { PaymentRequestId: id })).text, "E")
  })

  it("is found whatever the case of the members is", async () => {
    const id = await saveByApi(sandbox)
    const body = JSON.stringify({ mm_cert: certificateOf(sandbox), PAYMENTREQUESTID: id.toUpperCase() })
    assert.equal((await postJson(sandbox, "checkpaymentrequeststatus", body)).text, "P")
  })

  it("takes every spelling of a deadline, the guide's own too", async () => {
    for (const [spelled, meant] of [
      ["2031-09-30T14:00:00+03:00", "2031-09-30T11:00:00.000Z"],
      ["2031-09-30T14:00:00+3:00", "2031-09-30T11:00:00.000Z"],
      ["2031-09-30T11:00:00Z", "2031-09-30T11:00:00.000Z"],
      ["2031-09-30", "2031-09-30T20:59:59.000Z"]
    ]) {
      assert.equal(at(sandbox.payment(await saveByApi(sandbox, { ExpiryDate: spelled })), "expiresAt"), meant)
    }
  })

  it("keeps a sum exactly as its number is written", async () => {
    const PriceList = [{ Item: 0, ItemElementName: "Amount", Position: "2346" }]
    const PaymentsDataStructure = {
      PaymentRequest: { ...guideSave.PaymentsDataStructure.PaymentRequest, PriceList }
    }
    const body = JSON.stringify({ MM_Cert: certificateOf(sandbox), PaymentsDataStructure })
    const answer = await postJson(sandbox, "savepaymentrequest", body.replace('"Item":0', '"Item":9007199254.10'))
    const saved: unknown = JSON.parse(answer.text)
    assert.equal(at(sandbox.payment(String(at(saved, "PaymentRequestId"))), "amountMinor"), "900719925410")
  })

  it("tells its positions, and its banks by both of the guide's paths", async () => {
    const id = await saveByApi(sandbox, {
      ServiceStep: "02Y70",
      PriceList: [
        { Item: 1, ItemElementName: "Quantity", Position: "53" },
        { Item: "12.12", ItemElementName: "Amount", Position: "54" }
      ]
    })
    await outcome(sandbox, id, { status: "R", provider: "HABALV22", positions: ["53"] })
    await outcome(sandbox, id, { status: "E", provider: "FIRSTDATA", positions: ["54"] })
    const position = (code: string) => json("checkpaymentstatus", { paymentRequestId: id, position: code })
    assert.deepEqual(await position("53"), { RequestStatus: "R", PaymentProvider: "HABALV22" })
    assert.deepEqual(await position("54"), { RequestStatus: "E", PaymentProvider: "FIRSTDATA" })
    for (const path of ["checkpaymentrequeststatuswpt", "../paymentrequest/checkpaymentrequeststatuswpt"]) {
      assert.deepEqual(await json(path, { PaymentRequestId: id }), {
        RequestStatus: "E",
        PaymentProviders: "HABALV22;FIRSTDATA"
      })
    }
    await settings(sandbox, { wptPath: "paymentrequest" })
    const gone = await callApi(sandbox, "checkpaymentrequeststatuswpt", { PaymentRequestId: id })
    assert.equal(gone.status, 404)
    assert.notProperty(gone.headers, "mm-error")
  })
})

describe("a caller of PaymentApi", () => {
  it("is known by MM_Cert alone, as a certificate or as a whole PFX file, and sees only its own requests", async () => {
    const id = await saveByApi(sandbox)
    const ask = (MM_Cert: string) =>
      postJson(sandbox, "checkpaymentrequeststatus", JSON.stringify({ MM_Cert, PaymentRequestId: id }))
    const { a } = sandbox.ready.pki.clients
    assert.equal((await ask(readFileSync(a.pfx).toString("base64"))).text, "P")
    assert.equal((await ask(readFileSync(a.legacyPfx).toString("base64"))).text, "P")
    const other = await ask(certificateOf(sandbox, "b"))
    assert.equal(other.status, 404)
    assert.equal(other.headers["mm-error"], "SIM-110")
  })

  it.each(["expired", "unknownCa", "none", "noise"] as const)(
    "who is nobody MM knows (%s) is turned away",
    async (who) => {
      const MM_Cert = who === "none" ? undefined : who === "noise" ? "MIIM1QIBAzCCDJEG" : certificateOf(sandbox, who)
      const body = JSON.stringify({ MM_Cert, ...guideSave })
      assert.equal((await postJson(sandbox, "savepaymentrequest", body)).status, 403)
      await settings(sandbox, { unknownCaller: "error" })
      const answer = await postJson(sandbox, "savepaymentrequest", body)
      assert.equal(answer.status, 500)
      assert.equal(answer.headers["mm-error"], "SIM-114")
      assert.lengthOf(sandbox.payments(), 0)
    }
  )

  it("needs the bearer token where one is set", async () => {
    await settings(sandbox, { paymentApiToken: "zime-1" })
    assert.equal((await callApi(sandbox, "getpayments")).status, 401)
    const headers = { authorization: "Bearer zime-1" }
    assert.equal((await callApi(sandbox, "getpayments", {}, { headers })).status, 200)
  })

  it("leaves no trace of its certificate in the list of calls", async () => {
    await callApi(sandbox, "getpayments")
    const [call] = sandbox.calls()
    assert.equal(call?.operation, "PaymentApi/GetPayments")
    assert.notInclude(JSON.stringify(sandbox.calls()), certificateOf(sandbox).slice(0, 40))
  })
})

describe("an error of PaymentApi", () => {
  it.each([
    ["checkpaymentrequeststatus", { PaymentRequestId: unknownId }, 404, "SIM-109"],
    ["checkpaymentstatus", { PaymentRequestId: unknownId, Position: "1" }, 404, "SIM-109"],
    ["checkpaymentrequeststatuswpt", { PaymentRequestId: unknownId }, 404, "SIM-109"],
    ["createinvoice", { Id: unknownId, Name: "x", Code: "x", Address: "x" }, 404, "SIM-109"],
    ["savepaymentrequest", {}, 500, "SIM-100"]
  ])("of %s has MM's code in a header and its text URL-encoded in another", async (path, body, status, code) => {
    const answer = await callApi(sandbox, path, body)
    assert.equal(answer.status, status)
    assert.equal(answer.headers["mm-error"], code)
    assert.match(decodeURIComponent(String(answer.headers["mm-errormessage"])), /aksāšanas pieprasījums/)
  })

  it("is encoded as .NET's HttpUtility does where that is set", async () => {
    await settings(sandbox, { errorMessageEncoding: "form" })
    const answer = await callApi(sandbox, "checkpaymentrequeststatus", { PaymentRequestId: unknownId })
    assert.equal(answer.headers["mm-errormessage"], "Maks%c4%81%c5%a1anas+piepras%c4%abjums+nav+atrasts")
  })

  it.each([
    ["no JSON", "{", 400],
    ["a list", "[]", 400],
    ["a number where text is due", '{"PaymentRequestId":1}', 500],
    ["Latin-1", Buffer.from('{"Name":"\u00e4"}', "latin1"), 400]
  ])("for %s is a plain HTTP status", async (_what, body, status) => {
    const text = typeof body === "string" ? body.replace('{"', `{"MM_Cert":"${certificateOf(sandbox)}","`) : body
    const answer = await httpsCall(sandbox, `${sandbox.ready.vissMm.paymentApi}checkpaymentrequeststatus`, {
      method: "POST",
      client: "none",
      headers: { "content-type": "application/json" },
      body: text
    })
    assert.equal(answer.status, status)
    assert.notProperty(answer.headers, "mm-error")
  })

  it("for an unknown method, another media type or a body over 4 MB is a plain HTTP status", async () => {
    assert.equal((await callApi(sandbox, "nothing")).status, 404)
    assert.equal((await callApi(sandbox, "getpayments", {}, { headers: { "content-type": "text/xml" } })).status, 415)
    assert.equal((await callApi(sandbox, "getpayments", { x: "x".repeat(4 * 1024 * 1024) })).status, 413)
  })
})

describe("the lists of PaymentApi", () => {
  it("have a request once, and each try of its payer", async () => {
    const id = await saveByApi(sandbox, {
      ServiceStep: "02Y70",
      PriceList: [
        { Item: "123.45", ItemElementName: "Amount", Position: "54" },
        { Item: 1, ItemElementName: "Quantity", Position: "53" }
      ]
    })
    await outcome(sandbox, id, { status: "R", positions: ["54"] })
    await outcome(sandbox, id, { status: "E", positions: ["53"] })
    const answer = await callApi(sandbox, "getpaymentrequests")
    assert.include(answer.text, '"TotalAmount":130.56')
    const [request, ...more] = JSON.parse(answer.text) as ReadonlyArray<object>
    assert.lengthOf(more, 0)
    assert.deepEqual(Object.keys(request ?? {}), [
      "PaymentRequestUniqueId",
      "Number",
      "StartDate",
      "ExpirationDate",
      "ServiceProviderName",
      "ServiceName",
      "TotalAmount",
      "Currency",
      "UsageStatus"
    ])
    assert.equal(at(request, "UsageStatus"), "Izmantots")
    assert.match(String(at(request, "StartDate")), /^\d{4}-\d\d-\d\d$/)

    const payments = (await callApi(sandbox, "getpayments")).text
    assert.include(payments, '"Amount":123.45')
    const rows = JSON.parse(payments) as ReadonlyArray<object>
    assert.deepEqual(
      rows.map((row) => [at(row, "PaymentRequestUniqueId"), at(row, "Amount"), at(row, "StatusCode")]),
      [
        [id, 123.45, "R"],
        [id, 7.11, "E"]
      ]
    )
    assert.match(String(at(rows[0], "ExternalId")), /^\d+$/)
    assert.deepEqual(Object.keys(rows[0] ?? {}), [
      "PaymentRequestUniqueId",
      "PaymentDate",
      "ExternalId",
      "ServiceName",
      "PayeeAccountNumber",
      "BankInfo",
      "Amount",
      "Currency",
      "StatusCode"
    ])
  })

  it("are narrowed by dates, sums, currency and what is not paid", async () => {
    const [first, second] = [await saveByApi(sandbox), await saveByApi(sandbox, { ExpiryDate: "2031-01-01" })]
    await outcome(sandbox, first, { status: "E" })
    const listed = async (filter: object, path = "getpaymentrequests"): Promise<ReadonlyArray<unknown>> =>
      ((await json(path, filter)) as ReadonlyArray<object>).map((row) => at(row, "PaymentRequestUniqueId"))
    assert.deepEqual(await listed({}), [first, second])
    assert.deepEqual(await listed({ OnlyNotPayed: true }), [second])
    assert.deepEqual(await listed({ ExpirationDateFrom: "2030-12-31T00:00:00+3:00" }), [second])
    assert.deepEqual(await listed({ PaymentDateFrom: "2019-12-31T15:45:00+3:00" }), [first])
    assert.deepEqual(await listed({ CreatedDateTill: "2019-12-31T15:45:00+3:00" }), [])
    const total = String(at(sandbox.payment(first), "amountMinor")).replace(/(..)$/, ".$1")
    assert.deepEqual(await listed({ AmountFrom: total, AmountTill: Number(total) }), [first, second])
    assert.deepEqual(await listed({ AmountFrom: `${total}1` }).catch(() => "refused"), "refused")
    assert.deepEqual(await listed({ AmountFrom: 1_000_000 }), [])
    assert.deepEqual(await listed({ Currency: "USD" }), [])
    assert.deepEqual(await listed({ Currency: "EUR", PaymentDateTill: "2099-01-01" }, "getpayments"), [first])
    assert.deepEqual(await listed({ PaymentDateTill: "2019-01-01" }, "getpayments"), [])
  })

  it("have the requests of others only where that is set", async () => {
    const id = await saveByApi(sandbox)
    const rows = async (): Promise<string> =>
      (await postJson(sandbox, "getpaymentrequests", JSON.stringify({ MM_Cert: certificateOf(sandbox, "b") }))).text
    assert.equal(await rows(), "[]")
    await settings(sandbox, { listsAreOf: "everybody" })
    assert.include(await rows(), id)
  })

  it("show money that was taken back as a payment that is no longer executed", async () => {
    const id = await saveByApi(sandbox)
    await outcome(sandbox, id, { status: "E" })
    await outcome(sandbox, id, { status: "R", force: true })
    assert.equal(at(await json("getpayments"), 0, "StatusCode"), "R")
  })
})

describe("an invoice that PaymentApi issues", () => {
  const whom = { Name: "Parauga SIA", Code: "40000000000", Address: "Parauga iela 1" }

  it("is a row's number, and the document then exists even where none was wanted", async () => {
    const id = await saveByApi(sandbox)
    const document = () => httpsCall(sandbox, `${sandbox.ready.vissMm.invoices}Xml/${id}`)
    assert.equal((await callApi(sandbox, "createinvoice", { Id: id, ...whom })).headers["mm-error"], "SIM-112")
    await outcome(sandbox, id, { status: "E" })
    assert.equal((await document()).status, 404)
    assert.deepEqual(await json("createinvoice", { Id: id, ...whom }), { id: 12_128 })
    assert.include((await document()).text, "<Name>Parauga SIA</Name>")
    await settings(sandbox, { createInvoiceMakes: "row" })
    assert.equal((await document()).status, 404)
  })
})

describe("the answers as the guide prints them", () => {
  it("are no JSON, by the fault guideLiteral", async () => {
    const id = await saveByApi(sandbox)
    sandbox.faults.add({ operation: "PaymentApi/*", kind: "guideLiteral" })
    for (const [path, body] of [
      ["savepaymentrequest", guideSave],
      ["checkpaymentrequeststatuswpt", { PaymentRequestId: id }],
      ["checkpaymentstatus", { PaymentRequestId: id, Position: "2346" }],
      ["getpaymentrequests", {}]
    ] as const) {
      const answer = await callApi(sandbox, path, body)
      assert.equal(answer.status, 200)
      assert.throws(() => JSON.parse(answer.text) as unknown, SyntaxError)
    }
    const status = await callApi(sandbox, "checkpaymentrequeststatus", { PaymentRequestId: id })
    assert.equal(status.headers["content-type"], "text/plain charset=utf-8")
    assert.equal(status.text, "P")
  })
})
