/** The result codes that this simulator gives, spelled as in ecommpay's "Information about operations" registry. */
export const codes = {
  success: { code: "0", message: "Success" },
  accessDenied: { code: "303", message: "Access denied" },
  notAllowed: { code: "310", message: "This operation is not allowed by project settings" },
  lowBalance: { code: "504", message: "Insufficient funds on the balance" },
  malformed: { code: "702", message: "Malformed request" },
  notJson: { code: "2003", message: "Invalid JSON string" },
  fieldMissing: { code: "2004", message: "Required field not provided" },
  unknownProject: { code: "2442", message: "Project ID not found" },
  unknownMethod: { code: "2541", message: "Unknown Payment Method" },
  amountTooLarge: { code: "2642", message: "Operation amount is greater than limit" },
  unknownBank: { code: "2801", message: "Bank ID not found" },
  invalidPaymentId: { code: "3024", message: "Invalid Payment ID" },
  duplicateOperation: { code: "3613", message: "Duplicate operation" },
  paymentExists: { code: "3041", message: "Payment ID already exists" },
  statusForbids: { code: "3060", message: "Current payment or operation status does not allow this action" },
  detailsNotReceived: { code: "3062", message: "Payment details not received" },
  notFound: { code: "3061", message: "Transaction not found" },
  lowMerchantBalance: { code: "3028", message: "Insufficient funds on merchant balance" },
  invalidCurrency: { code: "3121", message: "Invalid currency" },
  invalidSignature: { code: "3261", message: "Invalid signature" },
  emptySignature: { code: "3262", message: "Empty signature" },
  awaitingProcessing: { code: "29999", message: "Awaiting processing" },
  generalDecline: { code: "20000", message: "General decline" },
  wrongAccount: { code: "20102", message: "Incorrect account data entered" },
  canceledByOwner: { code: "20301", message: "Account owner cancelled operation" },
  payeeNotVerified: {
    code: "20450",
    message: "The Verification of Payee cannot be performed due to technical reasons."
  },
  payeeMismatch: {
    code: "20451",
    message: "Payout or refund cannot be processed based on the Verification of Payee result."
  },
  lowAcquirerBalance: { code: "20504", message: "Insufficient funds on acquirer balance" },
  timeOut: { code: "20602", message: "Time-out" },
  notSupported: { code: "20706", message: "Operation not supported by provider" },
  notCredited: { code: "20812", message: "The service provider did not confirm the account crediting" }
} as const satisfies Record<string, ResultCode>

export interface ResultCode {
  readonly code: string
  readonly message: string
}
