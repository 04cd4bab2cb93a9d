import { AmountLine, type CreateInput, money } from "@maksa/core"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { assert, describe, it } from "vitest"

import type { VissMmPaymentOptions } from "../src/index.ts"
import { expiryOf, saveInput, type RequestSettings } from "../src/internal/order.ts"
import { serialiser } from "../src/internal/soap/serialise.ts"
import { options } from "../src/options.ts"
import { createInput, personal, redacted, tariff } from "./support/mm.ts"
import { bundledPlan } from "./support/soap.ts"

const settings: RequestSettings = { positionsLeadingZeros: "keep", dateOnlyExpiry: false }
type Change = Partial<CreateInput<VissMmPaymentOptions>>

const write = serialiser(await bundledPlan("SavePaymentRequest"))
const built = (change: Change = {}, other: Partial<RequestSettings> = {}) =>
  Result.getOrThrow(saveInput(createInput(change), { ...settings, ...other }))
const refused = (change: Change) => Result.getOrThrow(Result.flip(saveInput(createInput(change), settings)))

const deadline = Date.UTC(2026, 0, 31, 21, 59, 59, 500)
const amount = (minorUnits: bigint, position?: string, currency = "EUR") =>
  new AmountLine({ amount: money(minorUnits, currency), ...(position === undefined ? {} : { position }) })

describe("a payment request", () => {
  it("holds everything that was given, under MM's names", () => {
    assert.deepStrictEqual(
      built({
        deadline,
        lines: [amount(1210n, "54"), tariff("53", "4.56")],
        options: {
          serviceStep: "02Y70",
          allowedBanks: ["HABALV22", "FIRSTDATA"],
          bankSwiftCode: "HABALV22",
          noInvoice: false,
          parentPaymentRequestId: "08840043-1c60-e211-b74f-0050569b000e",
          invoiceIssueDate: "2026-07-01"
        }
      }),
      {
        AllowedBanks: [{ SwiftCode: "HABALV22" }, { SwiftCode: "FIRSTDATA" }],
        ClientInfo: {
          ClientAddress: personal.address,
          ClientCode: "01019019191",
          ClientEMail: personal.email,
          ClientFirstName: personal.firstName,
          ClientName: personal.lastName,
          ClientPhone: personal.phone
        },
        ExpiryDate: "2026-01-31T23:59:59+02:00",
        ExpiryDateSpecified: true,
        InvoiceIssueDate: "2026-07-01T00:00:00+03:00",
        InvoiceIssueDateSpecified: true,
        NoInvoice: false,
        ParentPaymentRequestID: "08840043-1c60-e211-b74f-0050569b000e",
        PaymentObject: "Nodeva LIETA-1",
        PriceList: [
          { Item: "12.10", ItemElementName: "Amount", Position: "54" },
          { Item: "4.56", ItemElementName: "Quantity", Position: "53" }
        ],
        ResponseUrl: "https://iestade.example/return/viss-mm/maksataja-zime?id=",
        ServerResponseUrl: "https://iestade.example/webhooks/viss-mm/servera-zime?id=",
        ServiceStep: "02Y70",
        SwiftCode: "HABALV22"
      }
    )
  })

  it("always has a last moment to pay with its flag, and leaves out what was not given", () => {
    const { payer: _payer, ...input } = createInput({ deadline })
    const request = Result.getOrThrow(saveInput(input, settings))
    assert.deepStrictEqual(Object.keys(request).toSorted(), [
      "ClientInfo",
      "ExpiryDate",
      "ExpiryDateSpecified",
      "PaymentObject",
      "PriceList",
      "ResponseUrl",
      "ServerResponseUrl",
      "ServiceStep"
    ])
    assert.deepStrictEqual(request.ClientInfo, {})
  })

  it("is written in the order of the WSDL, and the same input always gives the same bytes", () => {
    const input = createInput({ deadline })
    const written = () =>
      Result.getOrThrow(
        Result.flatMap(saveInput(input, settings), (made) => write({ paymentRequest: { PaymentRequest: made } }))
      )
    assert.strictEqual(written(), written())
    const names = [...written().matchAll(/<n\d:(\w+)/g)].map(([, name]) => name)
    const inOrder = ["ClientInfo", "ExpiryDate", "ExpiryDateSpecified", "PaymentObject", "PriceList", "ResponseUrl"]
    assert.deepStrictEqual(
      names.filter((name) => inOrder.includes(name ?? "")),
      inOrder
    )
  })

  it("names a company by its name alone", () => {
    const payer = redacted({ companyName: "SIA Paraugs", code: "40003000000" })
    assert.deepStrictEqual(built({ payer }).ClientInfo, { ClientCode: "40003000000", ClientName: "SIA Paraugs" })
  })

  it.each([
    ["keep", "053", "053"],
    ["stripOne", "053", "53"],
    ["stripOne", "0053", "053"],
    ["stripOne", "0", "0"],
    ["stripOne", "53", "53"]
  ] as const)("with positionsLeadingZeros %s sends position %s as %s", (positionsLeadingZeros, position, expected) => {
    assert.strictEqual(
      built({ lines: [amount(1n, position)] }, { positionsLeadingZeros }).PriceList[0]?.Position,
      expected
    )
  })

  it("may end with its day: then it can be paid until midnight in Riga", () => {
    const noon = Date.UTC(2026, 5, 30, 9)
    assert.strictEqual(built({ deadline: noon }, { dateOnlyExpiry: true }).ExpiryDate, "2026-06-30")
    assert.strictEqual(expiryOf(noon, { ...settings, dateOnlyExpiry: true }), Date.UTC(2026, 5, 30, 20, 59, 59))
    assert.strictEqual(expiryOf(deadline, settings), deadline - 500)
  })

  const secretUrl = "https://iestade.example/slepens-kanarijs#x"
  it.each<readonly [string, string, Change]>([
    ["no line", "lines", { lines: [] }],
    ["a line without position", "lines[0].position", { lines: [amount(1n)] }],
    ["another currency", "lines[1].amount", { lines: [amount(1n, "1"), amount(1n, "2", "USD")] }],
    ["nothing to pay", "lines[0].amount", { lines: [amount(0n, "1")] }],
    ["a negative sum", "lines[0].amount", { lines: [amount(-1n, "1")] }],
    ["a sum beyond any fee", "lines[0].amount", { lines: [amount(10n ** 15n, "1")] }],
    ["a person and a company", "payer", { payer: redacted({ lastName: "slepens-kanarijs", companyName: "SIA" }) }],
    ["a fragment in the return URL", "urls.return", { urls: { ...createInput().urls, return: secretUrl } }],
    ["a fragment in the webhook URL", "urls.webhook", { urls: { ...createInput().urls, webhook: secretUrl } }],
    [
      "an impossible date",
      "options.invoiceIssueDate",
      { options: { serviceStep: "1", invoiceIssueDate: "2026-02-30" } }
    ]
  ])("with %s is refused before anything is sent, naming %s and no value", (_what, field, change) => {
    const error = refused(change)
    assert.strictEqual(error.field, field)
    assert.notInclude(inspect(error), "slepens-kanarijs")
  })
})

