// What is being paid for, in the two forms that Payment Page documents. ecommpay shows and sends it on, and never checks it.
import * as Schema from "effect/Schema"
import { shownTextProblem } from "./internal/plainText.ts"
import { Day, personalText } from "./pagePayer.ts"

/** A sum in cents, as digits: options are plain JSON, which has no exact integers. */
export type Cents = string

export interface PageReceiptPosition {
  readonly amount: Cents
  readonly quantity?: number
  readonly description?: string
  /** VAT rate in percent. */
  readonly tax?: number
  readonly taxAmount?: Cents
}

/** Lines for the notice that ecommpay sends to the payer (`receipt_data`). No document of the agency. */
export interface PageReceipt {
  /** 1 to 300. */
  readonly positions: ReadonlyArray<PageReceiptPosition>
  readonly totalTaxAmount?: Cents
  /** VAT rate of all lines, percent. */
  readonly commonTax?: number
}

interface Stay {
  readonly description?: string
  /** Days as `YYYY-MM-DD`. */
  readonly startDate?: string
  readonly endDate?: string
}

/** A booking that the payment is for (`booking_info`). */
export interface PageBooking extends Stay {
  readonly id?: string
  readonly reference?: string
  readonly total?: Cents
  /** How many people. */
  readonly people?: number
  readonly bookers?: ReadonlyArray<{
    readonly firstName?: string
    readonly lastName?: string
    readonly email?: string
  }>
  readonly items?: ReadonlyArray<Stay>
}

const optional = Schema.optionalKey
const Shown = Schema.NonEmptyString.check(Schema.makeFilter(shownTextProblem))
const Sum = Schema.String.check(
  Schema.makeFilter((text) =>
    /^(?:0|[1-9]\d{0,13})$/.test(text) ? undefined : "must be a sum in cents, as digits, at most 10^14."
  )
)
const Percent = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 }))
const Count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 }))

export const PageReceipt: Schema.Codec<PageReceipt, unknown> = Schema.Struct({
  positions: Schema.NonEmptyArray(
    Schema.Struct({
      amount: Sum,
      quantity: optional(Count),
      description: optional(Shown),
      tax: optional(Percent),
      taxAmount: optional(Sum)
    })
  ).check(Schema.isMaxLength(300)),
  totalTaxAmount: optional(Sum),
  commonTax: optional(Percent)
})

const stay = { description: optional(Shown), startDate: optional(Day), endDate: optional(Day) }

export const PageBooking: Schema.Codec<PageBooking, unknown> = Schema.Struct({
  ...stay,
  id: optional(Shown),
  reference: optional(Shown),
  total: optional(Sum),
  people: optional(Count),
  bookers: optional(
    Schema.NonEmptyArray(
      Schema.Struct({
        firstName: optional(personalText()),
        lastName: optional(personalText()),
        email: optional(personalText())
      })
    )
  ),
  items: optional(Schema.NonEmptyArray(Schema.Struct(stay)))
})
