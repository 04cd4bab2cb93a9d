import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { checkQuantity, formatEuro, parseEuro } from "../src/internal/decimal.ts"

describe("euro amounts", () => {
  it.each([
    [0n, "0.00"],
    [1n, "0.01"],
    [10n, "0.10"],
    [1210n, "12.10"]
  ] as const)("%s cents are written as %s", (cents, text) => {
    assert.deepStrictEqual(formatEuro(cents), Result.succeed(text))
  })

  it("survive the way to text and back, over the whole range", () => {
    for (let cents = 0n; cents < 10n ** 14n; cents = cents * 3n + 7n) {
      assert.deepStrictEqual(Result.flatMap(formatEuro(cents), parseEuro), Result.succeed(cents))
    }
    const largest = 10n ** 14n - 1n
    assert.deepStrictEqual(Result.flatMap(formatEuro(largest), parseEuro), Result.succeed(largest))
    assert.deepStrictEqual(formatEuro(largest + 1n), Result.fail("too_large"))
    assert.deepStrictEqual(formatEuro(-1n), Result.fail("negative"))
  })

  it.each([
    ["12", 1200n],
    ["12.1", 1210n],
    ["12.10", 1210n],
    ["12.1000", 1210n],
    ["0.07", 7n],
    ["999999999999.99", 99999999999999n]
  ] as const)("%s is read exactly", (text, cents) => {
    assert.deepStrictEqual(parseEuro(text), Result.succeed(cents))
  })

  it.each([
    ["12.105", "too_precise"],
    ["0.001", "too_precise"],
    ["-1.00", "negative"],
    ["1000000000000", "too_large"],
    ["", "not_a_decimal"],
    [" 1", "not_a_decimal"],
    ["1\n", "not_a_decimal"],
    ["+1", "not_a_decimal"],
    ["01", "not_a_decimal"],
    ["1.", "not_a_decimal"],
    [".5", "not_a_decimal"],
    ["1,00", "not_a_decimal"],
    ["1e2", "not_a_decimal"],
    ["0x10", "not_a_decimal"],
    ["1_000", "not_a_decimal"],
    ["١", "not_a_decimal"],
    ["NaN", "not_a_decimal"]
  ] as const)("%j is refused as %s", (text, problem) => {
    assert.deepStrictEqual(parseEuro(text), Result.fail(problem))
  })
})

describe("quantities", () => {
  it.each(["1", "4.56", "12.00", "0.000001", "999999999999"])("%s is passed on as it is", (text) => {
    assert.deepStrictEqual(checkQuantity(text), Result.succeed(text))
  })

  it.each([
    ["0", "zero"],
    ["0.00", "zero"],
    ["0.0000001", "too_precise"],
    ["-1", "negative"],
    ["1e-7", "not_a_decimal"],
    ["1,5", "not_a_decimal"],
    ["1000000000000", "too_large"]
  ] as const)("%s is refused as %s", (text, problem) => {
    assert.deepStrictEqual(checkQuantity(text), Result.fail(problem))
  })
})
