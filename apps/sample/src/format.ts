import { type Money, toDecimal } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import type { Language } from "./Language.ts"

const locales = { lv: "lv-LV", en: "en-GB" } as const satisfies Record<Language, string>

/** Intl formats decimal text exactly, so a sum never becomes a float. */
export const formatMoney = (value: Money, language: Language): string =>
  new Intl.NumberFormat(locales[language], {
    style: "currency",
    currency: value.currency,
    // Otherwise Latvian leaves a grouping blank out of four-digit sums, which reads badly in a column.
    useGrouping: "always"
  }).format(
    // `toDecimal` writes nothing but a decimal number.
    toDecimal(value) as `${number}`
  )

/** Forms of a counted noun. Latvian bends it three ways: 1 lappuse, 3 lappuses, 10 lappušu. */
export interface CountForms {
  readonly zero?: string
  readonly one: string
  readonly other: string
}

/** `3 pages`; the quantity is decimal text and is written as it is. */
export const formatCount = (quantity: string, forms: CountForms, language: Language): string => {
  const form = new Intl.PluralRules(locales[language]).select(Number(quantity))
  const noun = form === "one" ? forms.one : ((form === "zero" ? forms.zero : undefined) ?? forms.other)
  return `${quantity}\u00a0${noun}`
}

/** Epoch milliseconds of a moment of core, or of a plain number. */
export const toMillis = (moment: DateTime.Utc | number): number =>
  typeof moment === "number" ? moment : DateTime.toEpochMillis(moment)

const clock = { timeZone: "Europe/Riga", hour: "2-digit", minute: "2-digit" } as const

/** A moment in Riga, in words: "22 November 2026 at 14:05". */
export const formatMoment = (moment: DateTime.Utc | number, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { ...clock, day: "numeric", month: "long", year: "numeric" }).format(
    toMillis(moment)
  )

/** A moment in Riga for tables: "22.11.2026 14:05". */
export const formatShort = (moment: DateTime.Utc | number, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { ...clock, day: "2-digit", month: "2-digit", year: "numeric" }).format(
    toMillis(moment)
  )

/** For machines: the attribute of a `time` element, and CSV. */
export const toIso = (moment: DateTime.Utc | number): string => new Date(toMillis(moment)).toISOString()
