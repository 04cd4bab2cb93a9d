// What goes wrong with the Request Service itself, before MM sees anything.
import { outcomeOf, type Situation, Trouble } from "../errors.ts"
import { serviceFault } from "../sts/faults.ts"
import type { Fault } from "../sts/reply.ts"

/** Error numbers of the Request Service (VISS guidelines, data exchange, 2.10.1) that are not the message's own fault. */
const situations: Readonly<Record<string, Situation>> = {
  6: "portal_rights",
  8: "portal_settings",
  9: "portal_settings",
  10: "portal_settings",
  11: "portal_settings",
  12: "portal_settings",
  13: "portal_rights",
  14: "portal_settings",
  15: "portal_settings",
  16: "portal_settings",
  20: "portal_settings",
  21: "portal_settings",
  23: "portal_settings"
}

/** CorrelationIDNotFound: no message of that id was ever submitted. */
export const unknownMessage = "IVIS-7"

/**
 * A fault of the Request Service.
 *
 * ASSUMPTION(viss-mm#43): its error numbers come as a SOAP fault with the number in the detail, and say that nothing was
 * passed on to MM.
 */
export const requestServiceFault = (fault: Fault): Trouble => {
  const entry = fault.detail?.children[0]
  const number = entry?.children.find(({ name }) => name === "ErrorNumber")?.text.trim() ?? ""
  if (entry?.name !== "RequestServiceFault" || !/^\d{1,3}$/.test(number)) return serviceFault(fault, "of the portal")
  const situation = Object.hasOwn(situations, number) ? situations[number] : undefined
  return new Trouble({ situation: situation ?? "portal_refused", providerCode: `IVIS-${number}` })
}

/** A trouble before anything was submitted: whatever else it is, no payment request was made. */
export const beforeSubmission = (trouble: Trouble): Trouble => {
  const { detail } = trouble
  return outcomeOf("create", trouble) === "OutcomeUnknown"
    ? new Trouble({ situation: "not_submitted", ...(detail === undefined ? {} : { detail }) })
    : trouble
}
