import * as fc from "fast-check"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { add, compare, fromDecimal, money, Money, subtract, toDecimal } from "../src/Money.ts"

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
})
