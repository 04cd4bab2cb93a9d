import { type Money, toDecimal } from "@maksa/core"
import type { Language } from "./texts.ts"

// Locale and time zone are fixed: a document must not change with the machine that makes it.
const timeZone = "Europe/Riga"
const locales: Readonly<Record<Language, string>> = { lv: "lv-LV", en: "en-GB", ru: "ru-RU" }

export const yearIn = (epochMillis: number): string =>
  new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone }).format(epochMillis)

/** `2026. gada 22. novembris, 14:05`, in Riga's time. */
export const dateAndTime = (epochMillis: number, language: Language): string => {
  const date = new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone }).format(epochMillis)
  const time = new Intl.DateTimeFormat(locales[language], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone
  }).format(epochMillis)
  return `${date}, ${time}`
}

/** For use inside a sentence, where Latvian and Russian would bend the month's name: `29.11.2026`; in English `29 November 2026`. */
export const dateInSentence = (epochMillis: number, language: Language): string =>
  new Intl.DateTimeFormat(
    locales[language],
    language === "en"
      ? { dateStyle: "long", timeZone }
      : { day: "2-digit", month: "2-digit", year: "numeric", timeZone }
  ).format(epochMillis)

/** `12,50 EUR`; `12.50 EUR` in English. Exact: the whole part is formatted as a bigint, the decimals are copied. */
export const amountText = (value: Money, language: Language): string => {
  const [whole = "0", decimals] = toDecimal(value).split(".")
  const grouped = new Intl.NumberFormat(locales[language]).format(BigInt(whole))
  const point = language === "en" ? "." : ","
  return `${grouped}${decimals === undefined ? "" : point + decimals}\u{A0}${value.currency}`
}

/** Quantities are decimal text; only the decimal sign changes. */
export const quantityText = (quantity: string, language: Language): string =>
  language === "en" ? quantity : quantity.replace(".", ",")
