import { charged, type Payment } from "./Payment.ts"
import { Refusal } from "./wire.ts"

/** The smallest PDF that viewers open: one page, one line, a table of contents with right offsets. */
const pdf = (line: string): Uint8Array => {
  const content = `BT /F1 14 Tf 40 780 Td (${line}) Tj ET`
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
  ]
  let text = "%PDF-1.4\n"
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const rows = offsets.map((at) => `${at.toString().padStart(10, "0")} 00000 n \n`).join("")
  const table = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return new TextEncoder().encode(text)
}

/** The receipt of a payment that came; both formats carry the mark of a specimen. */
export const receiptOf = (
  payment: Payment,
  format: string
): { readonly mediaType: string; readonly body: Uint8Array } => {
  if (payment.status !== "paid") throw new Refusal(409, "no_receipt")
  const { currency } = payment.total
  const value = charged(payment).toString()
  if (format === "pdf") {
    return { mediaType: "application/pdf", body: pdf(`PARAUGS ${payment.number} ${value} ${currency}`) }
  }
  if (format !== "xml") throw new Refusal(422, "unknown_format")
  const lines = payment.charges.map(
    ({ amount, id }) => `<charge id="${id}" value="${amount.value}" currency="${amount.currency}"/>`
  )
  const text =
    `<?xml version="1.0" encoding="UTF-8"?>\n<receipt number="${payment.number}" payment="${payment.order.id}">` +
    `<specimen>PARAUGS</specimen>${lines.join("")}</receipt>\n`
  return { mediaType: "application/xml", body: new TextEncoder().encode(text) }
}
