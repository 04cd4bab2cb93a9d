import { parseDate } from "../dates.ts"
import { parseDecimal } from "../Decimal.ts"
import { BusinessError, DeserializationError } from "../errors.ts"
import type { PaymentRequestInput, PriceRow } from "../readPaymentRequest.ts"
import type { Members } from "./json.ts"

/** A date as MM's samples write it; the guide's `+3:00` is taken. */
export const readDate = (members: Members, name: string, endOfDay: boolean): number | undefined => {
  const text = members.text(name)
  if (text === undefined) return undefined
  const reading = parseDate(text, { endOfDay, lenient: true })
  if (reading === undefined) throw new DeserializationError(name)
  return reading.at
}

const readRow = (row: Members): PriceRow => {
  const itemText = row.number("Item") ?? "0"
  const item = parseDecimal(itemText)
  if (item === undefined) throw new DeserializationError("Item")
  const kind = row.text("ItemElementName")?.trim() ?? "Amount"
  if (kind !== "Amount" && kind !== "Quantity") throw new DeserializationError("ItemElementName")
  return { position: row.number("Position") ?? "", kind, item, itemText }
}

/** `PaymentsDataStructure.PaymentRequest` of the guide's sample: the SOAP members without the `…Specified` flags. */
export const readPaymentRequest = (body: Members): PaymentRequestInput => {
  const request = body.members("PaymentsDataStructure")?.members("PaymentRequest")
  if (request === undefined) throw new BusinessError("SIM-100")
  const client = request.members("ClientInfo")
  return {
    allowedBanks: request
      .list("AllowedBanks")
      .map((bank) => bank.text("SwiftCode"))
      .filter((code) => code !== undefined),
    client: {
      address: client?.text("ClientAddress"),
      code: client?.text("ClientCode"),
      email: client?.text("ClientEMail"),
      firstName: client?.text("ClientFirstName"),
      name: client?.text("ClientName"),
      phone: client?.text("ClientPhone")
    },
    expiryDate: readDate(request, "ExpiryDate", true),
    invoiceIssueDate: readDate(request, "InvoiceIssueDate", false),
    noInvoice: request.boolean("NoInvoice"),
    parentId: request.text("ParentPaymentRequestID")?.trim(),
    paymentObject: request.text("PaymentObject"),
    rows: request.list("PriceList").map(readRow),
    responseUrl: request.text("ResponseUrl")?.trim(),
    serverResponseUrl: request.text("ServerResponseUrl")?.trim(),
    serviceStep: request.text("ServiceStep")?.trim(),
    swiftCode: request.text("SwiftCode")?.trim()
  }
}
