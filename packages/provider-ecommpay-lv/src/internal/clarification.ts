// Consent and missing data (method page, "Consent of users" and "Clarification"): what the platform asks of payers, and
// how their answer goes back.
import { type Adapter, type Claim, Collect, InvalidRequest, paymentError, Wait } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { manifest } from "../manifest.ts"
import type { EcommpayLvPaymentOptions } from "../options.ts"
import type { Settings } from "./configuration.ts"
import type { Gate } from "./gate.ts"
import type { ClarificationFields, Message } from "./wire.ts"
import { afterQuestion } from "./wireDate.ts"

type Verbs = Adapter<typeof manifest, EcommpayLvPaymentOptions>

const path = "/v2/payment/clarification"
const consent = "psu_consent"
const consentText = "psu_consent_text"

/** A member of `additional_data` by the name that we give it: `customer.first_name`. */
const fieldName = /^([a-z][a-z_]*)\.([a-z][a-z_0-9]*)$/

// What is asked is told in the platform's words; these three, which the method page names, in the payer's languages.
const labels: Readonly<Record<string, string>> = {
  "customer.first_name": "Vārds / First name / Имя",
  "customer.last_name": "Uzvārds / Family name / Фамилия",
  "account.number": "Konta numurs (IBAN) / Account number (IBAN) / Номер счёта (IBAN)"
}
const notTaken = "lūdzu, pārbaudiet / please check / пожалуйста, проверьте"

/** The signature's reader gives names in their signed order; payers begin with their own name. */
const placeOf = (name: string): number => {
  const names = Object.keys(labels)
  return names.includes(name) ? names.indexOf(name) : names.length
}

const fieldsOf = (groups: ClarificationFields): Collect["fields"] =>
  Object.entries(groups)
    .flatMap(([group, asked]) => {
      const refused = new Set((asked?.errors ?? []).map(({ property }) => property?.split(".").at(-1)))
      return Object.entries(asked?.properties ?? {})
        .filter(([property]) => property !== consent && property !== consentText)
        .map(([property, { description }]) => {
          const name = `${group}.${property}`
          const label = labels[name] ?? (description ? description : property)
          return {
            name,
            label: refused.has(property) ? `${label}: ${notTaken}` : label,
            isRequired: asked?.required?.includes(property) ?? true
          }
        })
    })
    .toSorted((a, b) => placeOf(a.name) - placeOf(b.name))

/** What the payer is asked; `undefined` where the message does not tell it in the documented shape. */
export const collectClaim = ({ clarification_fields: groups }: Message): Claim | undefined => {
  if (groups === undefined || groups === null) return undefined
  const fields = fieldsOf(groups)
  const ofConsent = Object.values(groups).map((asked) => asked?.properties?.[consentText])
  const isConsentAsked = Object.values(groups).some((asked) => asked?.properties?.[consent] !== undefined)
  const shown = ofConsent.find((one) => one !== undefined)?.default ?? undefined
  // Nobody consents to a text that was not shown.
  if (isConsentAsked && !shown) return undefined
  if (fields.some(({ name }) => !fieldName.test(name)) || (fields.length === 0 && !shown)) return undefined
  return {
    _tag: "action_needed",
    action: new Collect({ fields, ...(shown ? { consentText: shown } : {}) })
  }
}

/**
 * Sends the payer's answer, the consent's text character for character. What came of it is told by callback; if something is
 * missing or was not right, the platform asks once more. It waits 30 minutes for each answer, then the payment is declined.
 */
export const makeResume = (gate: Gate, settings: Settings): Verbs["resume"] =>
  Effect.fnUntraced(function* (attempt, input) {
    const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
    const groups = new Map<string, Record<string, string>>()
    const signedAsItIs: Array<string> = []
    const put = (group: string, property: string, value: string): void => {
      groups.set(group, { ...groups.get(group), [property]: value })
      signedAsItIs.push(`additional_data:${group}:${property}`)
    }
    for (const [name, value] of Object.entries(input.fields)) {
      const [, group, property] = fieldName.exec(name) ?? []
      if (group === undefined || property === undefined || property === consent || property === consentText) {
        const message = "answer the fields by the names of the question."
        return yield* paymentError(
          asking,
          "resume",
          new InvalidRequest({ message: `fields: ${message}`, field: "fields" })
        )
      }
      put(group, property, value)
    }
    if (input.consentText !== undefined) {
      put("customer", consent, "1")
      put("customer", consentText, input.consentText)
    }
    const body = {
      general: { project_id: settings.projectId, payment_id: attempt.attemptId },
      additional_data: Object.fromEntries(groups)
    }
    // Nobody but the platform sees this signature, so that `;` in an answer can be made into nothing else.
    const evidence = yield* gate.order(asking, "resume", path, body, signedAsItIs)
    return [
      {
        says: { _tag: "action_needed", action: new Wait({}) },
        trust: "proven",
        providerTime: afterQuestion(attempt.now),
        providerReference: attempt.attemptId,
        evidence
      }
    ]
  })
