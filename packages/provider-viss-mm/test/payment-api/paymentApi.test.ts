import { inspect } from "node:util"

import { money, type TransportRequest } from "@maksa/core"
import * as Effect from "effect/Effect"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { paymentApiManifest, vissMm, type VissMmPaymentApiConfig } from "../../src/index.ts"
import { answering, sentJson } from "../support/answering.ts"
import {
  at,
  attempt,
  created,
  documentOf,
  createInput,
  errorOf,
  type Mm,
  type MmApiAdapter,
  personal,
  run,
  startMm,
  tariff
} from "../support/mm.ts"

let mm: Mm
let adapter: MmApiAdapter
beforeAll(async () => {
  mm = await startMm()
  adapter = await mm.api()
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const outcome = (id: string, body: object): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/outcome`, body)
const settings = (change: object): Promise<unknown> => mm.control("PATCH", "/viss-mm/settings", change)
const day = 86_400_000
const span = () => ({ from: Date.now() - day, to: Date.now() + day })

/** An adapter over answers that no simulator gives. */
const over = async (
  answer: Parameters<typeof answering>[0],
  change: Partial<VissMmPaymentApiConfig> = {}
): Promise<{ readonly adapter: MmApiAdapter; readonly requests: ReadonlyArray<TransportRequest> }> => {
  const { layer, requests } = answering(answer)
  const provider = vissMm(await mm.apiConfig(change))
  return { adapter: await run(provider.make.pipe(Effect.scoped, Effect.provide(layer))), requests }
}
const id = "05ae69d8-2be1-4a63-ae93-9d0e42e254f1"
const asked = (providerReference = id) => attempt({ providerReference })

describe("a request to PaymentApi", () => {
  it("is what the guide's sample is: exact numbers, no flags, dates with +03:00 or +02:00", async () => {
    const { adapter, requests } = await over(() => ({
      body: `{"PaymentRequestId":"${id}","paymentRequestUrl":"https://mm.example/?id=${id}"}`
    }))
    await run(
      adapter.create(
        createInput({
          deadline: Date.UTC(2031, 6, 1, 9),
          lines: [tariff("53", "12.00")],
          options: {
            serviceStep: "03G10",
            allowedBanks: ["DEMO0000"],
            bankSwiftCode: "HABALV22",
            invoiceIssueDate: "2026-01-31",
            noInvoice: true,
            parentPaymentRequestId: id
          }
        })
      )
    )
    const [request] = requests
    assert.strictEqual(request?.url.href, `${mm.sandbox.ready.vissMm.paymentApi}savepaymentrequest`)
    assert.strictEqual(request?.headers["content-type"], "application/json")
    assert.include(Buffer.from(request?.body ?? []).toString(), '"Item":12.00,')
    const sent = at(sentJson(request), "PaymentsDataStructure", "PaymentRequest")
    assert.deepStrictEqual(sent, {
      AllowedBanks: [{ SwiftCode: "DEMO0000" }],
      ClientInfo: {
        ClientAddress: personal.address,
        ClientCode: personal.code.replace("-", ""),
        ClientEMail: personal.email,
        ClientFirstName: personal.firstName,
        ClientName: personal.lastName,
        ClientPhone: personal.phone
      },
      ExpiryDate: "2031-07-01T12:00:00+03:00",
      InvoiceIssueDate: "2026-01-31T00:00:00+02:00",
      NoInvoice: true,
      ParentPaymentRequestID: id,
      PaymentObject: "Nodeva LIETA-1",
      PriceList: [{ Item: 12, ItemElementName: "Quantity", Position: "53" }],
      ResponseUrl: `${createInput().urls.return}?id=`,
      ServerResponseUrl: `${createInput().urls.webhook}?id=`,
      ServiceStep: "03G10",
      SwiftCode: "HABALV22"
    })
  })

  it("carries the certificate in its body and nothing of the key", async () => {
    const { pem, passphrase } = await mm.pem("a")
    const { adapter, requests } = await over(() => ({ body: "P" }), {
      credentials: { certificate: pem },
      statusOperation: "CheckPaymentRequestStatus"
    })
    await run(adapter.status(asked()))
    const text = Buffer.from(requests[0]?.body ?? []).toString()
    const key = /ENCRYPTED PRIVATE KEY-----\n(.+)\n/.exec(pem)?.[1] ?? assert.fail("no key")
    assert.notInclude(text, key)
    assert.notInclude(text, passphrase)
    assert.match(String(at(sentJson(requests[0]), "MM_Cert")), /^MII[\w+/]+={0,2}$/)
  })

  it("goes with a fresh bearer token each time", async () => {
    await settings({ paymentApiToken: "zime-2" })
    let calls = 0
    const renewing = await mm.api({ token: () => Promise.resolve(`zime-${++calls}`) })
    assert.strictEqual((await errorOf(renewing.status(asked()))).reason._tag, "AuthenticationFailed")
    await created(renewing)
    assert.strictEqual(calls, 2)
    await created(await mm.api({ token: "zime-2" }))
  })

  it.each([
    ["rejects", () => Promise.reject(new Error("kanarijs"))],
    ["gives nothing", () => ""],
    ["gives what no header can hold", () => "a\r\nb"]
  ])("is not sent where the token's source %s", async (_what, token) => {
    const error = await errorOf((await mm.api({ token })).create(createInput()))
    assert.strictEqual(error.reason._tag, "Unavailable")
    assert.notInclude(inspect(error, { depth: 9 }), "kanarijs")
    assert.lengthOf(mm.sandbox.calls(), 0)
  })

  it("is known by a whole PFX file too, where that was asked for", async () => {
    const { pfx } = await mm.pfx("a")
    await created(await mm.api({ credentials: { dangerouslySendPfxWithPrivateKey: pfx } }))
  })
})

describe("an answer of PaymentApi", () => {
  it.each([
    ["wpt", { RequestStatus: "E", PaymentProviders: "HABALV22;FIRSTDATA" }, "HABALV22;FIRSTDATA"],
    ["wpt in another case", { requeststatus: "E", PAYMENTPROVIDERS: "DEMO0000" }, "DEMO0000"],
    ["wpt without providers", { RequestStatus: "E", PaymentProviders: null }, undefined]
  ])("%s tells the status and the banks", async (_what, body, paidVia) => {
    const { adapter } = await over(() => ({ body: JSON.stringify(body) }))
    const [observed] = await run(adapter.status(asked()))
    assert.deepStrictEqual(observed?.says, { _tag: "received" })
    assert.strictEqual(observed?.paidVia, paidVia)
  })

  it.each(["E", " E\r\n", '"E"', "\uFEFFE"])("as plain text is read (%j)", async (body) => {
    const { adapter } = await over(() => ({ body, headers: { "content-type": "text/plain charset=utf-8" } }), {
      statusOperation: "CheckPaymentRequestStatus"
    })
    assert.deepStrictEqual((await run(adapter.status(asked())))[0]?.says, { _tag: "received" })
  })

  it.each(["", "  ", '""', "<!DOCTYPE html><html></html>", '{"RequestStatus":"E"}', "E E"])(
    "as plain text that is no word is malformed (%j)",
    async (body) => {
      const { adapter } = await over(() => ({ body }), { statusOperation: "CheckPaymentRequestStatus" })
      assert.strictEqual((await errorOf(adapter.status(asked()))).reason._tag, "MalformedResponse")
    }
  )

  it.each([
    [500, { "mm-error": "SIM-104" }, "Refused", "SIM-104"],
    [400, { "mm-error": "104" }, "Refused", "104"],
    [500, { "mm-error": "Ernests Paraudziņš" }, "Refused", undefined],
    [500, {}, "OutcomeUnknown", undefined],
    [404, {}, "OutcomeUnknown", undefined],
    [503, { "mm-error": "104" }, "OutcomeUnknown", undefined],
    [403, { "mm-error": "104" }, "AuthenticationFailed", undefined],
    [200, { "mm-error": "104" }, "OutcomeUnknown", undefined],
    [302, { "mm-error": "104" }, "OutcomeUnknown", undefined]
  ])("with HTTP %i and %j makes a creation %s", async (status, headers, expected, providerCode) => {
    const message = { "mm-errormessage": "Maks%c4%81jums+Ernestam+Paraudzi%c5%86am" }
    const { adapter, requests } = await over(() => ({ status, headers: { ...headers, ...message } }))
    const { reason } = await errorOf(adapter.create(createInput()))
    assert.strictEqual(reason._tag, expected)
    assert.strictEqual("providerCode" in reason ? reason.providerCode : undefined, providerCode)
    assert.notMatch(reason.message, /Ernest/)
    assert.lengthOf(requests, 1)
  })

  it.each([
    ["no id", '{"paymentRequestUrl":"https://mm.example/"}'],
    ["an id that is no GUID", '{"PaymentRequestId":"1"}'],
    ["a list", "[]"],
    ["the guide's misprint", `{"PaymentRequestId":"${id}","paymentRequestUrl":https://mm.example/}`],
    ["a page", "<html></html>"]
  ])("to a creation with %s leaves the outcome unknown", async (_what, body) => {
    const { adapter } = await over(() => ({ body }))
    assert.strictEqual((await errorOf(adapter.create(createInput()))).reason._tag, "OutcomeUnknown")
  })

  it("as the guide prints it is malformed, and a creation is not repeated", async () => {
    mm.fault({ operation: "PaymentApi/*", kind: "guideLiteral" })
    assert.strictEqual((await errorOf(adapter.create(createInput()))).reason._tag, "OutcomeUnknown")
    assert.lengthOf(mm.sandbox.calls(), 1)
    assert.strictEqual((await errorOf(adapter.list(span()))).reason._tag, "MalformedResponse")
  })
})

