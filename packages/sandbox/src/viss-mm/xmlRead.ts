import { XMLParser, XMLValidator } from "fast-xml-parser"

/** An element with its namespace resolved; text is decoded and holds only what stands directly inside it. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  /** Attributes by `{namespace}name`, or by name alone when they have no namespace. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: ReadonlyArray<XmlElement>
  readonly text: string
}

/** The bytes are no XML that a careful server reads: not UTF-8, not well-formed, with a DTD, or too deep. */
export class XmlRefused extends Error {
  constructor(why: string) {
    super(why)
    this.name = "XmlRefused"
  }
}

const deepest = 32
const mostElements = 5000

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Entities are decoded below, because the library lets unknown ones through.
  processEntities: false,
  cdataPropName: "#cdata",
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest
})

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)

const decodeEntity = (_whole: string, body: string): string => {
  if (body.startsWith("#")) {
    const code = body.startsWith("#x") ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10)
    if (!isXmlCharacter(code)) throw new XmlRefused("character reference to no XML character")
    return String.fromCodePoint(code)
  }
  const character = Object.hasOwn(named, body) ? named[body] : undefined
  if (character === undefined) throw new XmlRefused("unknown entity")
  return character
}

const decode = (text: string): string => {
  if (/&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{2,4});)/.test(text)) throw new XmlRefused("stray ampersand")
  return text.replace(/&(#\d+|#x[0-9a-fA-F]+|[a-z]+);/g, decodeEntity)
}

type Scope = ReadonlyMap<string, string>
const rootScope: Scope = new Map([["xml", "http://www.w3.org/XML/1998/namespace"]])

const split = (qualified: string): readonly [prefix: string, local: string] => {
  const colon = qualified.indexOf(":")
  return colon < 0 ? ["", qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const resolve = (scope: Scope, prefix: string): string => {
  const namespace = scope.get(prefix)
  if (namespace === undefined && prefix !== "") throw new XmlRefused("unbound prefix")
  return namespace ?? ""
}

const readAttributes = (raw: unknown): ReadonlyArray<readonly [string, string]> =>
  isObject(raw) ? Object.entries(raw).map(([name, value]) => [name, decode(String(value))] as const) : []

const narrow = (scope: Scope, attributes: ReadonlyArray<readonly [string, string]>): Scope => {
  const declared = attributes.filter(([name]) => name === "xmlns" || name.startsWith("xmlns:"))
  if (declared.length === 0) return scope
  const inner = new Map(scope)
  for (const [name, uri] of declared) inner.set(name === "xmlns" ? "" : name.slice("xmlns:".length), uri)
  return inner
}

const textOf = (nodes: ReadonlyArray<unknown>): string => {
  let text = ""
  for (const node of nodes) {
    if (!isObject(node)) continue
    if (typeof node["#text"] === "string") text += decode(node["#text"])
    // A CDATA section holds its characters as they are.
    const cdata = node["#cdata"]
    if (Array.isArray(cdata)) {
      for (const part of cdata) if (isObject(part) && typeof part["#text"] === "string") text += part["#text"]
    }
  }
  return text
}

const readElements = (
  nodes: ReadonlyArray<unknown>,
  scope: Scope,
  budget: { left: number }
): ReadonlyArray<XmlElement> => {
  const found: Array<XmlElement> = []
  for (const node of nodes) {
    if (!isObject(node)) continue
    const qualified = Object.keys(node).find((key) => key !== ":@" && key !== "#text" && key !== "#cdata")
    if (qualified === undefined) continue
    budget.left -= 1
    if (budget.left < 0) throw new XmlRefused("too many elements")
    const content = node[qualified]
    const inside: ReadonlyArray<unknown> = Array.isArray(content) ? content : []
    const raw = readAttributes(node[":@"])
    const inner = narrow(scope, raw)
    const [prefix, name] = split(qualified)
    const attributes = new Map<string, string>()
    for (const [key, value] of raw) {
      if (key === "xmlns" || key.startsWith("xmlns:")) continue
      const [attributePrefix, local] = split(key)
      attributes.set(attributePrefix === "" ? local : `{${resolve(inner, attributePrefix)}}${local}`, value)
    }
    const children = readElements(inside, inner, budget)
    found.push({ name, namespace: resolve(inner, prefix), attributes, children, text: textOf(inside) })
  }
  return found
}

const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRefused("not UTF-8")
  }
}

/** Reads a whole document strictly. Throws XmlRefused; never resolves an external or declared entity. */
export const readXml = (bytes: Uint8Array): XmlElement => {
  const text = decodeUtf8(bytes)
  if (/<!DOCTYPE/i.test(text)) throw new XmlRefused("a DTD is not allowed")
  const declared = /^<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)["']/.exec(text)
  if (declared?.[1] !== undefined && declared[1].toLowerCase() !== "utf-8") throw new XmlRefused("not UTF-8")
  if (XMLValidator.validate(text) !== true) throw new XmlRefused("not well-formed")
  let parsed: unknown
  try {
    parsed = parser.parse(text)
  } catch {
    throw new XmlRefused("not well-formed")
  }
  // The library drops text around the document element without a word.
  const markup = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, "").trim()
  if (!markup.startsWith("<") || !markup.endsWith(">")) throw new XmlRefused("text outside the document element")
  const nodes: ReadonlyArray<unknown> = Array.isArray(parsed) ? parsed : []
  const [root, ...others] = readElements(nodes, rootScope, { left: mostElements })
  if (root === undefined || others.length > 0) throw new XmlRefused("not one document element")
  return root
}
