import { NotConfigured, PaymentError } from "@maksa/core"
import { cleanText } from "./text.ts"

/** The agency as the document shows it. */
export interface Agency {
  readonly name: string
  /** Number in the register of public institutions or enterprises. */
  readonly registrationNumber?: string
  readonly address?: string
  /** Where payers may ask. */
  readonly email?: string
}

/** A copy without characters that a document cannot hold; throws `PaymentError` (`NotConfigured`) without a name. */
export const checkAgency = (agency: Agency): Agency => {
  const name = cleanText(agency.name)
  if (name === "") {
    throw new PaymentError({
      operation: "start",
      reason: new NotConfigured({
        message: "agency.name is empty; a confirmation must say who issued it.",
        field: "agency.name"
      })
    })
  }
  return {
    name,
    ...(agency.registrationNumber === undefined ? {} : { registrationNumber: cleanText(agency.registrationNumber) }),
    ...(agency.address === undefined ? {} : { address: cleanText(agency.address) }),
    ...(agency.email === undefined ? {} : { email: cleanText(agency.email) })
  }
}
