import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

const personal = (label: string) =>
  Schema.optionalKey(Schema.Redacted(Schema.NonEmptyString, { label: `payer.${label}` }))

/** The payer's personal data, redacted from here on: strings, JSON, logs and errors show only the label. */
export const Payer = Schema.Struct({
  firstName: personal("firstName"),
  lastName: personal("lastName"),
  companyName: personal("companyName"),
  /** Personal code or registration number. */
  code: personal("code"),
  email: personal("email"),
  phone: personal("phone"),
  address: personal("address"),
  ipAddress: personal("ipAddress"),
  /** The agency's own opaque id of the payer; never a personal code. */
  reference: Schema.optionalKey(Schema.NonEmptyString)
})
export type Payer = typeof Payer.Type

const plain = Schema.optionalKey(Schema.NonEmptyString)

/** The payer as callers write it: plain text, redacted as soon as core has decoded it. */
export const PayerInput = Schema.Struct({
  firstName: plain,
  lastName: plain,
  companyName: plain,
  code: plain,
  email: plain,
  phone: plain,
  address: plain,
  ipAddress: plain,
  reference: plain
})
export type PayerInput = typeof PayerInput.Type

/** Redacts every personal field; `reference` is the agency's own and stays readable. */
export const redactPayer = ({ reference, ...personalData }: PayerInput): Payer => ({
  ...Object.fromEntries(
    Object.entries(personalData).map(([name, value]) => [name, Redacted.make(value, { label: `payer.${name}` })])
  ),
  ...(reference === undefined ? {} : { reference })
})

/** Who a payout goes to: redacted like the payer. */
export interface Payee {
  /** Without blanks, in upper case; its check digits hold. */
  readonly iban: Redacted.Redacted
  readonly name: Redacted.Redacted
  /** What some providers ask of a payee beside the account. */
  readonly email?: Redacted.Redacted
  readonly address?: Redacted.Redacted
  readonly city?: Redacted.Redacted
  readonly postalCode?: Redacted.Redacted
}

/** A payee as callers write it: plain text, redacted as soon as core has decoded it. */
export interface PayeeInput {
  readonly iban: string
  readonly name: string
  readonly email?: string
  readonly address?: string
  readonly city?: string
  readonly postalCode?: string
}