describe("the two paths of CheckPaymentRequestStatusWpt", () => {
  const paths = () => mm.sandbox.calls().map(({ path }) => path.split("/v1/")[1])

  it("are tried in turn once, where the first is not there", async () => {
    await settings({ wptPath: "paymentrequest" })
    const fresh = await mm.api()
    const { id } = await created(fresh)
    await run(fresh.status(asked(id)))
    await run(fresh.status(asked(id)))
    assert.deepStrictEqual(paths().slice(1), [
      "payments/checkpaymentrequeststatuswpt",
      "paymentrequest/checkpaymentrequeststatuswpt",
      "paymentrequest/checkpaymentrequeststatuswpt"
    ])
  })

  it("are not mixed up with an id that MM does not know", async () => {
    const fresh = await mm.api()
    assert.strictEqual((await errorOf(fresh.status(asked()))).reason._tag, "NotFound")
    assert.deepStrictEqual(paths(), ["payments/checkpaymentrequeststatuswpt"])
  })

  it("can be said", async () => {
    const fresh = await mm.api({ wptPath: "paymentrequest" })
    const { id } = await created(fresh)
    await run(fresh.status(asked(id)))
    assert.strictEqual(paths()[1], "paymentrequest/checkpaymentrequeststatuswpt")
  })
})