describe("options", () => {
  const decode = Schema.decodeUnknownExit(options)
  it.each([
    [{ serviceStep: "02Y70" }, true],
    [{ serviceStep: "02Y70", presentation: { fontSize: 125, contrast: "yellow-on-black" } }, true],
    [{ serviceStep: "02Y70", allowedBanks: ["DEMO0000"], noInvoice: true, invoiceIssueDate: "2028-02-29" }, true],
    [{}, false],
    [{ serviceStep: "" }, false],
    [{ serviceStep: "x".repeat(41) }, false],
    [{ serviceStep: "1", allowedBanks: [] }, false],
    [{ serviceStep: "1", allowedBanks: ["HABA LV22"] }, false],
    [{ serviceStep: "1", noInvoice: "true" }, false],
    [{ serviceStep: "1", parentPaymentRequestId: "1" }, false],
    [{ serviceStep: "1", parentPaymentRequestId: "00000000-0000-0000-0000-000000000000" }, false],
    [{ serviceStep: "1", invoiceIssueDate: "2026-02-30" }, false],
    [{ serviceStep: "1", presentation: { fontSize: 110 } }, false],
    [{ serviceStep: "1", presentation: { contrast: "dark" } }, false]
  ])("%j decode: %s", (given, isFit) => {
    assert.strictEqual(decode(given)._tag, isFit ? "Success" : "Failure")
  })
})
