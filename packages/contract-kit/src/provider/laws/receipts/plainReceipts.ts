// The plainest generator of confirmations, for providers that issue no documents: enough to try when one is made.
import type { ReceiptGenerator } from "@maksa/core"

const at = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n \n`

const pdf = (): string => {
  const head = "%PDF-1.4\n"
  const one = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
  const two = "2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
  const table = `xref\n0 3\n0000000000 65535 f \n${at(head.length)}${at(head.length + one.length)}`
  const start = head.length + one.length + two.length
  return `${head}${one}${two}${table}trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
}

export const plainReceipts: ReceiptGenerator = {
  generate: async ({ payment, format }) =>
    new TextEncoder().encode(format === "pdf" ? pdf() : `<confirmation payment="${payment.id}"/>`)
}
