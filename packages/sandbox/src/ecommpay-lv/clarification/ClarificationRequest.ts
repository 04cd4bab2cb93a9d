import type { WireObject } from "../WireJson.ts"

/** What the platform may ask of a payer after the request; the names are the wire's. */
export type Askable = "psu_consent" | "first_name" | "last_name" | "number"

/** What is asked of the payer now. */
export interface ClarificationRequest {
  readonly asked: ReadonlyArray<Askable>
  /** Must come back character for character. */
  readonly consentText: string
  /** Why data that was given before was not taken. */
  readonly errors: ReadonlyArray<ClarificationError>
}

export interface ClarificationError {
  readonly property: string
  readonly message: string
  readonly constraint: string
}

const text = (description: string): WireObject => ({ type: "string", description })

const properties = (field: Askable, consentText: string): WireObject => {
  switch (field) {
    case "psu_consent":
      return {
        psu_consent: text("Need to request the users consent to make a payment"),
        psu_consent_text: { ...text("The text to be displayed on the payment form"), default: consentText }
      }
    case "first_name":
      return { first_name: text("Customer first name") }
    case "last_name":
      return { last_name: text("Customer last name") }
    case "number":
      return { number: text("Customer account number (IBAN)") }
  }
}

const group = (fields: ReadonlyArray<Askable>, request: ClarificationRequest, prefix: string): WireObject => {
  const members: WireObject = Object.assign({}, ...fields.map((field) => properties(field, request.consentText)))
  const errors = request.errors.filter(({ property }) => property.startsWith(prefix))
  return {
    type: "object",
    description: "",
    properties: members,
    required: Object.keys(members),
    ...(errors.length === 0 ? {} : { errors: errors.map((error) => ({ ...error })) })
  }
}

/** `clarification_fields` (method page, "Consent of users"); `account` stands beside `customer`. */
export const clarificationFields = (request: ClarificationRequest): WireObject => {
  const ofCustomer = request.asked.filter((field) => field !== "number")
  return {
    ...(ofCustomer.length === 0 ? {} : { customer: group(ofCustomer, request, "customer.") }),
    ...(request.asked.includes("number") ? { account: group(["number"], request, "account.") } : {})
  }
}
