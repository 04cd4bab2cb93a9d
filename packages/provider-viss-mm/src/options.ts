import * as Schema from "effect/Schema"

import { isGuid } from "./internal/wire.ts"
import { rigaMidnight } from "./internal/rigaTime.ts"

/** How the payer's page looks, for people who need it larger or in strong contrast. */
export interface Presentation {
  /** Percent. */
  readonly fontSize?: 100 | 125 | 150
  readonly contrast?: "black-on-yellow" | "yellow-on-black"
}

/** What `create` at MM needs beyond the common fields. */
export interface VissMmPaymentOptions {
  /** Number of the service step in the public service catalogue; it fixes payee, account and price list. */
  readonly serviceStep: string
  /** Means of payment to offer (SWIFT codes as MM spells them); all of them if absent. */
  readonly allowedBanks?: ReadonlyArray<string>
  /** The bank with which the payer has signed in; MM offers it first. */
  readonly bankSwiftCode?: string
  /** True: MM makes no supporting document, so `receipt` stays `NotReady` and nothing confirms the sum. */
  readonly noInvoice?: boolean
  /** The payment request that this one continues. */
  readonly parentPaymentRequestId?: string
  /** Issue date of the supporting document, `YYYY-MM-DD` in Riga. */
  readonly invoiceIssueDate?: string
  readonly presentation?: Presentation
}

// ASSUMPTION(viss-mm#1): the guide gives no lengths; a step has five characters in every sample, a bank code eight to nine.
const ServiceStep = Schema.NonEmptyString.check(Schema.isMaxLength(40))
const BankCode = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9]{1,20}$/))
const Guid = Schema.String.check(Schema.makeFilter((text) => isGuid(text) || "must be a GUID"))
const CalendarDate = Schema.String.check(
  Schema.makeFilter((text) => rigaMidnight(text) !== undefined || "must be a date, YYYY-MM-DD")
)

/** Decodes `options` of `create`. Messages name paths and expectations, never values. */
export const options: Schema.Codec<VissMmPaymentOptions, unknown> = Schema.Struct({
  serviceStep: ServiceStep,
  allowedBanks: Schema.optionalKey(Schema.NonEmptyArray(BankCode)),
  bankSwiftCode: Schema.optionalKey(BankCode),
  noInvoice: Schema.optionalKey(Schema.Boolean),
  parentPaymentRequestId: Schema.optionalKey(Guid),
  invoiceIssueDate: Schema.optionalKey(CalendarDate),
  presentation: Schema.optionalKey(
    Schema.Struct({
      fontSize: Schema.optionalKey(Schema.Literals([100, 125, 150])),
      contrast: Schema.optionalKey(Schema.Literals(["black-on-yellow", "yellow-on-black"]))
    })
  )
})
