/** Namespaces of the portal's Request Service, as VISS's data exchange guidelines print them (with "Serviss"). */
export const ivis = {
  service: "http://ivis.eps.gov.lv/ISS/RequestServiss/v1-0",
  envelope: "http://ivis.eps.gov.lv/XMLSchemas/100001/IVIS/v1-0"
} as const

/** The payment module as a destination (guidelines, 5.7.1.1 and 5.7.1.2: the same for both scenarios). */
export const paymentDestination = "URN:IVIS:100001:ISS-EPS-EPAKPaymentSync-v2-0"

export const ivisOperations = ["StartTransaction", "Submit", "SubmitSync", "EndTransaction", "GetStatus"] as const
export type IvisOperation = (typeof ivisOperations)[number]

export const isIvisOperation = (name: string): name is IvisOperation => ivisOperations.some((known) => known === name)

/** Errors of the Request Service (guidelines, data exchange, 2.10.1); the published list breaks off after 23. */
export const ivisErrors = {
  1: "MessageIdNotSpecified",
  2: "CorrelationIdNotSpecified",
  3: "CorrelationIdNotFound",
  4: "TransactionIdIncorrect",
  5: "TransactionNotStarted",
  6: "SenderIncorrect",
  7: "CorrelationIDNotFound",
  8: "DestinationIsNull",
  9: "DestinationIncorrectType",
  10: "DestinationNotFound",
  11: "DestinationNotIntegrationService",
  12: "DestinationWrongServiceCallingType",
  13: "DestinationUserRightToLow",
  14: "DestinationIncorrectAddress",
  15: "DestinationIncorrectTestAddress",
  16: "MessageTypeNotSet",
  17: "BodyNotSet",
  18: "BodyIncorrect",
  19: "BodyToBig",
  20: "URNTypeIsIncorect",
  21: "MessageTypeIncorrect",
  22: "BodyWrongFormat",
  23: "MessageTypeNotFound"
} as const
export type IvisErrorNumber = keyof typeof ivisErrors

/** A refusal by the Request Service itself: the payment module has not seen the message. */
export class IvisError extends Error {
  readonly number: IvisErrorNumber
  constructor(number: IvisErrorNumber) {
    super(ivisErrors[number])
    this.name = "IvisError"
    this.number = number
  }
}
