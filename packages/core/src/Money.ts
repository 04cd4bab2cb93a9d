import * as Schema from "effect/Schema"

/** An ISO 4217 code in capitals, such as `EUR`. */
export const Currency: Schema.String = Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/))
export type Currency = string

// ISO 4217 exponents that differ from two; every other currency has two decimals.
const exponents: Readonly<Record<string, number>> = {
  BHD: 3,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0
}

/** How many decimals the currency has: 2 for EUR, 0 for JPY. */
export const currencyDigits = (currency: Currency): number => exponents[currency] ?? 2

/**
 * A sum of money in minor units (cents) as a `bigint`; there is no float anywhere.
 *
 * `JSON.stringify` gives `{ "minorUnits": "1200", "currency": "EUR" }`, which `Schema.toCodecJson(Money)` reads back.
 * Adding two currencies throws a `RangeError`: it is a programming mistake, not an outcome.
 */
export class Money extends Schema.Class<Money>("@maksa/core/Money")({
  minorUnits: Schema.BigInt,
  currency: Currency
}) {
  toJSON(): { readonly minorUnits: string; readonly currency: string } {
    return { minorUnits: this.minorUnits.toString(), currency: this.currency }
  }
  override toString(): string {
    return `${toDecimal(this)} ${this.currency}`
  }
}

/** `money(1200n, "EUR")` is twelve euros. */
export const money = (minorUnits: bigint, currency: Currency): Money => new Money({ minorUnits, currency })

const sameCurrency = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) throw new RangeError(`Cannot combine ${a.currency} with ${b.currency}.`)
}

export const add = (a: Money, b: Money): Money => {
  sameCurrency(a, b)
  return money(a.minorUnits + b.minorUnits, a.currency)
}

export const subtract = (a: Money, b: Money): Money => {
  sameCurrency(a, b)
  return money(a.minorUnits - b.minorUnits, a.currency)
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`; throws on mixed currencies. */
export const compare = (a: Money, b: Money): -1 | 0 | 1 => {
  sameCurrency(a, b)
  return a.minorUnits < b.minorUnits ? -1 : a.minorUnits > b.minorUnits ? 1 : 0
}

/** The sum as decimal text with a dot and all decimals of its currency: `"12.10"`, `"-0.05"`. */
export const toDecimal = (value: Money): string => {
  const digits = currencyDigits(value.currency)
  const sign = value.minorUnits < 0n ? "-" : ""
  const units = (value.minorUnits < 0n ? -value.minorUnits : value.minorUnits).toString().padStart(digits + 1, "0")
  return digits === 0 ? sign + units : `${sign}${units.slice(0, -digits)}.${units.slice(-digits)}`
}

/**
 * Reads decimal text (`"12"`, `"12.1"`, `"12.10"`, `"-3.00"`) exactly. Answers `undefined` for anything else: exponents,
 * commas, blanks, or more decimals than the currency has (unless they are zeros). Nothing is rounded.
 */
export const fromDecimal = (text: string, currency: Currency): Money | undefined => {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = "", whole = "", fraction = ""] = match
  const digits = currencyDigits(currency)
  if (/[^0]/.test(fraction.slice(digits))) return undefined
  const units = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"))
  return money(sign === "-" ? -units : units, currency)
}
