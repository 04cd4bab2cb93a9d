import * as Result from "effect/Result"

/** Why a text or a number is not an amount or a quantity. The value itself is never told. */
export type DecimalProblem = "not_a_decimal" | "negative" | "zero" | "too_precise" | "too_large"

/** MM prices and pays in euro only (the catalogue sets the currency; no request has one). */
const fractionDigits = 2
const scale = 100n
/** Far beyond any fee, and within what .NET's decimal and PHP's floats carry exactly. */
const maxIntegerDigits = 12
// ASSUMPTION(viss-mm#10): quantities have at most six fraction digits; the guide's samples have two (4.56).
const maxQuantityFractionDigits = 6

const plain = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/

interface Parts {
  readonly integer: string
  /** Without trailing zeros. */
  readonly fraction: string
}

const split = (text: string): Result.Result<Parts, DecimalProblem> => {
  const found = plain.exec(text)
  if (found === null) return Result.fail("not_a_decimal")
  const [, sign = "", integer = "", fraction = ""] = found
  if (sign !== "") return Result.fail("negative")
  if (integer.length > maxIntegerDigits) return Result.fail("too_large")
  return Result.succeed({ integer, fraction: fraction.replace(/0+$/, "") })
}

/**
 * Writes cents as euro: `1210n` becomes `"12.10"`.
 *
 * Refuses what is below zero or beyond twelve integer digits.
 */
export const formatEuro = (cents: bigint): Result.Result<string, DecimalProblem> => {
  if (cents < 0n) return Result.fail("negative")
  const digits = cents.toString().padStart(fractionDigits + 1, "0")
  const integer = digits.slice(0, -fractionDigits)
  return integer.length > maxIntegerDigits
    ? Result.fail("too_large")
    : Result.succeed(`${integer}.${digits.slice(-fractionDigits)}`)
}

/**
 * Reads euro as cents: `"12.10"`, `"12.1"`, `"12"` and `"12.1000"` are exact, `"12.105"` is `too_precise` and never
 * rounded. Signs, exponents, leading zeros, separators and spaces are refused.
 */
export const parseEuro = (text: string): Result.Result<bigint, DecimalProblem> =>
  Result.flatMap(split(text), ({ integer, fraction }) =>
    fraction.length > fractionDigits
      ? Result.fail("too_precise")
      : Result.succeed(BigInt(integer) * scale + BigInt(fraction.padEnd(fractionDigits, "0")))
  )

/** Checks a quantity of a tariff position (`"4.56"`) and returns it as it was given: it is sent, never computed with. */
export const checkQuantity = (text: string): Result.Result<string, DecimalProblem> =>
  Result.flatMap(split(text), ({ integer, fraction }) => {
    if (fraction.length > maxQuantityFractionDigits) return Result.fail("too_precise")
    return integer === "0" && fraction === "" ? Result.fail("zero") : Result.succeed(text)
  })
