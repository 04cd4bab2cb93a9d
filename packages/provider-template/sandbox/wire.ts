// Messages as the provider's document spells them.

/** Minor units as decimal digits. */
export interface WireAmount {
  readonly value: string
  readonly currency: string
}

export type WireAction =
  | { readonly kind: "page"; readonly url: string }
  | {
      readonly kind: "widget"
      readonly script: string
      readonly host: string
      readonly token: string
      readonly parameters: Readonly<Record<string, string>>
    }
  | {
      readonly kind: "questions"
      readonly fields: ReadonlyArray<{ readonly name: string; readonly label: string; readonly required: boolean }>
      readonly consent: string
    }
  | { readonly kind: "portal"; readonly place: string; readonly until: string; readonly url: string }
  | { readonly kind: "wait" }

export type Status =
  | "awaiting_payer"
  | "processing"
  | "promised"
  | "paid"
  | "refused"
  | "lapsed"
  | "cancelled"
  | "returned"
  // No document knows this word: what a provider might say one day.
  | "sideways"

export interface Sum {
  readonly id: string
  readonly amount: WireAmount
}

export interface WirePayment {
  readonly id: string
  readonly number: string
  readonly status: Status
  readonly updated_at: string
  readonly total: WireAmount
  /** Who set the total: the merchant, or the provider by its price list. */
  readonly priced_by: "merchant" | "list"
  /** While the status is `promised`. */
  readonly promised?: WireAmount
  /** Sums that the payer was charged. */
  readonly charges: ReadonlyArray<Sum>
  /** Sums that went back. */
  readonly returns: ReadonlyArray<Sum>
  readonly action?: WireAction
  readonly code?: string
  readonly bank?: string
}

export type RepaymentStatus =
  | "processing"
  | "sent"
  | "refused"
  | "returned"
  // No document knows this word.
  | "sideways"

/** A refund or a payout. */
export interface WireRepayment {
  readonly id: string
  /** The merchant's id of the payment. */
  readonly payment: string
  readonly status: RepaymentStatus
  readonly updated_at: string
  readonly amount: WireAmount
  readonly code?: string
}

export type Language = "lv" | "en" | "ru"

export type Flow = "page" | "form" | "widget" | "consent" | "portal" | "later"

/** What an order says, by API or by form. */
export interface WireOrder {
  readonly account: string
  readonly id: string
  readonly reference: string
  readonly description: string
  readonly flow: Flow
  readonly language: Language
  readonly expires_at: string
  readonly return_url: string
  readonly notice_url: string
  readonly lines: ReadonlyArray<
    { readonly amount: WireAmount } | { readonly position: string; readonly quantity: string }
  >
  readonly bank?: string
  readonly payer?: Readonly<Record<string, string>>
}

/** An explicit refusal in the provider's own JSON. */
export class Refusal extends Error {
  readonly http: number
  readonly code: string
  constructor(http: number, code: string) {
    super(code)
    this.http = http
    this.code = code
  }
}
