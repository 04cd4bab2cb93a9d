import { onlyChild, textAt } from "../sts/soap12.ts"
import { namespaces } from "../namespaces.ts"
import { type PaymentRequestInput, readPaymentRequest } from "../readPaymentRequest.ts"
import type { Settings } from "../settings.ts"
import type { XmlElement } from "../xmlRead.ts"
import { ivis, IvisError, paymentDestination } from "./names.ts"

/** The header of an IVISRequest, in which the Request Service has found nothing wrong. */
export interface IvisHeader {
  readonly messageId: string
  readonly messageType: string
  readonly transactionId: string
  readonly correlationId: string | undefined
  readonly sender: string | undefined
  /** Not checked here: the payment module wants it, not the Request Service. */
  readonly responseEndPoint: string | undefined
}

const uuid = /^(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const urn = /^URN:IVIS:\d{6}:/i

const checkDestination = (destination: string | undefined): void => {
  if (destination === undefined || destination === "") throw new IvisError(8)
  if (!urn.test(destination)) throw new IvisError(9)
  if (!/^URN:IVIS:\d{6}:ISS-/i.test(destination)) throw new IvisError(11)
  if (destination !== paymentDestination) throw new IvisError(10)
}

const checkMessageType = (messageType: string | undefined, known: string): string => {
  if (messageType === undefined || messageType === "") throw new IvisError(16)
  if (!urn.test(messageType)) throw new IvisError(20)
  if (!/^URN:IVIS:\d{6}:XSD-.+-TYPE-\w+$/i.test(messageType)) throw new IvisError(21)
  if (messageType !== known) throw new IvisError(23)
  return messageType
}

/** The IVISRequest inside the operation's element, and its only Body element. */
export const readIvisRequest = (
  call: XmlElement,
  settings: Settings
): { readonly header: IvisHeader; readonly content: XmlElement } => {
  const request = onlyChild(call, ivis.envelope, "IVISRequest")
  const head = request === undefined ? undefined : onlyChild(request, ivis.envelope, "Header")
  if (request === undefined || head === undefined) throw new IvisError(22)
  const field = (name: string): string | undefined => {
    const text = textAt(head, ivis.envelope, name)
    return text === "" ? undefined : text
  }
  const messageId = field("MessageID")
  if (messageId === undefined || !uuid.test(messageId)) throw new IvisError(1)
  const messageType = checkMessageType(field("MessageType"), settings.ivisMessageType)
  const transactionId = field("TransactionID")
  if (transactionId === undefined || !/^URN:IVIS:.+-TR-\d+$/i.test(transactionId)) throw new IvisError(4)
  checkDestination(field("Destination"))
  const body = onlyChild(request, ivis.envelope, "Body")
  const [content, ...others] = body?.children ?? []
  if (content === undefined) throw new IvisError(17)
  if (others.length > 0) throw new IvisError(22)
  if (content.name !== "PaymentsDataStructure" || content.namespace !== "") throw new IvisError(18)
  return {
    header: {
      messageId: messageId.toLowerCase(),
      messageType,
      transactionId,
      correlationId: field("CorrelationID"),
      sender: field("Sender"),
      responseEndPoint: field("ResponseEndPoint")
    },
    content
  }
}

/** The annex's XML has no namespace, and rows that are named like their list. */
const asDataContract = (node: XmlElement, parent: string, rowName: string): XmlElement => ({
  ...node,
  name: parent === "PriceList" && node.name === "PriceList" ? rowName : node.name,
  namespace: node.namespace === "" ? namespaces.data : "",
  children: node.children.map((child) => asDataContract(child, node.name, rowName))
})

/** Reads the payment request by the same data contract as SavePaymentRequest. Throws BusinessError, DeserializationError. */
export const readPortalPayment = (content: XmlElement, settings: Settings): PaymentRequestInput => {
  const parameter = asDataContract(content, "", settings.priceListItemName)
  const paymentRequest = { ...parameter, name: "paymentRequest", namespace: namespaces.service }
  return readPaymentRequest({ ...content, children: [paymentRequest] }, settings)
}
