/** Operations with the role that each asks for (guide, 2.4 and 2.5). */
export const pfasRoles = {
  GetInvoice: "MM_INVOICE_SERVICE",
  GetPaymentRequestStatus: "MM_PAYMENTREQUEST_STATUS_SERVICE"
} as const

export type PfasOperation = keyof typeof pfasRoles

export const isPfasOperation = (name: string): name is PfasOperation => Object.hasOwn(pfasRoles, name)
