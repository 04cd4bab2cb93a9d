// The page that tells of every operation and field what is known and what is assumed: nothing may be missing from it.
import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8")
const page = read("../../../docs/providers/viss-mm-wire.md")

/** Members of structures and operations, by the drafts; a wrapper's name only repeats that of its operation or list. */
const described = ["mm-default", "mm-pfas-default"].flatMap((name) =>
  [...read(`../wsdl/${name}.wsdl`).matchAll(/<(?:xsd:element|wsdl:operation) [^>]*?name="(\w+)"/g)]
    .map(([, found = ""]) => found)
    .filter((found) => !/(?:Response|Result|Structure)$/.test(found))
)

const words = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)

/** Chapter 3 of the guide: the microservice's methods, what goes into them and what comes out. */
const microservice = words(`
  savepaymentrequest checkpaymentrequeststatus checkpaymentstatus checkpaymentrequeststatuswpt getpaymentrequests
  getpayments createinvoice MM_Cert MM-Error MM-ErrorMessage Position Id Name Code Address id
  CreatedDateFrom CreatedDateTill PaymentDateFrom PaymentDateTill ExpirationDateFrom ExpirationDateTill
  AmountFrom AmountTill OnlyNotPayed Currency
  PaymentRequestUniqueId Number StartDate ExpirationDate ServiceProviderName ServiceName TotalAmount UsageStatus
  PaymentDate ExternalId PayeeAccountNumber BankInfo Amount StatusCode`)

/** What else the guide names. */
const others = words(`
  PaymentsDataStructure PaymentRequestResponse DocumentDataContract SavePaymentRequestResult Invoices/Pdf Xml/
  MM_INVOICE_SERVICE MM_PAYMENTREQUEST_STATUS_SERVICE fs language bm P E R O Quantity IVISRequest IVISResponse`)

const names = [...new Set([...described, ...microservice, ...others])]
/** Code spans only: a name in passing explains nothing. */
const code = [...page.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span).join("\n")

describe("the page about MM's operations and fields", () => {
  it("is held against both drafts", () => {
    assert.includeMembers(names, ["SwiftCode", "xmlFormat", "FileName", "GetInvoice"])
  })

  it("tells of every one", () => {
    const missing = names.filter((name) => !new RegExp(`(?<!\\w)${name}(?!\\w)`).test(code))
    assert.deepStrictEqual(missing, [])
  })

  it("says in every row what is known and what is done here", () => {
    const cells = page
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
      .map((line) => line.split("|").map((cell) => cell.trim()))
    assert.isAbove(cells.length, 50)
    const silent = cells.filter(([, what, known, ...rest]) => what === "" || known === "" || rest.at(-2) === "")
    assert.deepStrictEqual(silent, [])
  })
})
