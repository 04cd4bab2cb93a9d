import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { MalformedMessage, type MalformedProblem } from "../MalformedMessage.ts"
import { readPlainXml } from "./plainXml.ts"
import { isNilAttribute } from "./xsiNil.ts"

/** An attribute other than a namespace declaration. */
export interface XmlAttribute {
  readonly namespace: string
  readonly name: string
  readonly value: string
}

/** One element. `text` is its own character data, without that of its children; `namespace` is `""` for none. */
export interface XmlNode {
  readonly namespace: string
  readonly name: string
  readonly isNil: boolean
  readonly text: string
  readonly attributes: ReadonlyArray<XmlAttribute>
  readonly children: ReadonlyArray<XmlNode>
}

/** Upper bounds of one document. Sizes are in bytes (`maxBytes`) and UTF-16 code units (`maxText`). */
export interface XmlLimits {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxNodes: number
  readonly maxAttributes: number
  /** All character data and attribute values of the document together. */
  readonly maxText: number
}

/** Bounds of a message: MM's have some twenty elements. Whatever fits in is read or refused in milliseconds. */
export const replyLimits: XmlLimits = {
  maxBytes: 128 * 1024,
  maxDepth: 32,
  maxNodes: 10_000,
  maxAttributes: 64,
  maxText: 128 * 1024
}

/** Reads one XML 1.0 document in UTF-8, or tells what is wrong with it. */
export type XmlReader = (document: Uint8Array | string, limits?: XmlLimits) => Result.Result<XmlNode, MalformedMessage>

const xmlns = "http://www.w3.org/2000/xmlns/"
const utf8 = new TextDecoder("utf-8", { fatal: true })
const noAttributes: ReadonlyArray<XmlAttribute> = []

const malformed = (problem: MalformedProblem, message: string): MalformedMessage =>
  new MalformedMessage({ problem, message })

/** saxes offers no other way to stop it than to throw out of a handler; `Result.try` below is the only catcher. */
const stop = (problem: MalformedProblem, message: string): never => {
  throw malformed(problem, message)
}

interface OpenNode extends XmlNode {
  text: string
  readonly children: Array<XmlNode>
}

/** saxes appends names and values after a colon: only its fixed words may reach a log. */
const reasonOf = (cause: unknown): string => (cause instanceof Error ? (cause.message.split(":")[0] ?? "") : "").trim()

const decodeUtf8 = (document: Uint8Array | string, limits: XmlLimits): Result.Result<string, MalformedMessage> => {
  const size = typeof document === "string" ? Buffer.byteLength(document) : document.byteLength
  if (size > limits.maxBytes) {
    return Result.fail(malformed("too_large", `The document has ${size} bytes, more than ${limits.maxBytes}`))
  }
  if (typeof document === "string") return Result.succeed(document.replace(/^\uFEFF/, ""))
  return Result.try({
    try: () => utf8.decode(document),
    catch: () => malformed("not_utf8", "The document is not UTF-8")
  })
}

const reading =
  (read: (text: string, limits: XmlLimits) => Result.Result<XmlNode, MalformedMessage>): XmlReader =>
  (document, limits = replyLimits) =>
    Result.flatMap(decodeUtf8(document, limits), (text) => read(text, limits))

/** The two readers, which say the same of every document; `full` is the measure that `quick` is tested against. */
export interface XmlReaders {
  readonly full: XmlReader
  readonly quick: XmlReader
}

/**
 * Loads the XML parser and returns strict readers.
 *
 * **Details** Namespaces are resolved. A DOCTYPE (and with it every entity of the document's own), an encoding other
 * than UTF-8, XML 1.1 and anything beyond the limits are refused as soon as they are seen. Comments and processing
 * instructions are dropped.
 *
 * **Gotchas** The parser is imported here and not at module level, to keep an application's start-up short.
 */
export const makeXmlReaders: Effect.Effect<XmlReaders> = Effect.map(
  Effect.promise(() => import("saxes")),
  ({ SaxesParser }) => {
    const readText = (text: string, limits: XmlLimits): XmlNode => {
      const parser = new SaxesParser({ xmlns: true, position: false })
      const open: Array<OpenNode> = []
      let root: XmlNode | undefined
      let nodes = 0
      let attributes = 0
      let textLength = 0
      const countText = (value: string): void => {
        textLength += value.length
        if (textLength > limits.maxText) {
          stop("too_large", `The document has more than ${limits.maxText} characters of text`)
        }
      }
      const addText = (value: string): void => {
        countText(value)
        const top = open.at(-1)
        if (top !== undefined) top.text += value
      }
      parser.on("xmldecl", (declaration) => {
        if (declaration.version !== "1.0") stop("not_well_formed", "The document is not XML 1.0")
        if (declaration.encoding !== undefined && !/^utf-8$/i.test(declaration.encoding)) {
          stop("not_utf8", "The document declares an encoding other than UTF-8")
        }
      })
      parser.on("doctype", () => stop("doctype", "The document has a DOCTYPE"))
      parser.on("text", addText)
      parser.on("cdata", addText)
      parser.on("opentagstart", () => {
        attributes = 0
        nodes++
        if (nodes > limits.maxNodes) stop("too_many_nodes", `The document has more than ${limits.maxNodes} elements`)
        if (open.length >= limits.maxDepth) {
          stop("too_deep", `The document is nested deeper than ${limits.maxDepth} elements`)
        }
      })
      parser.on("attribute", (attribute) => {
        attributes++
        if (attributes > limits.maxAttributes) {
          stop("too_many_attributes", `An element has more than ${limits.maxAttributes} attributes`)
        }
        countText(attribute.value)
      })
      parser.on("opentag", (tag) => {
        let own: Array<XmlAttribute> | undefined
        let isNil = false
        if (attributes > 0) {
          for (const { uri, local, value } of Object.values(tag.attributes)) {
            if (uri === xmlns) continue
            own ??= []
            const attribute = { namespace: uri, name: local, value }
            own.push(attribute)
            isNil ||= isNilAttribute(attribute)
          }
        }
        const node: OpenNode = {
          namespace: tag.uri,
          name: tag.local,
          isNil,
          text: "",
          attributes: own ?? noAttributes,
          children: []
        }
        const parent = open.at(-1)
        if (parent === undefined) root = node
        else parent.children.push(node)
        open.push(node)
      })
      parser.on("closetag", () => {
        open.pop()
      })
      parser.write(text).close()
      return root ?? stop("not_well_formed", "The document has no element")
    }
    const readFully = (text: string, limits: XmlLimits): Result.Result<XmlNode, MalformedMessage> =>
      Result.try({
        try: () => readText(text, limits),
        catch: (cause) =>
          cause instanceof MalformedMessage
            ? cause
            : malformed("not_well_formed", `The document is not well-formed XML: ${reasonOf(cause)}`)
      })
    return {
      full: reading(readFully),
      quick: reading((text, limits) => {
        const plain = readPlainXml(text, limits)
        return plain === undefined ? readFully(text, limits) : Result.succeed(plain)
      })
    }
  }
)

/** The strict reader of everything that MM sends: plain documents quickly, all others by the full parser. */
export const makeXmlReader: Effect.Effect<XmlReader> = Effect.map(makeXmlReaders, ({ quick }) => quick)
