import type { ProjectSettings } from "./ProjectSettings.ts"
import type { WireObject } from "./WireJson.ts"

/** A bank of the method "Open Banking in Latvia" (ecommpay, method page, section "Support by banks"). */
export interface Bank {
  readonly id: number
  readonly abbr: string
  readonly name: string
  /** ISO 9362 code, by which the provider's widget knows the bank. */
  readonly bic: string
}

export const banks: ReadonlyArray<Bank> = [
  { id: 1981, abbr: "SWED", name: "Swedbank", bic: "HABALV22" },
  { id: 1991, abbr: "SEB", name: "SEB bank", bic: "UNLALV2X" },
  { id: 2001, abbr: "RIET", name: "Rietumu bank", bic: "RTMBLV2X" }
]

export const findBank = (id: number | undefined): Bank | undefined => banks.find((bank) => bank.id === id)

/** Gate's schema of `payment.amount`. Minor units. */
export const smallestAmount = 1n
export const largestAmount = 10_000_000_000_000n

/** The published schema has blanks in the names, its description writes them together. */
const limitNames = {
  blank: { least: "min amount", most: "max amount" },
  camel: { least: "minAmount", most: "maxAmount" },
  snake: { least: "min_amount", most: "max_amount" }
} as const

type Limits = Pick<ProjectSettings, "bankLimitMinor" | "bankLimits">

/** The largest sum that a bank takes, minor units. */
export const limitOf = (bankId: number, { bankLimitMinor, bankLimits }: Limits): number =>
  bankLimits[bankId] ?? bankLimitMinor

/** The largest sum that some bank takes, minor units. */
export const largestLimit = (limits: Limits): number => Math.max(...banks.map(({ id }) => limitOf(id, limits)))

/** The banks that take a sum. */
export const banksFor = (amountMinor: bigint, limits: Limits): ReadonlyArray<Bank> =>
  banks.filter(({ id }) => amountMinor <= BigInt(limitOf(id, limits)))

/** An item of `/v2/info/banks/latvia/sale/list`. */
export const bankListItem = (
  bank: Bank,
  { bankLimitNames, ...limits }: Limits & Pick<ProjectSettings, "bankLimitNames">
): WireObject => ({
  id: bank.id,
  abbr: bank.abbr,
  name: bank.name,
  nativeName: bank.name,
  [limitNames[bankLimitNames].least]: Number(smallestAmount),
  [limitNames[bankLimitNames].most]: limitOf(bank.id, limits),
  limitCurrency: "EUR",
  currencies: [{ id: 978, alpha_3_4217: "EUR", number_3_4217: "978", exponent: 2, currency_type: "fiat" }]
})
