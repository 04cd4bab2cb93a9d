// What Payment Page may be told of the payer, beside names, e-mail and phone: those come from `payer`.
import * as Schema from "effect/Schema"
import { textProblem } from "./internal/plainText.ts"

/** Saves payers what the page would ask them (documentation of the page's parameters, `customer_*`). Each at most 255 characters. */
export interface PagePayer {
  readonly middleName?: string
  /** A day as `YYYY-MM-DD`. */
  readonly birthDate?: string
  readonly birthplace?: string
  /** Two letters by ISO 3166-1. */
  readonly country?: string
  readonly state?: string
  readonly city?: string
  readonly street?: string
  /** Street and house. */
  readonly address?: string
  /** At most 10 characters. */
  readonly postalCode?: string
}

/** Where the payer's card is registered (`billing_*`): only of use where the page also shows cards. */
export interface PageBilling {
  readonly address?: string
  readonly city?: string
  /** Two letters by ISO 3166-1. */
  readonly country?: string
  readonly postalCode?: string
  readonly region?: string
  /** The part after the hyphen of ISO 3166-2; with `country` only. */
  readonly regionCode?: string
}

/** What card schemes compare with the bank's record (`avs_*`): only of use where the page also shows cards. */
export interface PageAddressCheck {
  readonly postalCode?: string
  /** House and street. */
  readonly streetAddress?: string
}

export const personalText = (longest = 255): Schema.Codec<string> =>
  Schema.NonEmptyString.check(Schema.makeFilter((text) => textProblem(text, longest)))
const Text = personalText()
const Country = Schema.String.check(
  Schema.makeFilter((text) => (/^[A-Z]{2}$/.test(text) ? undefined : "must be two capital letters (ISO 3166-1)."))
)

const isDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
export const Day: Schema.Codec<string> = Schema.String.check(
  Schema.makeFilter((text) => (isDay(text) ? undefined : "must be a day as YYYY-MM-DD."))
)
const optional = Schema.optionalKey

export const PagePayer: Schema.Codec<PagePayer, unknown> = Schema.Struct({
  middleName: optional(Text),
  birthDate: optional(Day),
  birthplace: optional(Text),
  country: optional(Country),
  state: optional(Text),
  city: optional(Text),
  street: optional(Text),
  address: optional(Text),
  postalCode: optional(personalText(10))
})

export const PageBilling: Schema.Codec<PageBilling, unknown> = Schema.Struct({
  address: optional(Text),
  city: optional(Text),
  country: optional(Country),
  postalCode: optional(Text),
  region: optional(Text),
  regionCode: optional(
    Schema.String.check(
      Schema.makeFilter((text) => (/^[A-Z0-9]{1,3}$/.test(text) ? undefined : "must be a code by ISO 3166-2."))
    )
  )
}).check(
  Schema.makeFilter(({ country, regionCode }) =>
    regionCode !== undefined && country === undefined ? "regionCode needs country." : undefined
  )
)

export const PageAddressCheck: Schema.Codec<PageAddressCheck, unknown> = Schema.Struct({
  postalCode: optional(Text),
  streetAddress: optional(Text)
})
