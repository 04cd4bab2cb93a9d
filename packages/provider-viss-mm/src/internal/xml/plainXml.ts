// Nearly every reply of MM is the plainest of XML. Such a document is read here some eight times as fast as by the full
// parser; whatever is not certainly plain is left to that one, which alone decides what is refused and why.
import type { XmlAttribute, XmlLimits, XmlNode } from "./parse.ts"
import { isNilAttribute } from "./xsiNil.ts"

/** Larger ones are no replies, and giving up late would cost twice. */
const maxPlainLength = 65_536

/** Control characters, carriage returns and everything from the surrogates on. */
const unusual = /[^\t\n\u0020-\uD7FF]/
const declaration = /<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?\?>/y
const opening = /<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)/y
/** Without references, and without the tabs and line feeds that a parser turns into spaces. */
const attribute = /[ \t\n]+(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)=(?:"([^"<&\t\n]*)"|'([^'<&\t\n]*)')/y
const tagEnd = /[ \t\n]*(\/?)>/y
const closingEnd = /[ \t\n]*>/y
const reference = /&(?:(amp|lt|gt|quot|apos);)?/g
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }
const noAttributes: ReadonlyArray<XmlAttribute> = []

/** None, with blanks around it, or one of the two that no prefix may be bound to (Namespaces in XML 1.0, 3). */
const oddNamespace = /^$|^\s|\s$|^http:\/\/www\.w3\.org\/(?:XML\/1998\/namespace|2000\/xmlns\/)$/

/** A namespace declaration and those around it. */
interface Scope {
  readonly prefix: string
  readonly namespace: string
  readonly around: Scope | undefined
}

interface OpenNode extends XmlNode {
  text: string
  readonly children: Array<XmlNode>
}

interface OpenElement {
  readonly node: OpenNode
  readonly tag: string
  readonly scope: Scope | undefined
}

const resolve = (scope: Scope | undefined, prefix: string): string | undefined => {
  for (let one = scope; one !== undefined; one = one.around) if (one.prefix === prefix) return one.namespace
  return prefix === "" ? "" : undefined
}

const isReserved = (prefix: string): boolean => prefix === "xml" || prefix === "xmlns"

/** Character data with the five named references replaced; `undefined` for any other, and for a stray `]]>`. */
const plainText = (text: string): string | undefined => {
  if (text.includes("]]>")) return undefined
  if (!text.includes("&")) return text
  let isPlain = true
  const replaced = text.replace(reference, (_found, name: string | undefined) => {
    const character = name === undefined ? undefined : named[name]
    isPlain &&= character !== undefined
    return character ?? ""
  })
  return isPlain ? replaced : undefined
}

/** An opening tag read at a place: the element, where it ends, and whether it is empty. */
interface Opened {
  readonly element: OpenElement
  readonly end: number
  readonly isEmpty: boolean
}

interface Found {
  readonly prefix: string
  readonly name: string
  readonly value: string
}

const ownAttributes = (found: ReadonlyArray<Found>, scope: Scope | undefined): Array<XmlAttribute> | undefined => {
  const own: Array<XmlAttribute> = []
  for (const { name, prefix, value } of found) {
    const namespace = prefix === "" ? "" : resolve(scope, prefix)
    if (namespace === undefined) return undefined
    if (own.some((other) => other.name === name && other.namespace === namespace)) return undefined
    own.push({ namespace, name, value })
  }
  return own
}

const openElement = (
  text: string,
  at: number,
  around: Scope | undefined,
  maxAttributes: number
): Opened | undefined => {
  opening.lastIndex = at
  const start = opening.exec(text)
  if (start === null) return undefined
  const [tag, prefix = "", name = ""] = start
  let end = opening.lastIndex
  let scope = around
  let declared: Array<string> | undefined
  let found: Array<Found> | undefined
  for (let count = 0; ; count++) {
    attribute.lastIndex = end
    const next = attribute.exec(text)
    if (next === null) break
    if (count >= maxAttributes) return undefined
    end = attribute.lastIndex
    const [, attributePrefix = "", attributeName = "", quoted, value = quoted ?? ""] = next
    if (attributePrefix === "xmlns" || (attributePrefix === "" && attributeName === "xmlns")) {
      const of = attributePrefix === "" ? "" : attributeName
      // Odd namespaces, the reserved ones and a second declaration are the full parser's to judge.
      if (isReserved(of) || oddNamespace.test(value)) return undefined
      declared ??= []
      if (declared.includes(of)) return undefined
      declared.push(of)
      scope = { prefix: of, namespace: value, around: scope }
    } else {
      if (isReserved(attributePrefix)) return undefined
      found ??= []
      found.push({ prefix: attributePrefix, name: attributeName, value })
    }
  }
  tagEnd.lastIndex = end
  const last = tagEnd.exec(text)
  const namespace = isReserved(prefix) ? undefined : resolve(scope, prefix)
  if (last === null || namespace === undefined) return undefined
  const attributes = found === undefined ? noAttributes : ownAttributes(found, scope)
  if (attributes === undefined) return undefined
  const isNil = attributes.some(isNilAttribute)
  const node: OpenNode = { namespace, name, isNil, text: "", attributes, children: [] }
  return { element: { node, tag: tag.slice(1), scope }, end: tagEnd.lastIndex, isEmpty: last[1] === "/" }
}

/** Where a closing tag of this name ends, or -1. */
const closeElement = (text: string, at: number, tag: string): number => {
  if (!text.startsWith(tag, at + 2)) return -1
  closingEnd.lastIndex = at + 2 + tag.length
  return closingEnd.test(text) ? closingEnd.lastIndex : -1
}

/** Reads a plain document; `undefined` says nothing but that the full parser must be asked. */
export const readPlainXml = (text: string, limits: XmlLimits): XmlNode | undefined => {
  if (text.length > maxPlainLength || text.length > limits.maxText || unusual.test(text)) return undefined
  declaration.lastIndex = 0
  let at = declaration.test(text) ? declaration.lastIndex : 0
  const open: Array<OpenElement> = []
  let root: XmlNode | undefined
  for (let nodes = 0; ;) {
    const top = open.at(-1)
    const tag = text.indexOf("<", at)
    const between = text.slice(at, tag < 0 ? undefined : tag)
    if (top === undefined) {
      if (/[^ \t\n]/.test(between)) return undefined
      if (tag < 0) return root
      if (root !== undefined) return undefined
    } else if (tag < 0) return undefined
    else if (between !== "") {
      const data = plainText(between)
      if (data === undefined) return undefined
      top.node.text += data
    }
    if (top !== undefined && text[tag + 1] === "/") {
      at = closeElement(text, tag, top.tag)
      if (at < 0) return undefined
      open.pop()
      continue
    }
    nodes++
    if (nodes > limits.maxNodes || open.length >= limits.maxDepth) return undefined
    const opened = openElement(text, tag, top?.scope, limits.maxAttributes)
    if (opened === undefined) return undefined
    if (top === undefined) root = opened.element.node
    else top.node.children.push(opened.element.node)
    if (!opened.isEmpty) open.push(opened.element)
    at = opened.end
  }
}
