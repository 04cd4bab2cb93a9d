import type { BusinessError } from "../errors.ts"
import type { PaymentRequest, PortalOrigin } from "../PaymentRequest.ts"
import { ns } from "../sts/names.ts"
import { document, element, type Xml } from "../xmlWrite.ts"
import { ivis } from "./names.ts"

/** What distinguishes one message of the Request Service. */
export interface Stamp {
  readonly messageId: string
  readonly now: number
}

const header = (origin: PortalOrigin, { messageId, now }: Stamp, ...more: ReadonlyArray<Xml>): Xml =>
  element(
    "Header",
    {},
    element("MessageID", {}, messageId),
    element("MessageType", {}, origin.messageType),
    element("TransactionID", {}, origin.transactionId),
    element("CorrelationID", {}, origin.messageId),
    element("TimeStamp", {}, new Date(now).toISOString()),
    ...more
  )

const message = (name: "IVISResponse" | "IVISRequest", head: Xml, content: Xml): Xml =>
  element(name, { xmlns: ivis.envelope }, head, element("Body", {}, content))

/** What a request is called and where it is paid. */
export const createdContent = (id: string, payUrl: string): Xml =>
  element(
    "PaymentsDataStructure",
    { xmlns: "" },
    element("PaymentRequestResponse", {}, element("PaymentRequestId", {}, id), element("PaymentRequestUrl", {}, payUrl))
  )

const providers = ({ rows }: PaymentRequest): string =>
  [...new Set(rows.map((row) => row.bank).filter((bank) => bank !== undefined))].join(";")

/** What a request's state is. */
export const statusContent = (request: PaymentRequest): Xml =>
  element(
    "PaymentsDataStructure",
    { xmlns: "" },
    element("PaymentRequestResponse", {}, element("PaymentRequestId", {}, request.id)),
    element(
      "PaymentRequestStatus",
      {},
      element("PaymentProviders", {}, providers(request)),
      element("RequestStatus", {}, request.status)
    )
  )

const errorContent = ({ code, message: text }: BusinessError): Xml =>
  element(
    "ErrorList",
    {},
    element(
      "Error",
      {},
      element("ErrorCode", {}, code),
      element("ErrorSeverity", {}, "Error"),
      element("ErrorDescription", {}, text)
    )
  )

export const responseOf = (origin: PortalOrigin, stamp: Stamp, content: Xml): Xml =>
  message("IVISResponse", header(origin, stamp, element("Result", {}, "success")), content)

/** The payment module refused the request by a rule. */
export const refusalOf = (origin: PortalOrigin, stamp: Stamp, error: BusinessError): Xml =>
  message("IVISResponse", header(origin, stamp, element("Result", {}, "error")), errorContent(error))

/** A new request by which the payment module tells a status (scenario 2.2 of the guide). */
export const requestOf = (origin: PortalOrigin, stamp: Stamp, content: Xml): Xml =>
  message("IVISRequest", header(origin, stamp), content)

/** A message as it goes to a ResponseEndPoint. */
export const pushed = (content: Xml, wrapping: "soap" | "bare"): Uint8Array => {
  const root =
    wrapping === "bare" ? content : element("s:Envelope", { "xmlns:s": ns.soap }, element("s:Body", {}, content))
  return Buffer.from(document(root), "utf8")
}
