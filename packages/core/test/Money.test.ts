import * as fc from "fast-check"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { add, compare, currencyDigits, fromDecimal, money, Money, subtract, toDecimal } from "../src/Money.ts"

const currencies = fc.constantFrom("EUR", "USD", "JPY", "KWD", "CLF")
const sums = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), currencies)
  .map(([units, currency]) => money(units, currency))

describe("Money", () => {
  it("goes to decimal text and back without losing anything", () => {
    fc.assert(
      fc.property(sums, (sum) => {
        assert.deepStrictEqual(fromDecimal(toDecimal(sum), sum.currency), sum)
      }),
      { numRuns: 5000 }
    )
  })

  it("goes through JSON and back, and JSON.stringify never throws", () => {
    const decode = Schema.decodeUnknownSync(Schema.toCodecJson(Money))
    fc.assert(
      fc.property(sums, (sum) => {
        const back = decode(JSON.parse(JSON.stringify(sum)))
        assert.instanceOf(back, Money)
        assert.deepStrictEqual(back, sum)
      })
    )
    assert.strictEqual(JSON.stringify(money(1200n, "EUR")), '{"minorUnits":"1200","currency":"EUR"}')
  })

  it("adds and subtracts exactly, beyond what a float can hold", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        const [x, y] = [money(a, "EUR"), money(b, "EUR")]
        assert.strictEqual(add(x, y).minorUnits, a + b)
        assert.deepStrictEqual(subtract(add(x, y), y), x)
        assert.strictEqual(compare(x, y), a < b ? -1 : a > b ? 1 : 0)
      })
    )
  })

  it("refuses to combine currencies", () => {
    for (const combine of [add, subtract, compare]) {
      assert.throws(() => combine(money(1n, "EUR"), money(1n, "USD")), RangeError)
    }
  })

  it("writes all decimals of its currency", () => {
    const texts = [money(5n, "EUR"), money(-5n, "EUR"), money(100n, "JPY"), money(1n, "KWD")].map(toDecimal)
    assert.deepStrictEqual(texts, ["0.05", "-0.05", "100", "0.001"])
  })

  it("reads only plain decimal text that its currency can hold, and rounds nothing", () => {
    for (const text of ["12", "12.1", "12.10", "12.100"]) assert.isDefined(fromDecimal(text, "EUR"), text)
    for (const text of ["", "12,10", "1e3", "12.101", " 12", "12 ", "+1", ".5", "5.", "0x1", "NaN", "1_0", "--1"]) {
      assert.isUndefined(fromDecimal(text, "EUR"), text)
    }
    assert.isUndefined(fromDecimal("0.1", "JPY"))
  })

  it("refuses what is no currency", () => {
    for (const currency of ["eur", "EURO", "", "E1R"]) assert.throws(() => money(1n, currency))
  })

  it("knows how many decimals each currency has", () => {
    const digits: Readonly<Record<number, ReadonlyArray<string>>> = {
      0: [
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF"
      ],
      2: ["EUR", "USD", "GBP", "SEK", "PLN", "CHF"],
      3: ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"],
      4: ["CLF", "UYW"]
    }
    for (const [count, currencies] of Object.entries(digits)) {
      for (const currency of currencies) assert.strictEqual(currencyDigits(currency), Number(count), currency)
    }
  })

  it("has a name of its own among all schemas", () => {
    assert.strictEqual(Money.identifier, "@maksa/core/Money")
  })

  it("shows as text with its currency", () => {
    assert.strictEqual(String(money(-1205n, "EUR")), "-12.05 EUR")
    assert.strictEqual(String(money(0n, "JPY")), "0 JPY")
  })

  it("names both currencies when it refuses to combine them", () => {
    assert.throws(() => add(money(1n, "EUR"), money(1n, "USD")), /^Cannot combine EUR with USD\.$/)
  })

  it("keeps the currency through every sum", () => {
    assert.deepStrictEqual(subtract(money(1n, "JPY"), money(3n, "JPY")), money(-2n, "JPY"))
    assert.deepStrictEqual(add(money(1n, "KWD"), money(3n, "KWD")), money(4n, "KWD"))
  })

  it("orders equal, smaller and larger sums", () => {
    const sum = (minor: bigint) => money(minor, "EUR")
    assert.deepStrictEqual(
      [compare(sum(1n), sum(1n)), compare(sum(1n), sum(2n)), compare(sum(2n), sum(1n))],
      [0, -1, 1]
    )
  })

  it("reads exactly what stands there", () => {
    const read = (text: string, currency = "EUR") => fromDecimal(text, currency)?.minorUnits
    assert.deepStrictEqual(
      ["12", "12.1", "12.10", "12.100", "-3.00", "-0.05", "0", "007"].map((text) => read(text)),
      [1200n, 1210n, 1210n, 1210n, -300n, -5n, 0n, 700n]
    )
    assert.deepStrictEqual([read("12", "JPY"), read("12.0", "JPY"), read("1.2", "KWD")], [12n, 12n, 1200n])
    assert.strictEqual(fromDecimal("1", "USD")?.currency, "USD")
    assert.strictEqual(read(`${"9".repeat(18)}.${"0".repeat(18)}`), BigInt(`${"9".repeat(18)}00`))
    for (const text of ["9".repeat(19), `1.${"0".repeat(19)}`, "x1", "1x", "-", "1.-1", "1\n2"]) {
      assert.isUndefined(fromDecimal(text, "EUR"), text)
    }
  })

  it("takes no code that is longer, shorter or in small letters for a currency", () => {
    for (const currency of ["EUREUR", "xEUR", "EU", "EURx"]) assert.throws(() => money(1n, currency))
  })
})
