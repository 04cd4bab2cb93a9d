import * as Schema from "effect/Schema"
import * as Money from "./Money.ts"

/** A line whose price the agency knows. `position` is the provider's price-list position, where it wants one. */
export class AmountLine extends Schema.TaggedClass<AmountLine>("@maksa/core/AmountLine")("amount", {
  amount: Money.Money,
  position: Schema.optionalKey(Schema.NonEmptyString),
  description: Schema.optionalKey(Schema.String)
}) {}

/** Decimal text without sign or exponent, at most 6 decimals: `"1"`, `"4.56"`. */
export const Quantity: Schema.String = Schema.String.check(Schema.isPattern(/^(?!0+(?:\.0+)?$)\d{1,12}(?:\.\d{1,6})?$/))

/** A line priced by the provider: a position of its price list times a quantity. The total is unknown until a receipt or a listing says it. */
export class TariffLine extends Schema.TaggedClass<TariffLine>("@maksa/core/TariffLine")("tariff", {
  position: Schema.NonEmptyString,
  quantity: Quantity,
  description: Schema.optionalKey(Schema.String)
}) {}

export const PriceLine: Schema.Union<readonly [typeof AmountLine, typeof TariffLine]> = Schema.Union([
  AmountLine,
  TariffLine
])
export type PriceLine = AmountLine | TariffLine

/** The sum of the lines, or `undefined` as soon as one of them is priced by the provider. Throws on mixed currencies. */
export const total = (lines: ReadonlyArray<PriceLine>): Money.Money | undefined => {
  let sum: Money.Money | undefined
  for (const line of lines) {
    if (line._tag === "tariff") return undefined
    sum = sum === undefined ? line.amount : Money.add(sum, line.amount)
  }
  return sum
}
