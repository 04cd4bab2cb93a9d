// The X509 service's names and shapes as its guide spells them ("Integration with the VISS payment module", 2.3, 3.1, annex 1).
// Which of them are on the wire, in which order and namespace, is the WSDL's to say.

/**
 * Ways to ask for the status of a request, the most telling first: `Wpt` also names the banks. The guide's .NET sample
 * asks by `CheckPaymentStatus`, which its chapter on the JSON service has for single positions.
 */
export const statusOperations = [
  "CheckPaymentRequestStatusWpt",
  "CheckPaymentRequestStatus",
  "CheckPaymentStatus"
] as const
export type StatusOperation = (typeof statusOperations)[number]

/** Operations that this adapter calls beside those. */
export const operations = { save: "SavePaymentRequest", position: "CheckPaymentStatus" } as const

/** Member of the reply that holds the result, as WCF names it. */
export const resultOf = (operation: string): string => `${operation}Result`

/** MM joins several providers with semicolons (guide, sample of CheckPaymentRequestStatusWpt). */
export const splitProviders = (joined: string | undefined): ReadonlyArray<string> =>
  joined === undefined
    ? []
    : joined
        .split(";")
        .map((one) => one.trim())
        .filter((one) => one !== "")

/** The fault by which MM refuses by a business rule (`FaultException<PaymentRequestFault>`). */
export const businessFault = "PaymentRequestFault"

export type ClientInfo = {
  readonly ClientAddress?: string
  /** Personal code without a hyphen, or registration number. */
  readonly ClientCode?: string
  readonly ClientEMail?: string
  readonly ClientFirstName?: string
  /** Surname, or the name of a company. */
  readonly ClientName?: string
  readonly ClientPhone?: string
}

export type PriceListStructure = {
  /** Euro for `Amount`, units of the position for `Quantity`. */
  readonly Item: string
  readonly ItemElementName: "Amount" | "Quantity"
  readonly Position: string
}

export type PaymentRequest = {
  readonly AllowedBanks?: ReadonlyArray<{ readonly SwiftCode: string }>
  readonly ClientInfo: ClientInfo
  readonly ExpiryDate: string
  readonly ExpiryDateSpecified: true
  readonly InvoiceIssueDate?: string
  readonly InvoiceIssueDateSpecified?: true
  readonly NoInvoice?: boolean
  readonly ParentPaymentRequestID?: string
  readonly PaymentObject: string
  readonly PriceList: ReadonlyArray<PriceListStructure>
  readonly ResponseUrl: string
  readonly ServerResponseUrl: string
  readonly ServiceStep: string
  readonly SwiftCode?: string
}

/** The parameter of `SavePaymentRequest`. */
export type SaveInput = { readonly paymentRequest: { readonly PaymentRequest: PaymentRequest } }

/** The parameter of every status operation. */
export type StatusInput = { readonly paymentRequestId: string }

/** The parameters of `CheckPaymentStatus` where it tells positions apart. */
export type PositionInput = { readonly paymentRequestId: string; readonly position: string }

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const emptyGuid = /^[0-]+$/

/** A GUID in .NET's "D" form. `Guid.Empty`, which .NET writes for an id that was never set, is none. */
export const isGuid = (text: string): boolean => guid.test(text) && !emptyGuid.test(text)

/** Ids are kept as MM spells them and compared without case. */
export const isSameGuid = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
