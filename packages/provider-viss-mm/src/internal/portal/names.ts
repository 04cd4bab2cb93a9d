/** Namespaces of the Request Service ("Pieprasījumu serviss"), as VISS's data exchange guidelines print them. */
export const ivisService = "http://ivis.eps.gov.lv/ISS/RequestServiss/v1-0"
export const ivisEnvelope = "http://ivis.eps.gov.lv/XMLSchemas/100001/IVIS/v1-0"

/** The payment module as a destination (VISS guidelines, 5.7.1.1 and 5.7.1.2: the same for both scenarios). */
export const paymentDestination = "URN:IVIS:100001:ISS-EPS-EPAKPaymentSync-v2-0"

/** The Request Service at the token service (VISS guidelines, data exchange, 4). */
export const requestServiceName = "https://ivis.eps.gov.lv/Request.WebService"

/** Operations of the Request Service that are called here. */
export type IvisOperation = "StartTransaction" | "Submit" | "SubmitSync" | "EndTransaction" | "GetStatus"

export const actionOf = (operation: IvisOperation): string => `${ivisService}/${operation}`
