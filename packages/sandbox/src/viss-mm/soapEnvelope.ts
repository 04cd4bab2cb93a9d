import type { Reply } from "../kernel/HttpFaults.ts"
import { BusinessError } from "./errors.ts"
import { namespaces } from "./namespaces.ts"
import { readXml, XmlRefused, type XmlElement } from "./xmlRead.ts"
import { document, element, type Xml } from "./xmlWrite.ts"

/** A SOAP header that asks to be understood and is not. */
export class NotUnderstood extends Error {}

const childIn = (parent: XmlElement, name: string): XmlElement | undefined =>
  parent.children.find((child) => child.name === name && child.namespace === namespaces.soap)

/** The element inside the Body of a SOAP 1.1 envelope. Headers without `mustUnderstand="1"` are ignored. */
export const readEnvelope = (bytes: Uint8Array): XmlElement => {
  const root = readXml(bytes)
  if (root.name !== "Envelope" || root.namespace !== namespaces.soap) throw new XmlRefused("not a SOAP 1.1 envelope")
  const header = childIn(root, "Header")
  for (const block of header?.children ?? []) {
    const demand = block.attributes.get(`{${namespaces.soap}}mustUnderstand`)
    if (demand === "1" || demand === "true") throw new NotUnderstood(block.name)
  }
  const [call, ...others] = childIn(root, "Body")?.children ?? []
  if (call === undefined || others.length > 0) throw new XmlRefused("the Body must hold one element")
  return call
}

const envelope = (body: Xml): string =>
  document(element("s:Envelope", { "xmlns:s": namespaces.soap }, element("s:Body", {}, body)))

const xmlHeaders = { "content-type": "text/xml; charset=utf-8" } as const

/** A reply: default namespace on the wrapper, prefix `a` for data, as WCF writes it. */
export const soapReply = (operation: string, result: ReadonlyArray<Xml>): Reply => ({
  status: 200,
  headers: xmlHeaders,
  body: envelope(element(`${operation}Response`, { xmlns: namespaces.service }, ...result))
})

/** A result that is a plain text. */
export const textResult = (operation: string, text: string): Xml => element(`${operation}Result`, {}, text)

export const nilResult = (operation: string): Xml =>
  element(`${operation}Result`, { "i:nil": "true", "xmlns:i": namespaces.instance })

/** A result that is a structure; members must come in ordinal alphabetical order. */
export const structureResult = (operation: string, members: ReadonlyArray<readonly [string, string]>): Xml =>
  element(
    `${operation}Result`,
    { "xmlns:a": namespaces.data, "xmlns:i": namespaces.instance },
    ...members.map(([name, value]) => element(`a:${name}`, {}, value))
  )

const fault = (code: string, prefix: Readonly<Record<string, string>>, text: string, ...detail: Array<Xml>): Reply => ({
  status: 500,
  headers: xmlHeaders,
  body: envelope(
    element(
      "s:Fault",
      {},
      element("faultcode", prefix, code),
      element("faultstring", { "xml:lang": "lv-LV" }, text),
      ...detail
    )
  )
})

export const businessFault = (error: BusinessError): Reply =>
  fault(
    "s:Client",
    {},
    error.message,
    element(
      "detail",
      {},
      element(
        "PaymentRequestFault",
        { xmlns: namespaces.data, "xmlns:i": namespaces.instance },
        element("ErrorCode", {}, error.code),
        element("Message", {}, error.message)
      )
    )
  )

/** Faults that WCF itself sends. */
export const wcfFault = (
  name: "DeserializationFailed" | "ActionNotSupported" | "InternalServiceFault" | "MustUnderstand",
  text: string
): Reply => {
  if (name === "MustUnderstand") return fault("s:MustUnderstand", {}, text)
  const home = name === "ActionNotSupported" ? namespaces.wcfAddressing : namespaces.wcfDispatcher
  return fault(`a:${name}`, { "xmlns:a": home }, text)
}

/** What IIS sends for a request that never reaches the service. */
export const iisPage = (status: number, title: string): Reply => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h2>${status} - ${title}</h2></body></html>`
})
