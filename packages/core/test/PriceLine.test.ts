import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { money } from "../src/Money.ts"
import { AmountLine, PriceLine, Quantity, TariffLine, total } from "../src/PriceLine.ts"

const euros = (minor: bigint) => new AmountLine({ amount: money(minor, "EUR") })
const tariff = (quantity = "2") => new TariffLine({ position: "53", quantity })

describe("the total of price lines", () => {
  it("is the sum of the amounts", () => {
    assert.deepStrictEqual(total([euros(1200n)]), money(1200n, "EUR"))
    assert.deepStrictEqual(total([euros(1200n), euros(5n), euros(1n)]), money(1206n, "EUR"))
  })

  it("is unknown without lines, and as soon as the provider prices one of them", () => {
    const unknown: ReadonlyArray<ReadonlyArray<PriceLine>> = [
      [],
      [tariff()],
      [euros(1n), tariff()],
      [tariff(), euros(1n)]
    ]
    for (const lines of unknown) assert.isUndefined(total(lines))
  })

  it("refuses to add two currencies", () => {
    assert.throws(() => total([euros(1n), new AmountLine({ amount: money(1n, "USD") })]), RangeError)
  })
})

describe("a price line", () => {
  it("says by its tag who prices it", () => {
    assert.deepStrictEqual([euros(1n)._tag, tariff()._tag], ["amount", "tariff"])
  })

  it("goes through JSON and back as the class that it was", () => {
    const decode = Schema.decodeUnknownSync(Schema.toCodecJson(PriceLine))
    for (const line of [euros(5n), tariff()]) {
      const back = decode(JSON.parse(JSON.stringify(Schema.encodeSync(Schema.toCodecJson(PriceLine))(line))))
      assert.deepStrictEqual(back, line)
      assert.strictEqual(back.constructor, line.constructor)
    }
    for (const wrong of [{}, { _tag: "amount" }, { _tag: "free", position: "1", quantity: "1" }]) {
      assert.throws(() => decode(wrong))
    }
  })

  it("has a name of its own among all schemas", () => {
    assert.deepStrictEqual(
      [AmountLine.identifier, TariffLine.identifier],
      ["@maksa/core/AmountLine", "@maksa/core/TariffLine"]
    )
  })

  it("names a position with at least one letter", () => {
    assert.throws(() => new TariffLine({ position: "", quantity: "1" }))
    assert.throws(() => new AmountLine({ amount: money(1n, "EUR"), position: "" }))
    assert.strictEqual(new AmountLine({ amount: money(1n, "EUR"), position: "5" }).position, "5")
  })
})

describe("a quantity", () => {
  const isQuantity = Schema.is(Quantity)
  it("is decimal text of up to twelve digits and six decimals", () => {
    for (const text of ["1", "4.56", "0.5", "10", "100.0", "0.000001", "999999999999.999999", "01"]) {
      assert.isTrue(isQuantity(text), text)
    }
  })
  it("is never nothing, signed, an exponent, or longer than a provider takes", () => {
    const wrong = ["", "0", "00", "0.0", "0.000000", "-1", "+1", "1e3", "1,5", "1.", ".5", "1.0000001", "1234567890123"]
    for (const text of [...wrong, " 1", "1 ", "1x", "x1", "1.5x", "1x5", "1\n"]) assert.isFalse(isQuantity(text), text)
  })
})
