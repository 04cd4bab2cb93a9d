import { toDecimal } from "@maksa/core"
import { toIso } from "../format.ts"
import { sumOf } from "../fees/sumOf.ts"
import type { ClerkRow } from "../views/clerkView.ts"

const heads = [
  "payment_id",
  "case_number",
  "purpose",
  "created_at",
  "provider",
  "status",
  "finality",
  "asked_or_received",
  "currency",
  "attention",
  "office_told_at"
]

/** RFC 4180; a cell that a spreadsheet would run as a formula is led by an apostrophe. */
const cell = (value: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** The list as CSV in UTF-8, with a byte order mark for spreadsheets. Times are UTC, sums decimal text. */
export const toCsv = (rows: ReadonlyArray<ClerkRow>): string => {
  const lines = rows.map(({ payment, toldAt }) => {
    const sum = sumOf(payment)
    return [
      payment.id,
      payment.merchantReference,
      payment.purpose,
      toIso(payment.createdAt),
      payment.current.instance,
      payment.status,
      payment.state.finality,
      sum === undefined ? "" : toDecimal(sum),
      sum?.currency ?? "",
      payment.state.attention.join(" "),
      toldAt === undefined ? "" : toIso(toldAt)
    ]
  })
  return `\uFEFF${[heads, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`
}
