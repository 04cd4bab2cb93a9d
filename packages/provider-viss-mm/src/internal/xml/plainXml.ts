// Nearly every reply of MM is the plainest of XML. Such a document is read here some eight times as fast as by the full
// parser; whatever is not certainly plain is left to that one, which alone decides what is refused and why.
import type { XmlAttribute, XmlLimits, XmlNode } from "./parse.ts"
import { greater, Scanner, slash } from "./Scanner.ts"
import { isNilAttribute } from "./xsiNil.ts"

/** Larger ones are no replies, and giving up late would cost twice. */
const maxPlainLength = 65_536

/** Control characters, carriage returns and everything from the surrogates on. */
const unusual = /[^\t\n\u0020-\uD7FF]/
const declaration = /<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?\?>/y
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

/** The opening tag at the scanner's place; `undefined` where it is not plain. */
const openElement = (scan: Scanner, around: Scope | undefined, maxAttributes: number): OpenElement | undefined => {
  const start = scan.at
  if (!scan.readName()) return undefined
  const { name, prefix } = scan
  const tag = scan.text.slice(start, scan.at)
  let scope = around
  let declared: Array<string> | undefined
  let found: Array<Found> | undefined
  for (let count = 0; scan.skipBlanks() && scan.readName(); count++) {
    const { name: attributeName, prefix: attributePrefix } = scan
    const value = count < maxAttributes ? scan.readValue() : undefined
    if (value === undefined) return undefined
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
  const namespace = isReserved(prefix) ? undefined : resolve(scope, prefix)
  const attributes = found === undefined ? noAttributes : ownAttributes(found, scope)
  if (namespace === undefined || attributes === undefined) return undefined
  const isNil = attributes.some(isNilAttribute)
  return { node: { namespace, name, isNil, text: "", attributes, children: [] }, tag, scope }
}

/** Reads a plain document; `undefined` says nothing but that the full parser must be asked. */
export const readPlainXml = (text: string, limits: XmlLimits): XmlNode | undefined => {
  if (text.length > maxPlainLength || text.length > limits.maxText || unusual.test(text)) return undefined
  declaration.lastIndex = 0
  const scan = new Scanner(text, declaration.test(text) ? declaration.lastIndex : 0)
  const open: Array<OpenElement> = []
  let top: OpenElement | undefined
  let root: XmlNode | undefined
  for (let nodes = 0; ;) {
    const from = scan.at
    const tag = text.indexOf("<", from)
    if (top === undefined) {
      scan.skipBlanks()
      if (scan.at !== (tag < 0 ? text.length : tag)) return undefined
      if (tag < 0) return root
      if (root !== undefined) return undefined
    } else if (tag < 0) return undefined
    else if (tag > from) {
      const data = plainText(text.slice(from, tag))
      if (data === undefined) return undefined
      top.node.text += data
    }
    scan.at = tag + 1
    if (top !== undefined && scan.take(slash)) {
      if (!text.startsWith(top.tag, scan.at)) return undefined
      scan.at += top.tag.length
      scan.skipBlanks()
      if (!scan.take(greater)) return undefined
      open.pop()
      top = open.at(-1)
      continue
    }
    nodes++
    if (nodes > limits.maxNodes || open.length >= limits.maxDepth) return undefined
    const element = openElement(scan, top?.scope, limits.maxAttributes)
    if (element === undefined) return undefined
    const isEmpty = scan.take(slash)
    if (!scan.take(greater)) return undefined
    if (top === undefined) root = element.node
    else top.node.children.push(element.node)
    if (isEmpty) continue
    open.push(element)
    top = element
  }
}
