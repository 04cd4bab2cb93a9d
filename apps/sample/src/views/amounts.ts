import type { Payment, PriceLine } from "@maksa/core"
import type { Service } from "../fees/services.ts"
import { sumOf } from "../fees/sumOf.ts"
import type { Language } from "../Language.ts"
import { formatCount, formatMoney } from "../format.ts"

/** Kind of permit, or `3 pages`, in the page's language whatever the language in which it was ordered. */
export const lineText = (line: PriceLine, service: Service | undefined, language: Language): string => {
  const description = line.description ?? line.position ?? ""
  if (line._tag === "tariff") {
    return service?.pricing === "tariff"
      ? formatCount(line.quantity, service.unit[language], language)
      : `${line.quantity} × ${description}`
  }
  const variants = service?.pricing === "amount" ? service.variants : []
  const variant = variants.find(({ name }) => Object.values(name).includes(description))
  return variant?.name[language] ?? description
}

export const sumText = (payment: Payment, language: Language, unknown: string): string => {
  const sum = sumOf(payment)
  return sum === undefined ? unknown : formatMoney(sum, language)
}
