import { container, FALSE, LIST, NULL, NUMBER, OBJECT, scalar, sortMembers, STRING, TRUE } from "./JsonNode.ts"
import type { JsonKind, JsonNode } from "./JsonNode.ts"
import { decodeEscapes } from "./jsonString.ts"
import { FORBIDDEN, FRAME_MODE, GENERAL, isPlainKey, keyMeaning, SIGNATURE } from "./keyNames.ts"

/** Containers within containers; the documented bodies need six. */
export const MAX_DEPTH = 32

export type ScanProblem = "not_json" | "too_deep" | "duplicate_key" | "forbidden_key"

/** Where an object stands: only the root and its `general` may hold the signature. */
type Place = typeof AT_ROOT | typeof IN_GENERAL | typeof ELSEWHERE
const AT_ROOT = 0
const IN_GENERAL = 1
const ELSEWHERE = 2

/** The longest literal is `false`; each is compared from its second byte on. */
const literals: ReadonlyMap<number, { readonly rest: Uint8Array; readonly kind: JsonKind }> = new Map([
  [0x74, { rest: new TextEncoder().encode("rue"), kind: TRUE }],
  [0x66, { rest: new TextEncoder().encode("alse"), kind: FALSE }],
  [0x6e, { rest: new TextEncoder().encode("ull"), kind: NULL }]
])

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/**
 * Reads a JSON body (RFC 8259, nothing more lenient) once, as ranges of bytes. It keeps number tokens as written,
 * refuses what parsers read differently (duplicate keys) or dangerously (prototype keys), and leaves out what no
 * signature covers: members named `signature` or `frame_mode`.
 */
export class JsonScanner {
  /** The body with its escapes decoded in place, so that the caller's bytes stay untouched. */
  readonly text: Buffer
  problem: ScanProblem | undefined = undefined
  /** Whether the paths come out sorted by walking the objects in the order of their keys. */
  hasOnlyPlainKeys = true
  /** How many members are named `signature`, wherever they stand. */
  signatures = 0
  /** The one at the top level or in `general`. */
  signature: JsonNode | undefined = undefined
  private readonly length: number
  private at = 0
  private stringStart = 0
  private stringEnd = 0

  constructor(body: Uint8Array) {
    this.length = body.length
    this.text = Buffer.allocUnsafe(body.length + 1)
    this.text.set(body)
    // No JSON token holds a byte 0, so that it ends every scan before the range does.
    this.text[body.length] = 0
  }

  /** The root, or undefined with the `problem` set. */
  scan(): JsonNode | undefined {
    this.skipBlanks()
    const root = this.value(0, AT_ROOT)
    if (root === undefined) return undefined
    this.skipBlanks()
    return this.at === this.length ? root : this.fail("not_json")
  }

  private fail(problem: ScanProblem): undefined {
    this.problem = problem
    return undefined
  }

  /** Skips blanks and gives the byte after them. */
  private skipBlanks(): number {
    const text = this.text
    let at = this.at
    let byte = text[at] ?? 0
    while (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) byte = text[++at] ?? 0
    this.at = at
    return byte
  }

  private value(depth: number, place: Place): JsonNode | undefined {
    const byte = this.text[this.at] ?? 0
    if (byte === 0x22) return this.string() ? scalar(STRING, this.stringStart, this.stringEnd) : undefined
    if (byte === 0x7b) return this.object(depth + 1, place)
    if (byte === 0x5b) return this.list(depth + 1)
    return byte === 0x2d || isDigit(byte) ? this.number() : this.literal(byte)
  }

