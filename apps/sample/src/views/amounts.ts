import type { Money, Payment, PriceLine } from "@maksa/core"
import type { Language } from "../Language.ts"
import { formatMoney } from "../format.ts"

/** What was asked, or, where the provider prices it, what was received; `undefined` while nobody has said. */
export const sumOf = (payment: Payment): Money | undefined => payment.amount ?? payment.state.money.received

/** Kind of permit, or `3 × pages`. */
export const lineText = (line: PriceLine): string =>
  line._tag === "tariff" ? `${line.description ?? line.position} × ${line.quantity}` : (line.description ?? "")

export const sumText = (payment: Payment, language: Language, unknown: string): string => {
  const sum = sumOf(payment)
  return sum === undefined ? unknown : formatMoney(sum, language)
}
