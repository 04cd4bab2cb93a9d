/** A decimal number kept exactly: `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

export type Rounding = "half_up" | "half_even" | "down"

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?$/
/** System.Decimal holds 28 to 29 digits. */
const mostDigits = 28

/** Reads an xsd:decimal (no exponent). `undefined`: not a decimal, or longer than System.Decimal can hold. */
export const parseDecimal = (text: string): Decimal | undefined => {
  const parts = decimalPattern.exec(text.trim())
  if (parts === null) return undefined
  const [, sign, whole = "", fraction = ""] = parts
  const digits = whole + fraction
  if (digits === "" || digits.replace(/^0+/, "").length > mostDigits) return undefined
  const value = BigInt(digits)
  return { digits: sign === "-" ? -value : value, scale: fraction.length }
}

/** Cents, when the number has no more than two significant decimals. */
export const toCents = (value: Decimal): bigint | undefined => {
  if (value.scale <= 2) return value.digits * 10n ** BigInt(2 - value.scale)
  const divisor = 10n ** BigInt(value.scale - 2)
  return value.digits % divisor === 0n ? value.digits / divisor : undefined
}

/** `cents` x `quantity`, rounded to whole cents once, at the end. Neither may be negative. */
export const multiply = (cents: bigint, quantity: Decimal, rounding: Rounding): bigint => {
  const product = cents * quantity.digits
  const divisor = 10n ** BigInt(quantity.scale)
  const whole = product / divisor
  const rest = (product % divisor) * 2n
  if (rounding === "down" || rest < divisor) return whole
  if (rest > divisor || rounding === "half_up") return whole + 1n
  return whole % 2n === 0n ? whole : whole + 1n
}

/** `1234n` as `12.34`. */
export const formatCents = (cents: bigint): string => {
  const sign = cents < 0n ? "-" : ""
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, "0")
  return `${sign}${text.slice(0, -2)}.${text.slice(-2)}`
}
