import type { FaultRule } from "../kernel/Faults.ts"
import { rigaWallTime } from "./dates.ts"
import type { PaymentRequest, Row } from "./PaymentRequest.ts"
import type { Settings } from "./settings.ts"

/** What a supporting document says. */
export interface InvoiceView {
  readonly request: PaymentRequest
  readonly number: string
  /** The rows that were paid. */
  readonly rows: ReadonlyArray<Row>
  readonly totalCents: bigint
  readonly currency: string
}

/** Whether there is a document: the request is paid and one was wanted. */
export const hasInvoice = (request: PaymentRequest, settings: Settings): boolean => {
  const unwanted = settings.noInvoiceMeans === "no_document" ? request.noInvoice : !request.noInvoice
  const isIssued = request.issued !== undefined && settings.createInvoiceMakes === "document"
  return request.status === "E" && (!unwanted || isIssued)
}

/** The faults `wrong_amount` and `wrong_currency` make a document that contradicts what was asked. */
export const invoiceView = (request: PaymentRequest, faults: ReadonlyArray<FaultRule>): InvoiceView => {
  const has = (kind: string): boolean => faults.some((rule) => rule.kind === kind)
  const paidRows = request.rows.filter((row) => row.status === "E")
  const sum = request.paidCents ?? paidRows.reduce((total, row) => total + row.amountCents, 0n)
  return {
    request: request.issued === undefined ? request : { ...request, client: request.issued.client },
    rows: paidRows,
    number: `MM-${rigaWallTime(request.createdAt).year}-${request.id.slice(0, 8).toUpperCase()}`,
    totalCents: has("wrong_amount") ? sum + 1n : sum,
    currency: has("wrong_currency") ? "USD" : (request.paidCurrency ?? request.currency)
  }
}
