import { codes } from "../Codes.ts"
import type { Fields } from "../fields.ts"
import { GateRefusal } from "../GateRefusal.ts"
import type { Supplied } from "./Clarification.ts"

/**
 * Reads `/v2/payment/clarification`: `additional_data` must be there and may be empty (also PHP's empty list); what its
 * members mean is judged later and told by callback.
 */
export const readSupplied = (body: Fields): Supplied => {
  const data = body.raw("additional_data")
  if (Array.isArray(data) && data.length === 0) return {}
  if (data === undefined) throw new GateRefusal(400, codes.fieldMissing, "additional_data")
  const given = body.object("additional_data")
  const customer = given.optionalObject("customer")
  return {
    psuConsent: customer?.raw("psu_consent"),
    psuConsentText: customer?.raw("psu_consent_text"),
    firstName: customer?.raw("first_name"),
    lastName: customer?.raw("last_name"),
    number: given.optionalObject("account")?.raw("number")
  }
}
