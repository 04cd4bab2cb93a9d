import type { ClientInfo } from "./readPaymentRequest.ts"

/** MM's letters (FIDAVISTA): P in process, E executed, R revoked or expired, O other. */
export type Status = "P" | "E" | "R" | "O"

export interface Owner {
  /** SHA-256 of the client certificate. */
  readonly fingerprint: string
  readonly commonName: string
}

/** One priced row. */
export interface Row {
  readonly position: string
  readonly title: { readonly lv: string; readonly en: string }
  readonly kind: "Amount" | "Quantity"
  /** The number as the caller wrote it. */
  readonly itemText: string
  readonly unitPriceCents: bigint
  readonly amountCents: bigint
  /** The row's own state; a row's R never ends the request. */
  readonly status: Status
  readonly bank?: string
}

/** Money that really changed hands, whatever is said about it. */
export interface MoneyMovement {
  readonly at: number
  readonly direction: "received" | "returned"
  readonly cents: bigint
  readonly currency: string
  readonly bank: string
}

/** One try of the payer at a bank, as `getpayments` lists it; a refused one does not end the request. */
export interface BankPayment {
  readonly externalId: string
  readonly at: number
  readonly cents: bigint
  readonly currency: string
  status: Exclude<Status, "P">
}

export interface HistoryEntry {
  readonly at: number
  readonly what: string
}

/** How a request came through the portal's Request Service, and where messages about it go. */
export interface PortalOrigin {
  readonly mode: "sync" | "async"
  readonly transactionId: string
  /** Of the message that brought it: the CorrelationID of all that follow. */
  readonly messageId: string
  readonly messageType: string
  readonly responseEndPoint: string
}

export interface PaymentRequest {
  readonly id: string
  readonly owner: Owner
  readonly createdAt: number
  readonly serviceStep: string
  readonly serviceName: { readonly lv: string; readonly en: string }
  readonly payee: string
  readonly iban: string
  readonly currency: "EUR"
  readonly client: ClientInfo
  readonly allowedBanks: ReadonlyArray<string>
  readonly swiftCode: string | undefined
  readonly paymentObject: string | undefined
  readonly parentId: string | undefined
  readonly noInvoice: boolean
  readonly invoiceIssueDate: number | undefined
  /** Last moment to pay. */
  readonly expiresAt: number
  readonly responseUrl: string
  readonly serverResponseUrl: string | undefined
  readonly totalCents: bigint
  rows: ReadonlyArray<Row>
  status: Status
  /** Whether R came from the deadline. */
  expired: boolean
  paidAt?: number
  paidBank?: string
  /** What was paid instead of the rows' sum, by order of the control API. */
  paidCents?: bigint | undefined
  paidCurrency?: string | undefined
  readonly movements: Array<MoneyMovement>
  readonly payments: Array<BankPayment>
  /** A document that `createinvoice` issued, with the payer named there. */
  issued?: { readonly id: number; readonly client: ClientInfo }
  readonly history: Array<HistoryEntry>
  portal?: PortalOrigin
  /** The bank page that the payer last opened. */
  bankPage?: { readonly url: string; readonly bank: string }
}

/** Sum that moved one way. */
export const moved = (request: PaymentRequest, direction: MoneyMovement["direction"]): bigint =>
  request.movements.filter((one) => one.direction === direction).reduce((sum, one) => sum + one.cents, 0n)
