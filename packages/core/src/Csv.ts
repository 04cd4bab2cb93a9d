import * as DateTime from "effect/DateTime"
import { toDecimal } from "./Money.ts"
import type { Payment } from "./Payment.ts"

const header = [
  "payment_id",
  "merchant_reference",
  "created_at",
  "provider",
  "environment",
  "status",
  "finality",
  "attention",
  "asked",
  "received",
  "undone",
  "given_back",
  "currency",
  "provider_reference",
  "paid_via"
]

// A cell that begins like a formula would run in a spreadsheet; the apostrophe makes it text. Where the list separator is a
// semicolon, as in Latvia, a cell also begins after each of those, whatever is quoted.
const cell = (text: string): string => {
  const safe = (/^[\t\r\n]/.test(text) ? `'${text}` : text).replaceAll(/(^|[;\t\r\n])(?=\s*[=+\-@])/g, "$1'")
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180, UTF-8, one header line. */
export const csvOf = (header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"

/** Payments as CSV (RFC 4180, UTF-8, one header line), without personal data; sums are decimal text. */
export const toCsv = (payments: ReadonlyArray<Payment>): string => {
  const rows = payments.map((payment) => {
    const { money, status, finality, attention } = payment.state
    const { current } = payment
    const sum = money.asked ?? money.received
    return [
      payment.id,
      payment.merchantReference,
      DateTime.formatIso(payment.createdAt),
      payment.provider,
      payment.environment,
      status,
      finality,
      attention.join(" "),
      ...[money.asked, money.received, money.undone, money.givenBack].map((one) =>
        one === undefined ? "" : toDecimal(one)
      ),
      sum?.currency ?? "",
      current.providerReference ?? "",
      current.paidVia ?? ""
    ]
  })
  return csvOf(header, rows)
}