describe("the list of PaymentApi", () => {
  it("has each request of the span once, with the money that came and nothing that did not", async () => {
    const paid = await created(adapter)
    const refused = await created(adapter)
    const open = await created(adapter)
    await outcome(paid.id, { status: "E", provider: "HABALV22" })
    await mm.control("POST", `/viss-mm/requests/${refused.id}/payer`, { action: "choose_bank" })
    await mm.control("POST", `/viss-mm/requests/${refused.id}/payer`, { action: "refuse" })
    const listed = await run(adapter.list(span()))
    assert.deepStrictEqual(
      listed.map((one) => [one.providerReference, one.observations.map(({ says }) => says._tag)]),
      [
        [paid.id, ["received"]],
        [refused.id, []],
        [open.id, []]
      ]
    )
    assert.deepEqual(at(listed[0]?.observations[0]?.says, "amount"), money(1212n, "EUR"))
    assert.isTrue(listed.every(({ amount }) => amount?.minorUnits === 1212n))
  })

  it("tells a payment of less than was asked as what it is", async () => {
    const { id } = await created(adapter)
    await outcome(id, { status: "E", amountMinor: "500" })
    const [listed] = await run(adapter.list(span()))
    assert.deepEqual(at(listed?.observations[0]?.says, "amount"), money(500n, "EUR"))
    assert.deepEqual(listed?.amount, money(1212n, "EUR"))
  })

  it("leaves out other times", async () => {
    await created(adapter)
    assert.deepStrictEqual(await run(adapter.list({ from: Date.now() - 2 * day, to: Date.now() - day })), [])
  })

  it("may hold the requests of strangers, for core to count", async () => {
    await settings({ listsAreOf: "everybody" })
    const stranger = await created(await mm.by("payment-api", "b"))
    const [listed] = await run(adapter.list(span()))
    assert.strictEqual(listed?.providerReference, stranger.id)
    assert.notProperty(listed, "attemptId")
  })

  it.each([
    ["status", "Unavailable"],
    ["reset", "Unavailable"],
    ["html", "MalformedResponse"],
    ["json_bomb", "MalformedResponse"],
    ["huge", "MalformedResponse"],
    ["truncate", "Unavailable"]
  ])("is a failure as a whole where %s meets half of it", async (kind, expected) => {
    await created(adapter)
    mm.fault({ operation: "PaymentApi/GetPayments", kind, phase: "after", times: 1 })
    const error = await errorOf(adapter.list(span()))
    assert.strictEqual(error.reason._tag, expected)
    assert.strictEqual(error.operation, "list")
  })
})

