/** A JSON number with a fraction or an exponent, or an integer beyond 64 bits: PHP holds these as floats. */
export class WireFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }

  /** As PHP turns a float into text with `precision=14` (`1.0E+21`, `0.3`, `-0`). */
  toString(): string {
    if (Object.is(this.value, -0)) return "-0"
    if (this.value === 0) return "0"
    const [mantissa = "", power = "0"] = this.value.toExponential(13).split("e")
    const digits = mantissa.replace(/\.?0+$/, "")
    const point = Number(power) + 1
    const isShort = point < 0 ? point >= -3 : point <= 14
    if (isShort) return String(Number(this.value.toPrecision(14)))
    return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(power) < 0 ? "-" : "+"}${Math.abs(Number(power))}`
  }

  toJSON(): number {
    return this.value
  }
}

/** What a message of the platform may hold. Integers beyond 2^53-1 are bigint, so that signing sees every digit. */
export type WireValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | WireFloat
  | ReadonlyArray<WireValue>
  | { readonly [key: string]: WireValue }

export type WireObject = { readonly [key: string]: WireValue }

const maxInt64 = 2n ** 63n - 1n
const minInt64 = -(2n ** 63n)

const readNumber = (token: string): number | bigint | WireFloat => {
  if (!/^-?\d+$/.test(token) || token === "-0") return new WireFloat(Number(token))
  const exact = BigInt(token)
  if (exact > maxInt64 || exact < minInt64) return new WireFloat(Number(token))
  const value = Number(exact)
  return Number.isSafeInteger(value) ? value : exact
}

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

// The third argument carries the number's source text; the declared type of JSON.parse does not know it yet.
const keepDigits: Reviver = (_key, value, context) =>
  typeof value === "number" ? readNumber(context?.source ?? String(value)) : value

/** Reads JSON text keeping integers exact. Throws `SyntaxError` on text that is not JSON. */
export const readWireJson = (text: string): WireValue => {
  const value: WireValue = JSON.parse(text, keepDigits)
  return value
}

export const isWireObject = (value: WireValue | undefined): value is WireObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof WireFloat)
