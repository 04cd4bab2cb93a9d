// What every way to reach MM must do alike: the same tests over SOAP, over JSON and through the portal.
import { AmountLine, money } from "@maksa/core"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import {
  at,
  attempt,
  created,
  documentOf,
  createInput,
  errorOf,
  type Mm,
  type MmVerbs,
  run,
  type ServiceName,
  services,
  startMm,
  statusOperationOf,
  tariff
} from "../support/mm.ts"

let mm: Mm
let adapters: Readonly<Record<ServiceName, MmVerbs>>
beforeAll(async () => {
  mm = await startMm()
  adapters = {
    x509: await mm.by("x509"),
    "payment-api": await mm.by("payment-api"),
    portal: await mm.by("portal")
  }
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

/** Adapters exist only once the tests run. */
const bound = (service: ServiceName) => (): MmVerbs => adapters[service]
/** Where the message holds the purpose. */
const purposeOf: Readonly<Record<ServiceName, string>> = {
  x509: "SavePaymentRequest.paymentRequest.PaymentRequest.PaymentObject",
  "payment-api": "PaymentsDataStructure.PaymentRequest.PaymentObject",
  portal: "PaymentsDataStructure.PaymentRequest.PaymentObject"
}
/** Where MM keeps the address for notices, and what it is: the portal's answers have an address of their own. */
const noticeUrlOf: Readonly<Record<ServiceName, readonly [path: ReadonlyArray<string>, rest: string]>> = {
  x509: [["serverResponseUrl"], "?id="],
  "payment-api": [["serverResponseUrl"], "?id="],
  portal: [["portal", "responseEndPoint"], ""]
}
const xmlDocumentOf: Readonly<Record<ServiceName, string>> = {
  x509: "Invoices/Xml",
  "payment-api": "Invoices/Xml",
  portal: "GetInvoice"
}

const outcome = (id: string, status: string, force = false): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status, force })
const act = (id: string, action: string): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/payer`, { action, bank: "HABALV22" })
const says = async (adapter: MmVerbs, id: string, change = {}): Promise<unknown> =>
  (await run(adapter.status(attempt({ providerReference: id, ...change })))).map((observed) => observed.says)
const truth = (id: string): object => mm.sandbox.payment(id) ?? assert.fail("no such request")

describe.each(services)("a payment at MM by %s", (service) => {
  const adapter = bound(service)

  it("is created, paid at a bank, and proved by its documents", async () => {
    const { id, url } = await created(adapter(), {
      options: { serviceStep: "02Y70", invoiceIssueDate: "2026-07-01" }
    })
    assert.strictEqual(url, `${mm.sandbox.ready.vissMm.ui}?id=${id}&language=LAT`)
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "working", actionStands: true }])

    await act(id, "open")
    await act(id, "choose_bank")
    await act(id, "confirm")
    const [paid] = await run(adapter().status(attempt({ providerReference: id })))
    assert.deepStrictEqual(paid?.says, { _tag: "received" })
    // The portal's status service answers the letter alone (guide, 2.4).
    assert.strictEqual(paid?.paidVia, service === "portal" ? undefined : "HABALV22")

    const pdf = await documentOf(adapter().receipt(attempt({ providerReference: id }), "pdf"))
    assert.strictEqual(pdf.mediaType, "application/pdf")
    assert.strictEqual(pdf.bytes.subarray(0, 5).toString(), "%PDF-")
    assert.deepStrictEqual(pdf.observations, [])

    const xml = await documentOf(adapter().receipt(attempt({ providerReference: id.toUpperCase() }), "xml"))
    assert.strictEqual(xml.mediaType, "application/xml")
    assert.include(xml.bytes.toString(), "Liepiņa-KANARIJS")
    assert.include(xml.bytes.toString(), "<IssueDate>2026-07-01</IssueDate>")
    const [proof, ...others] = xml.observations
    assert.lengthOf(others, 0)
    assert.deepEqual(at(proof, "says"), { _tag: "received", amount: money(1212n, "EUR") })
    assert.strictEqual(proof?.trust, "proven")
  })

  it("carries everything that was given to MM", async () => {
    const parent = await created(adapter())
    const { id, url } = await created(adapter(), {
      language: "en",
      deadline: Date.UTC(2031, 6, 1, 9, 0, 0, 700),
      lines: [new AmountLine({ amount: money(1210n, "EUR"), position: "54" })],
      options: {
        serviceStep: "02Y70",
        allowedBanks: ["HABALV22", "UNLALV2X"],
        bankSwiftCode: "UNLALV2X",
        noInvoice: true,
        parentPaymentRequestId: parent.id,
        invoiceIssueDate: "2026-07-01",
        presentation: { fontSize: 150, contrast: "yellow-on-black" }
      }
    })
    assert.isTrue(url.endsWith("&bm=yellow-on-black&fs=font-size-150&language=ENG"))
    const known = truth(id)
    assert.strictEqual(at(known, "amountMinor"), "1210")
    assert.strictEqual(at(known, "paymentObject"), "Nodeva LIETA-1")
    assert.deepStrictEqual(at(known, "allowedBanks"), ["HABALV22", "UNLALV2X"])
    assert.strictEqual(at(known, "swiftCode"), "UNLALV2X")
    assert.strictEqual(at(known, "noInvoice"), true)
    assert.strictEqual(at(known, "parentId"), parent.id)
    assert.strictEqual(at(known, "expiresAt"), "2031-07-01T09:00:00.000Z")
    assert.strictEqual(at(known, "responseUrl"), `${createInput().urls.return}?id=`)
    assert.strictEqual(at(known, "returnUrl"), `${createInput().urls.return}?id=${id}`)
    const [path, rest] = noticeUrlOf[service]
    assert.strictEqual(at(known, ...path), `${createInput().urls.webhook}${rest}`)
    assert.strictEqual(at(known, "clientCertificate"), "Maksa client a")
    const fields = Object.values(at(known, "payer") as object)
    assert.lengthOf(fields, 6)
    assert.isTrue(fields.every((field) => typeof field === "string"))
  })

  it("by tariff has no sum until its document tells it", async () => {
    const { id } = await created(adapter(), { lines: [tariff("53", "4.56")] })
    assert.strictEqual(at(truth(id), "rows", 0, "item"), "4.56")
    await outcome(id, "E")
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "received" }])
    const xml = await documentOf(adapter().receipt(attempt({ providerReference: id }), "xml"))
    // 4.56 x 7.11 = 32.4216
    assert.deepEqual(at(xml.observations, 0, "says", "amount"), money(3242n, "EUR"))
  })

  it("ends with its day where MM takes no time of day", async () => {
    const byDate = await mm.by(service, "a", { dateOnlyExpiry: true })
    const { id } = await created(byDate, { deadline: Date.UTC(2031, 6, 1, 9) })
    assert.strictEqual(at(truth(id), "expiresAt"), "2031-07-01T20:59:59.000Z")
  })

  it("that the payer refuses at one bank stays open, and another bank may pay it", async () => {
    const { id } = await created(adapter())
    await act(id, "choose_bank")
    await act(id, "refuse")
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "working", actionStands: true }])
    await act(id, "choose_bank")
    await act(id, "confirm")
    assert.strictEqual(at(await says(adapter(), id), 0, "_tag"), "received")
  })

  it("that a refusal ends is refused, and is lapsed only after its deadline", async () => {
    await mm.control("PATCH", "/viss-mm/settings", { rejectEndsRequest: true })
    const { id } = await created(adapter())
    await act(id, "choose_bank")
    await act(id, "refuse")
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "refused" }])
    assert.deepStrictEqual(await says(adapter(), id, { now: Date.now() + 25 * 3_600_000 }), [{ _tag: "lapsed" }])
  })

  it("that the payer walks away from stays open until its deadline, and then lapses", async () => {
    // Only the sandbox's clock moves here.
    await mm.control("PATCH", "/viss-mm/settings", { messageSkew: "PT2H" })
    const deadline = Date.now() + 3_600_000
    const { id } = await created(adapter(), { deadline })
    await act(id, "choose_bank")
    await act(id, "leave")
    assert.deepStrictEqual(await says(adapter(), id, { deadline }), [{ _tag: "working", actionStands: true }])
    await mm.control("POST", "/clock/advance", { duration: "PT59M" })
    const now = (): number => mm.sandbox.clock.now()
    assert.deepStrictEqual(await says(adapter(), id, { deadline, now: now() }), [
      { _tag: "working", actionStands: true }
    ])
    await mm.control("POST", "/clock/advance", { duration: "PT2M" })
    assert.deepStrictEqual(await says(adapter(), id, { deadline, now: now() }), [{ _tag: "lapsed" }])
  })

  it("with another word is told as that word", async () => {
    const { id } = await created(adapter())
    await outcome(id, "O")
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "unknown_word", word: "O" }])
    mm.fault({ operation: statusOperationOf[service], kind: "unknown_status", times: 1 })
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "unknown_word", word: "X" }])
  })

  it("whose money is taken back is told as it then is", async () => {
    const { id } = await created(adapter())
    await outcome(id, "E")
    await outcome(id, "R", true)
    assert.deepStrictEqual(await says(adapter(), id), [{ _tag: "refused" }])
  })

  it("whose id was lost is not asked about: there is nothing to ask by", async () => {
    const calls = mm.sandbox.calls().length
    assert.deepStrictEqual(await run(adapter().status(attempt())), [])
    const error = await errorOf(adapter().receipt(attempt(), "pdf"))
    assert.strictEqual(error.reason._tag, "NotReady")
    assert.lengthOf(mm.sandbox.calls(), calls)
  })
})

describe.each(services)("a refusal by %s", (service) => {
  const adapter = bound(service)

  it.each([
    ["SIM-101", { options: { serviceStep: "ZZZZZ" } }],
    ["SIM-102", { lines: [tariff("99", "1")] }],
    ["SIM-106", { deadline: Date.now() - 3_600_000 }],
    ["SIM-107", { options: { serviceStep: "02Y70", bankSwiftCode: "NOBANK00" } }],
    ["SIM-108", { options: { serviceStep: "02Y70", parentPaymentRequestId: "05ae69d8-2be1-4a63-ae93-9d0e42e254f1" } }]
  ])("by MM's rule is Refused with its code %s and leaves nothing behind", async (providerCode, change) => {
    const error = await errorOf(adapter().create(createInput(change)))
    assert.deepInclude(error.reason, { _tag: "Refused", providerCode })
    assert.lengthOf(mm.sandbox.payments(), 0)
  })

  it("of an input happens before anything is sent", async () => {
    const calls = mm.sandbox.calls().length
    const noPosition = createInput({ lines: [new AmountLine({ amount: money(1n, "EUR") })] })
    const badText = createInput({ purpose: "ar\u0000nulli" })
    assert.deepInclude((await errorOf(adapter().create(noPosition))).reason, {
      _tag: "InvalidRequest",
      field: "lines[0].position"
    })
    assert.deepInclude((await errorOf(adapter().create(badText))).reason, {
      _tag: "InvalidRequest",
      field: purposeOf[service]
    })
    assert.lengthOf(mm.sandbox.calls(), calls)
  })

  it.each(["05ae69d8-2be1-4a63-ae93-9d0e42e254f1"])(
    "to tell about an unknown id is NotFound",
    async (providerReference) => {
      const error = await errorOf(adapter().status(attempt({ providerReference })))
      assert.strictEqual(error.reason._tag, "NotFound")
    }
  )

  it("to tell about another certificate's request is NotFound, and its document is not ready", async () => {
    const { id } = await created(await mm.by(service, "b"))
    await outcome(id, "E")
    const reasons = await Promise.all([
      errorOf(adapter().status(attempt({ providerReference: id }))),
      errorOf(adapter().receipt(attempt({ providerReference: id }), "xml"))
    ])
    assert.deepStrictEqual(
      reasons.map(({ reason }) => reason._tag),
      ["NotFound", "NotReady"]
    )
  })
})

describe.each(services)("a document by %s", (service) => {
  const adapter = bound(service)

  it("is not ready before the payment, nor ever where none was wanted", async () => {
    const unpaid = await created(adapter())
    const unwanted = await created(adapter(), { options: { serviceStep: "02Y70", noInvoice: true } })
    await outcome(unwanted.id, "E")
    for (const { id } of [unpaid, unwanted]) {
      for (const format of ["pdf", "xml"] as const) {
        const error = await errorOf(adapter().receipt(attempt({ providerReference: id }), format))
        assert.strictEqual(error.reason._tag, "NotReady")
        assert.isTrue(error.isRetryable)
      }
    }
  })

  it("with another sum or currency says so", async () => {
    const { id } = await created(adapter())
    await outcome(id, "E")
    const amount = async (): Promise<unknown> =>
      at(
        await documentOf(adapter().receipt(attempt({ providerReference: id }), "xml")),
        "observations",
        0,
        "says",
        "amount"
      )
    mm.fault({ operation: xmlDocumentOf[service], kind: "wrong_amount", times: 1 })
    assert.deepEqual(await amount(), money(1213n, "EUR"))
    mm.fault({ operation: xmlDocumentOf[service], kind: "wrong_currency", times: 1 })
    assert.deepEqual(await amount(), money(1212n, "USD"))
  })
})
