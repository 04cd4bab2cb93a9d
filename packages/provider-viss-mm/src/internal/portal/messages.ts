import { createHash } from "node:crypto"

import { escapeXml } from "../xml/xmlText.ts"
import type { RequestServiceSettings } from "./configuration.ts"
import { type IvisOperation, ivisEnvelope, ivisService } from "./names.ts"

/**
 * The MessageID of an attempt's request: a UUID (version 8, RFC 9562) that is always the same, so that what IVIS answers
 * is found again, and that tells nothing.
 */
export const messageIdOf = (attemptId: string): string => {
  const hex = createHash("sha256").update(`maksa viss-mm ivis ${attemptId}`).digest("hex")
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

const wrapped = (operation: IvisOperation, inside: string): string =>
  `<${operation} xmlns="${ivisService}">${inside}</${operation}>`

/** ASSUMPTION(viss-mm#41): parameters are named as the guidelines name them in their text; no description is public. */
export const startTransaction = (eServiceId: string): string =>
  wrapped("StartTransaction", element("eServiceID", eServiceId))

export const endTransaction = (transactionId: string): string =>
  wrapped("EndTransaction", element("transactionID", transactionId))

export const getStatus = (messageId: string): string => wrapped("GetStatus", element("messageID", messageId))

/** What an IVISRequest carries. */
export interface IvisRequest {
  readonly messageId: string
  readonly transactionId: string
  /** Where IVIS sends what it learns later. */
  readonly responseEndPoint: string
  /** XML. */
  readonly content: string
}

/** Sender is left out: it comes from the security token (VISS guidelines, data exchange, 2.8). */
export const submit = (
  operation: "Submit" | "SubmitSync",
  { content, messageId, responseEndPoint, transactionId }: IvisRequest,
  { destination, messageType }: Pick<RequestServiceSettings, "destination" | "messageType">
): string =>
  wrapped(
    operation,
    `<IVISRequest xmlns="${ivisEnvelope}"><Header>` +
      element("MessageID", messageId) +
      element("MessageType", messageType) +
      element("TransactionID", transactionId) +
      element("Destination", destination) +
      element("ResponseEndPoint", responseEndPoint) +
      `</Header><Body>${content}</Body></IVISRequest>`
  )