  private object(depth: number, place: Place): JsonNode | undefined {
    if (depth > MAX_DEPTH) return this.fail("too_deep")
    const start = this.at++
    const members: Array<JsonNode> = []
    let isSigned = false
    let hasSignature = false
    let hasFrameMode = false
    let byte = this.skipBlanks()
    while (byte !== 0x7d) {
      if (byte !== 0x22) return this.fail("not_json")
      if (!this.string()) return undefined
      const keyStart = this.stringStart
      const keyEnd = this.stringEnd
      const meaning = keyMeaning(this.text, keyStart, keyEnd)
      if (meaning === FORBIDDEN) return this.fail("forbidden_key")
      if (this.skipBlanks() !== 0x3a) return this.fail("not_json")
      this.at++
      this.skipBlanks()
      const member = this.value(depth, meaning === GENERAL && place === AT_ROOT ? IN_GENERAL : ELSEWHERE)
      if (member === undefined) return undefined
      if (meaning === SIGNATURE) {
        if (hasSignature) return this.fail("duplicate_key")
        hasSignature = true
        this.signatures++
        if (place !== ELSEWHERE) this.signature = member
      } else if (meaning === FRAME_MODE) {
        if (hasFrameMode) return this.fail("duplicate_key")
        hasFrameMode = true
      } else {
        member.keyStart = keyStart
        member.keyEnd = keyEnd
        members.push(member)
        isSigned ||= member.isSigned
        if (this.hasOnlyPlainKeys && !isPlainKey(this.text, keyStart, keyEnd)) this.hasOnlyPlainKeys = false
      }
      byte = this.skipBlanks()
      if (byte === 0x7d) break
      if (byte !== 0x2c) return this.fail("not_json")
      this.at++
      byte = this.skipBlanks()
      if (byte === 0x7d) return this.fail("not_json")
    }
    this.at++
    if (!sortMembers(this.text, members)) return this.fail("duplicate_key")
    return container(OBJECT, start, this.at, members, isSigned)
  }

  private list(depth: number): JsonNode | undefined {
    if (depth > MAX_DEPTH) return this.fail("too_deep")
    const start = this.at++
    const items: Array<JsonNode> = []
    let isSigned = false
    let byte = this.skipBlanks()
    while (byte !== 0x5d) {
      const item = this.value(depth, ELSEWHERE)
      if (item === undefined) return undefined
      items.push(item)
      isSigned ||= item.isSigned
      byte = this.skipBlanks()
      if (byte === 0x5d) break
      if (byte !== 0x2c) return this.fail("not_json")
      this.at++
      byte = this.skipBlanks()
      if (byte === 0x5d) return this.fail("not_json")
    }
    this.at++
    return container(LIST, start, this.at, items, isSigned)
  }

  /** Sets the range of the string whose opening quote is here, and goes past its closing one. */
  private string(): boolean {
    const text = this.text
    const start = this.at + 1
    let at = start
    let byte = text[at] ?? 0
    while (byte !== 0x22) {
      if (byte < 0x20) {
        this.fail("not_json")
        return false
      }
      if (byte === 0x5c) return this.escapedString(start, at)
      byte = text[++at] ?? 0
    }
    this.stringStart = start
    this.stringEnd = at
    this.at = at + 1
    return true
  }

  private escapedString(start: number, firstBackslash: number): boolean {
    const decoded = decodeEscapes(this.text, firstBackslash)
    if (decoded === undefined) {
      this.fail("not_json")
      return false
    }
    this.stringStart = start
    this.stringEnd = decoded.end
    this.at = decoded.quote + 1
    return true
  }

  private number(): JsonNode | undefined {
    const text = this.text
    const start = this.at
    let at = text[start] === 0x2d ? start + 1 : start
    const whole = this.digits(at)
    if (whole === at || (text[at] === 0x30 && whole > at + 1)) return this.fail("not_json")
    at = whole
    if (text[at] === 0x2e) {
      const fraction = this.digits(at + 1)
      if (fraction === at + 1) return this.fail("not_json")
      at = fraction
    }
    if (((text[at] ?? 0) | 0x20) === 0x65) {
      const from = text[at + 1] === 0x2b || text[at + 1] === 0x2d ? at + 2 : at + 1
      const exponent = this.digits(from)
      if (exponent === from) return this.fail("not_json")
      at = exponent
    }
    this.at = at
    return scalar(NUMBER, start, at)
  }

  private digits(from: number): number {
    let at = from
    while (isDigit(this.text[at] ?? 0)) at++
    return at
  }

  private literal(first: number): JsonNode | undefined {
    const literal = literals.get(first)
    if (literal === undefined) return this.fail("not_json")
    const start = this.at
    let at = start + 1
    for (const byte of literal.rest) if (this.text[at++] !== byte) return this.fail("not_json")
    this.at = at
    return scalar(literal.kind, start, at)
  }
}
