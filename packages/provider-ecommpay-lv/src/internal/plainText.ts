// What a text may not be that leaves for ecommpay, or that ecommpay shows.
import { readIban } from "@maksa/core"
import * as Result from "effect/Result"
import { hasPersonalCode } from "./personalCode.ts"

// Latvian numbers are often written in groups; of others, whose length is not known, only those without blanks are seen.
const accounts = /(?<![A-Z0-9])(?:LV\d\d(?: ?[A-Z0-9]){17}|[A-Z]{2}\d\d[A-Z0-9]{11,30})(?![A-Z0-9])/gi

const hasAccount = (text: string): boolean =>
  (text.match(accounts) ?? []).some((found) => Result.isSuccess(readIban(found)))

/** Why a text cannot be sent. A form turns line breaks into other ones, so that the signature would no longer fit. */
export const textProblem = (text: string, longest = 255): string | undefined => {
  if (text.includes(";")) return "must not hold ';', which separates the signed values."
  if (/[\p{Cc}\p{Surrogate}]/u.test(text)) return "must not hold line breaks, control characters or broken Unicode."
  // "In view of the method's nature this number can be given by the payer only" (method page, "Format of requests").
  if (hasAccount(text)) return "must not hold an account number (IBAN): only the payer can give it."
  return text.length > longest ? `at most ${longest} characters.` : undefined
}

/** The same for what ecommpay's dashboard, the payer or the payer's bank sees. */
export const shownTextProblem = (text: string): string | undefined =>
  hasPersonalCode(text) ? "looks like a personal code: give a case number instead." : textProblem(text)