describe("an invoice", () => {
  const payer = { name: personal.lastName, code: personal.code, address: personal.address }

  it("is issued once and its row's number told", async () => {
    const { id } = await created(adapter, { options: { serviceStep: "02Y70", noInvoice: true } })
    await outcome(id, { status: "E" })
    assert.strictEqual((await errorOf(adapter.receipt(asked(id), "xml"))).reason._tag, "NotReady")
    assert.deepStrictEqual(await run(adapter.issueInvoice(asked(id), payer)), { documentId: "12128" })
    assert.include((await documentOf(adapter.receipt(asked(id), "xml"))).bytes.toString(), personal.lastName)
  })

  it("is asked for by MM's names, with the code as a payment request has it", async () => {
    const { adapter, requests } = await over(() => ({ body: '{"id":12128}' }))
    await run(adapter.issueInvoice(asked(), payer))
    const { MM_Cert: _cert, ...sent } = Object(sentJson(requests[0]))
    assert.deepStrictEqual(sent, {
      Id: id,
      Name: personal.lastName,
      Code: personal.code.replace("-", ""),
      Address: personal.address
    })
  })

  it("for what is not paid is refused with MM's code", async () => {
    const { id } = await created(adapter)
    const { reason } = await errorOf(adapter.issueInvoice(asked(id), payer))
    assert.deepInclude(reason, { _tag: "Refused", providerCode: "SIM-112" })
  })

  it.each(["close", "status", "html", "truncate", "garbage"])(
    "whose answer meets %s may have been issued: it is not asked for again, and nobody's name is told",
    async (kind) => {
      const { id } = await created(adapter)
      await outcome(id, { status: "E" })
      mm.fault({ operation: "PaymentApi/CreateInvoice", kind, phase: "after" })
      const error = await errorOf(adapter.issueInvoice(asked(id), payer))
      assert.strictEqual(error.reason._tag, "OutcomeUnknown")
      assert.strictEqual(mm.sandbox.calls().filter(({ operation }) => operation.endsWith("CreateInvoice")).length, 1)
      assert.notMatch(inspect(error, { depth: 9, showHidden: true }), /KANARIJS|Kanārij/)
    }
  )

  it("needs MM's id", async () => {
    assert.strictEqual((await errorOf(adapter.issueInvoice(attempt(), payer))).reason._tag, "NotReady")
  })
})

