import type { Lifecycle, Sent } from "../Lifecycle.ts"
import { isIban } from "../payout/iban.ts"
import type { PaymentRecord } from "../PaymentRecord.ts"
import type { Askable, ClarificationError } from "./ClarificationRequest.ts"

/** What a payer or a merchant's server gave; absent members were not given. */
export interface Supplied {
  readonly psuConsent?: unknown
  readonly psuConsentText?: unknown
  readonly firstName?: unknown
  readonly lastName?: unknown
  readonly number?: unknown
}

/** Consent and data that the provider wants before it takes the payer. */
export interface Clarification {
  /** Whether something will be asked, or still is. */
  isNeeded(record: PaymentRecord): boolean
  /** The platform begins with a registered payment: asks for what is missing, or sends the payer away. */
  begin(record: PaymentRecord): Promise<Sent>
  /** Takes what is right and asks again for the rest; when nothing is left the payer is sent away. */
  supply(record: PaymentRecord, supplied: Supplied): Promise<Sent>
  /** As `supply` with everything that is asked, by somebody who is in order. */
  supplyAll(record: PaymentRecord): Promise<Sent>
}

const longestName = 255

const consentError = (consent: unknown, text: unknown, wanted: string): ClarificationError | undefined => {
  if (consent === undefined && text === undefined) return undefined
  if (consent !== "1") {
    return { property: "customer.psu_consent", message: "Consent is not given", constraint: "consent" }
  }
  // Character for character, so that nothing is trimmed, normalised or re-wrapped on the way.
  if (text === wanted) return undefined
  return { property: "customer.psu_consent_text", message: "Text differs from the requested", constraint: "consent" }
}

const nameError = (value: unknown, property: string): ClarificationError | undefined => {
  if (value === undefined) return undefined
  const isName = typeof value === "string" && value.trim() !== "" && value.length <= longestName
  return isName ? undefined : { property, message: "Invalid name", constraint: "length" }
}

const numberError = (value: unknown): ClarificationError | undefined => {
  if (value === undefined) return undefined
  const isGood = typeof value === "string" && isIban(value.replaceAll(" ", ""))
  return isGood ? undefined : { property: "account.number", message: "Invalid IBAN", constraint: "iban" }
}

const errorOf = (field: Askable, supplied: Supplied, consentText: string): ClarificationError | undefined => {
  switch (field) {
    case "psu_consent":
      return consentError(supplied.psuConsent, supplied.psuConsentText, consentText)
    case "first_name":
      return nameError(supplied.firstName, "customer.first_name")
    case "last_name":
      return nameError(supplied.lastName, "customer.last_name")
    case "number":
      return numberError(supplied.number)
  }
}

const isSupplied = (field: Askable, { firstName, lastName, number, psuConsent }: Supplied): boolean =>
  ({ psu_consent: psuConsent, first_name: firstName, last_name: lastName, number })[field] !== undefined

export const createClarification = (lifecycle: Lifecycle): Clarification => {
  const missing = (record: PaymentRecord): ReadonlyArray<Askable> => {
    const { consentBanks, consentRequired, ibanBanks, namesRequired } = lifecycle.settingsOf(record)
    const isOf = (banks: ReadonlyArray<number>): boolean => record.bankId !== undefined && banks.includes(record.bankId)
    const wanted: ReadonlyArray<Askable> = [
      ...(namesRequired ? (["first_name", "last_name"] as const) : []),
      ...(isOf(ibanBanks) ? (["number"] as const) : []),
      ...(consentRequired || isOf(consentBanks) ? (["psu_consent"] as const) : [])
    ]
    return wanted.filter((field) => !record.given.has(field))
  }

  const ask = async (record: PaymentRecord, errors: ReadonlyArray<ClarificationError>): Promise<Sent> => {
    const asked = missing(record)
    if (asked.length === 0) return lifecycle.goOn(record)
    const { consentText } = lifecycle.settingsOf(record)
    record.clarification = { asked, consentText, errors }
    return lifecycle.awaitClarification(record)
  }

  const supply = async (record: PaymentRecord, supplied: Supplied): Promise<Sent> => {
    const request = record.clarification
    if (record.status !== "awaiting clarification" || request === undefined) return []
    const errors: Array<ClarificationError> = []
    for (const field of request.asked) {
      const error = errorOf(field, supplied, request.consentText)
      if (error !== undefined) errors.push(error)
      else if (isSupplied(field, supplied)) record.given.add(field)
    }
    return ask(record, errors)
  }

  return {
    isNeeded: (record) => missing(record).length > 0,
    begin: async (record) => (record.status === "processing" ? ask(record, []) : []),
    supply,
    supplyAll: async (record) => {
      const psuConsentText = record.clarification?.consentText
      // The published example of a Latvian IBAN; no such account exists.
      const number = "LV80BANK0000435195001"
      return supply(record, { psuConsent: "1", psuConsentText, firstName: "Paraugs", lastName: "Piemērs", number })
    }
  }
}
