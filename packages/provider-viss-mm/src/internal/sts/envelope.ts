import * as DateTime from "effect/DateTime"

import { escapeXml } from "../xml/xmlText.ts"
import { anonymous, namespaces } from "./names.ts"

/** Ids of the parts that a signature covers. */
export const timestampId = "_0"
export const toId = "_1"

/** How long a message may travel: what WCF grants. */
const lifetimeMillis = 300_000

/** A SOAP 1.2 message with WS-Addressing 1.0 headers. Texts are escaped here; `body` and `security` are XML. */
export interface MessageParts {
  readonly action: string
  readonly to: URL
  readonly messageId: string
  /** Epoch milliseconds. */
  readonly now: number
  /** What stands in the Security header after the Timestamp. */
  readonly security: ReadonlyArray<string>
  /** Namespace declarations that `body` relies on. */
  readonly declarations?: string
  readonly body: string
}

const moment = (at: number): string => DateTime.formatIso(DateTime.makeUnsafe(at))

const timestamp = (now: number): string =>
  `<u:Timestamp u:Id="${timestampId}"><u:Created>${moment(now)}</u:Created><u:Expires>${moment(now + lifetimeMillis)}</u:Expires></u:Timestamp>`

const head =
  `<s:Envelope xmlns:s="${namespaces.soap}" xmlns:a="${namespaces.addressing}" xmlns:u="${namespaces.utility}"` +
  ` xmlns:o="${namespaces.security}">`

/** Writes the message. What has been signed stays the same text when `security` grows. */
export const writeMessage = ({ action, body, declarations = "", messageId, now, security, to }: MessageParts): string =>
  `${head}<s:Header><a:Action s:mustUnderstand="1">${escapeXml(action)}</a:Action><a:MessageID>${escapeXml(messageId)}</a:MessageID>` +
  `<a:ReplyTo><a:Address>${anonymous}</a:Address></a:ReplyTo>` +
  `<a:To s:mustUnderstand="1" u:Id="${toId}">${escapeXml(to.href)}</a:To>` +
  `<o:Security s:mustUnderstand="1">${timestamp(now)}${security.join("")}</o:Security></s:Header>` +
  `<s:Body${declarations}>${body}</s:Body></s:Envelope>`

export const messageHeaders = {
  "content-type": "application/soap+xml; charset=utf-8",
  accept: "application/soap+xml"
} as const
