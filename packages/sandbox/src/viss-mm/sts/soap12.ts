import type { Reply } from "../../kernel/HttpFaults.ts"
import { readXml, XmlRefused, type XmlElement } from "../xmlRead.ts"
import { document, element, type Xml } from "../xmlWrite.ts"
import { actions, ns } from "./names.ts"

/** A message with its addressing headers; `text` is what came, for signatures. */
export interface Message {
  readonly text: string
  readonly action: string
  readonly messageId: string | undefined
  readonly to: string
  readonly security: XmlElement
  /** The element inside the Body. */
  readonly content: XmlElement
}

/** Leaves as a SOAP 1.2 fault: code Sender (or Receiver), and a subcode in the namespace of whoever complains. */
export class Soap12Fault extends Error {
  readonly namespace: string
  readonly subcode: string
  readonly isReceiver: boolean
  constructor(namespace: string, subcode: string, reason: string, isReceiver = false) {
    super(reason)
    this.name = "Soap12Fault"
    this.namespace = namespace
    this.subcode = subcode
    this.isReceiver = isReceiver
  }
}

export const childrenOf = (parent: XmlElement, namespace: string, name: string): ReadonlyArray<XmlElement> =>
  parent.children.filter((child) => child.name === name && child.namespace === namespace)

/** The child of that name; none and several are both `undefined`: a careful server guesses nothing. */
export const onlyChild = (parent: XmlElement, namespace: string, name: string): XmlElement | undefined => {
  const [found, ...others] = childrenOf(parent, namespace, name)
  return others.length > 0 ? undefined : found
}

export const textAt = (parent: XmlElement, namespace: string, name: string): string | undefined =>
  onlyChild(parent, namespace, name)?.text.trim()

const understood: ReadonlySet<string> = new Set([
  `${ns.addressing} Action`,
  `${ns.addressing} To`,
  `${ns.addressing} ReplyTo`,
  `${ns.addressing} MessageID`,
  `${ns.security} Security`
])

const demandsMore = (block: XmlElement): boolean => {
  const demand = block.attributes.get(`{${ns.soap}}mustUnderstand`)
  return (demand === "1" || demand === "true") && !understood.has(`${block.namespace} ${block.name}`)
}

/**
 * Reads a message that a service at `address` was sent. Throws XmlRefused for what is no SOAP 1.2 envelope, and
 * Soap12Fault for headers that WS-Addressing and WS-Security want otherwise. Hosts are not compared: proxies change them.
 */
export const readMessage = (bytes: Uint8Array, address: string): Message => {
  const root = readXml(bytes)
  if (root.name !== "Envelope" || root.namespace !== ns.soap) throw new XmlRefused("not a SOAP 1.2 envelope")
  const header = onlyChild(root, ns.soap, "Header")
  const body = onlyChild(root, ns.soap, "Body")
  const [content, ...others] = body?.children ?? []
  if (header === undefined || content === undefined || others.length > 0)
    throw new XmlRefused("not one Header and Body")
  if (header.children.some(demandsMore)) throw new Soap12Fault(ns.soap, "MustUnderstand", "A header is not understood.")
  const action = textAt(header, ns.addressing, "Action")
  const to = textAt(header, ns.addressing, "To") ?? ""
  if (action === undefined)
    throw new Soap12Fault(ns.addressing, "MessageAddressingHeaderRequired", "Action is missing.")
  if (!URL.canParse(to) || new URL(to).pathname !== new URL(address).pathname) {
    throw new Soap12Fault(ns.addressing, "DestinationUnreachable", "The message is addressed to another service.")
  }
  const security = onlyChild(header, ns.security, "Security")
  if (security === undefined) {
    throw new Soap12Fault(ns.security, "InvalidSecurity", "The message has no single Security header.")
  }
  const text = new TextDecoder().decode(bytes)
  return { text, action, to, security, content, messageId: textAt(header, ns.addressing, "MessageID") }
}

const headers = { "content-type": "application/soap+xml; charset=utf-8" } as const

const timestamp = (now: number): Xml =>
  element(
    "u:Timestamp",
    { "u:Id": "_0" },
    element("u:Created", {}, new Date(now).toISOString()),
    element("u:Expires", {}, new Date(now + 300_000).toISOString())
  )

const envelope = (action: string, relatesTo: string | undefined, now: number, body: Xml): string =>
  document(
    element(
      "s:Envelope",
      { "xmlns:s": ns.soap, "xmlns:a": ns.addressing, "xmlns:u": ns.utility },
      element(
        "s:Header",
        {},
        element("a:Action", { "s:mustUnderstand": "1" }, action),
        ...(relatesTo === undefined ? [] : [element("a:RelatesTo", {}, relatesTo)]),
        element("o:Security", { "s:mustUnderstand": "1", "xmlns:o": ns.security }, timestamp(now))
      ),
      element("s:Body", {}, body)
    )
  )

/** An answer as WCF writes it: its own Timestamp in a Security header that must be understood. */
export const soap12Reply = (action: string, relatesTo: string | undefined, now: number, body: Xml): Reply => ({
  status: 200,
  headers,
  body: envelope(action, relatesTo, now, body)
})

/** Faults leave with HTTP 500, Sender's too: WCF's way. */
export const soap12FaultReply = (
  fault: Soap12Fault,
  relatesTo: string | undefined,
  now: number,
  ...detail: ReadonlyArray<Xml>
): Reply => {
  const code = element(
    "s:Code",
    {},
    element("s:Value", {}, fault.isReceiver ? "s:Receiver" : "s:Sender"),
    element("s:Subcode", {}, element("s:Value", { "xmlns:f": fault.namespace }, `f:${fault.subcode}`))
  )
  const reason = element("s:Reason", {}, element("s:Text", { "xml:lang": "en-US" }, fault.message))
  const body = element(
    "s:Fault",
    {},
    code,
    reason,
    ...(detail.length === 0 ? [] : [element("s:Detail", {}, ...detail)])
  )
  return { status: 500, headers, body: envelope(actions.fault, relatesTo, now, body) }
}
