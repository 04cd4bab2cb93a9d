/** The result codes that this simulator gives, spelled as in ecommpay's "Information about operations" registry. */
export const codes = {
  success: { code: "0", message: "Success" },
  accessDenied: { code: "303", message: "Access denied" },
  notAllowed: { code: "310", message: "This operation is not allowed by project settings" },
  malformed: { code: "702", message: "Malformed request" },
  notJson: { code: "2003", message: "Invalid JSON string" },
  fieldMissing: { code: "2004", message: "Required field not provided" },
  unknownProject: { code: "2442", message: "Project ID not found" },
  amountTooLarge: { code: "2642", message: "Operation amount is greater than limit" },
  unknownBank: { code: "2801", message: "Bank ID not found" },
  invalidPaymentId: { code: "3024", message: "Invalid Payment ID" },
  paymentExists: { code: "3041", message: "Payment ID already exists" },
  statusForbids: { code: "3060", message: "Current payment or operation status does not allow this action" },
  notFound: { code: "3061", message: "Transaction not found" },
  invalidCurrency: { code: "3121", message: "Invalid currency" },
  invalidSignature: { code: "3261", message: "Invalid signature" },
  emptySignature: { code: "3262", message: "Empty signature" },
  awaitingProcessing: { code: "29999", message: "Awaiting processing" },
  generalDecline: { code: "20000", message: "General decline" },
  canceledByOwner: { code: "20301", message: "Account owner cancelled operation" },
  timeOut: { code: "20602", message: "Time-out" },
  notSupported: { code: "20706", message: "Operation not supported by provider" },
  notCredited: { code: "20812", message: "The service provider did not confirm the account crediting" }
} as const satisfies Record<string, ResultCode>

export interface ResultCode {
  readonly code: string
  readonly message: string
}