describe("an adapter of PaymentApi", () => {
  it("has a document of MM where one can be fetched, else core makes the confirmation; its manifest says which", async () => {
    const provider = vissMm(await mm.apiConfig())
    assert.deepStrictEqual(provider.manifest, paymentApiManifest)
    const { layer } = answering(() => ({}))
    const adapter = await run(provider.make.pipe(Effect.scoped, Effect.provide(layer)))
    assert.deepStrictEqual(await run(adapter.receipt(asked(), "pdf")), { _tag: "generate" })
    const { amountEvidence, receipt } = vissMm(await mm.apiConfig({ documents: await mm.documents() })).manifest
    assert.deepStrictEqual([amountEvidence, receipt.origin], ["receipt", "provider"])
  })

  it("tells in its check of certificate, service and documents", async () => {
    const names = async (one: MmApiAdapter) =>
      (await run(one.check())).map(({ isOk, name }) => `${name} ${isOk ? "ok" : "wrong"}`)
    assert.deepStrictEqual(await names(adapter), [
      "configuration ok",
      "certificate ok",
      "documentsCertificate ok",
      "paymentApi ok",
      "invoices ok"
    ])
    await settings({ paymentApiToken: "zime" })
    assert.deepStrictEqual((await names(adapter))[3], "paymentApi wrong")
    const { pfx } = await mm.pfx("a")
    const dangerous = await mm.api({ credentials: { dangerouslySendPfxWithPrivateKey: pfx } })
    assert.match((await run(dangerous.check()))[1]?.message ?? "", /private key/)
  })

  it.each<readonly [string, object]>([
    ["environment", { environment: "production" }],
    ["credentials", { credentials: {} }],
    ["credentials", { credentials: { dangerouslySendPfxWithPrivateKey: "slepens" } }],
    ["credentials", { credentials: { dangerouslySendPfxWithPrivateKey: new Uint8Array(3) } }],
    ["credentials.certificate", { credentials: { certificate: "" } }],
    ["credentials", { credentials: { certificate: "slepens" } }],
    ["endpoints.paymentApi", { endpoints: { paymentApi: "http://127.0.0.1/api/v1/payments/" } }],
    ["endpoints", { endpoints: undefined }],
    ["token", { token: "" }],
    ["clientCertificate", { clientCertificate: {} }],
    ["statusOperation", { statusOperation: "CheckPaymentStatus" }],
    ["wptPath", { wptPath: "slepens" }],
    ["documents.credentials", { documents: { credentials: {}, invoices: "https://mm.example/" } }],
    ["documents.invoices", { documents: { invoices: "ftp://mm.example/" } }]
  ])("is not configured with a wrong %s", async (field, change) => {
    const good = await mm.apiConfig()
    const documents =
      "documents" in change ? { documents: { ...(await mm.documents()), ...Object(change.documents) } } : {}
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what an untyped caller may pass
    const config = { ...good, ...change, ...documents } as VissMmPaymentApiConfig
    const { reason } = await errorOf(vissMm(config).make)
    assert.deepInclude(reason, { _tag: "NotConfigured", field })
    assert.notInclude(reason.message, "slepens")
  })

  it("with an expired certificate does not start", async () => {
    const { pem } = await mm.pem("expired")
    const provider = vissMm(await mm.apiConfig({ credentials: { certificate: pem } }))
    assert.strictEqual((await errorOf(provider.make)).reason._tag, "AuthenticationFailed")
  })

  it("whose certificate MM does not know learns it at its first call", async () => {
    const { pem } = await mm.pem("unknownCa")
    const stranger = await mm.api({ credentials: { certificate: pem } })
    assert.strictEqual((await errorOf(stranger.create(createInput()))).reason._tag, "AuthenticationFailed")
  })
})
