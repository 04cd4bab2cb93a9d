import { rigaDate } from "./dates.ts"
import { formatCents } from "./Decimal.ts"
import type { InvoiceView } from "./invoice.ts"
import { document, element, type Xml } from "./xmlWrite.ts"

/** Namespace of the simulator's own layout: MM's layout of the supporting document is not described anywhere. */
export const invoiceNamespace = "urn:maksa:sandbox:viss-mm:invoice:1"

const optional = (name: string, value: string | undefined): ReadonlyArray<Xml> =>
  value === undefined ? [] : [element(name, {}, value)]

/** The supporting document as XML; amounts are decimal texts in `currency`. */
export const invoiceXml = ({ currency, number, request, rows: paidRows, totalCents }: InvoiceView): string => {
  const { client } = request
  const rows = paidRows.map((row) =>
    element(
      "Row",
      { position: row.position },
      element("Title", {}, row.title.lv),
      ...(row.kind === "Quantity"
        ? [element("Quantity", {}, row.itemText), element("UnitPrice", {}, formatCents(row.unitPriceCents))]
        : []),
      element("Amount", {}, formatCents(row.amountCents))
    )
  )
  return document(
    element(
      "Invoice",
      { xmlns: invoiceNamespace, specimen: "PARAUGS" },
      element("Number", {}, number),
      element("PaymentRequestId", {}, request.id),
      element("IssueDate", {}, rigaDate(request.invoiceIssueDate ?? request.paidAt ?? request.createdAt)),
      element("PaidDate", {}, rigaDate(request.paidAt ?? request.createdAt)),
      element("Payee", {}, element("Name", {}, request.payee), element("Iban", {}, request.iban)),
      element(
        "Payer",
        {},
        ...optional("FirstName", client.firstName),
        ...optional("Name", client.name),
        ...optional("Code", client.code),
        ...optional("Address", client.address)
      ),
      element("ServiceStep", {}, request.serviceStep),
      ...optional("PaymentObject", request.paymentObject),
      element("Rows", {}, ...rows),
      element("Total", { currency }, formatCents(totalCents)),
      element("PaymentProvider", {}, request.paidBank ?? "")
    )
  )
}
