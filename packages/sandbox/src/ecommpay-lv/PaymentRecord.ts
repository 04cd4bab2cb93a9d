import type { Supplied } from "./clarification/Clarification.ts"
import type { Askable, ClarificationRequest } from "./clarification/ClarificationRequest.ts"
import type { ResultCode } from "./Codes.ts"
import type { PaymentStatus } from "./Statuses.ts"

/** One operation of a payment. Times are epoch milliseconds, amounts minor units. */
export interface Operation {
  /** 13 digits, as the platform's. */
  readonly id: number
  readonly type: "sale" | "payment confirmation" | "reversal" | "refund" | "payout" | "payout reversal"
  readonly createdAt: number
  readonly requestId: string
  status: string
  at: number
  amountMinor: bigint
  result: ResultCode
}

/** Money that really moved: of a purchase to the merchant and back, of a payout to its payee and back. */
export interface Movement {
  readonly at: number
  readonly direction: "received" | "returned" | "paid_out" | "came_back"
  readonly amountMinor: bigint
}

export interface FieldError extends ResultCode {
  readonly field?: string
}

/** Where the payer goes afterwards; absent members were not given. */
export interface ReturnUrls {
  readonly success?: string
  readonly decline?: string
  readonly return?: string
}

export interface CallbackOptions {
  readonly url?: string
  readonly successUrl?: string
  readonly declineUrl?: string
  readonly delayMillis: number
  readonly isDisabled: boolean
}

/** Who gets a payout. */
export interface Payee {
  /** Without blanks. */
  readonly iban: string
  readonly name: string
}

/** What a merchant's request says about a payment. */
export interface PaymentRequest {
  readonly type: "purchase" | "payout"
  readonly projectId: number
  /** As first sent; payment ids are compared without regard to case. */
  readonly paymentId: string
  readonly channel: "payment_page" | "gate"
  readonly amountMinor: bigint
  readonly currency: string
  readonly description: string
  readonly customerId: string
  readonly customerEmail?: string
  /** What the provider may want and the request already says; values are not kept. */
  readonly given: ReadonlyArray<Askable>
  /** Of a payout. */
  readonly payee?: Payee
  readonly bankId?: number
  /** Epoch milliseconds. */
  readonly bestBefore?: number
  readonly language: "lv" | "ru" | "en"
  readonly returnUrls: ReturnUrls
  readonly callback: CallbackOptions
}

export interface PaymentRecord {
  readonly request: PaymentRequest
  readonly requestId: string
  readonly registeredAt: number
  /** The operation that the request asked for, a sale or a payout; none after failed checks. */
  readonly first: Operation | undefined
  readonly operations: Array<Operation>
  readonly errors: ReadonlyArray<FieldError>
  readonly movements: Array<Movement>
  status: PaymentStatus
  at: number
  /** What the platform believes was paid; differs from the request's amount only when the control API says so. */
  amountMinor: bigint
  /** In which it was paid; differs from the request's only when the control API says so. */
  currency: string
  /** The remainder after reversals: `payment.sum` (ecommpay, "Refund"). */
  sumMinor: bigint
  bankId: number | undefined
  /** Set while and after the payer is sent away; part of the address in `redirect_data.url`. */
  redirectToken: string | undefined
  /** What the provider's widget must be given; set with `redirectToken` in projects of redirect variant 1. */
  widgetToken: string | undefined
  /** Further attempts on Payment Page, once one was refused there. `until` is epoch milliseconds. */
  attempts: { readonly made: number; readonly until: number } | undefined
  /** What the provider may want and has. */
  readonly given: Set<Askable>
  /** What was last asked of the payer. */
  clarification: ClarificationRequest | undefined
  /** What the merchant's server last gave by Gate, right or wrong. */
  supplied: Supplied | undefined
}

export const totalMoved = (record: PaymentRecord, direction: Movement["direction"]): bigint =>
  record.movements.filter((move) => move.direction === direction).reduce((sum, move) => sum + move.amountMinor, 0n)
