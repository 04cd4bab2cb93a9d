import type { Payment, PriceLine } from "@maksa/core"
import { sumOf } from "../fees/sumOf.ts"
import type { Language } from "../Language.ts"
import { formatMoney } from "../format.ts"

/** Kind of permit, or `3 × page`. */
export const lineText = (line: PriceLine): string =>
  line._tag === "tariff" ? `${line.quantity} × ${line.description ?? line.position}` : (line.description ?? "")

export const sumText = (payment: Payment, language: Language, unknown: string): string => {
  const sum = sumOf(payment)
  return sum === undefined ? unknown : formatMoney(sum, language)
}
