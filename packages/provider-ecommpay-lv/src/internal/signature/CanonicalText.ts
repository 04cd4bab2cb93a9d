import { FALSE, LIST, NULL, OBJECT, TRUE } from "./JsonNode.ts"
import type { JsonNode } from "./JsonNode.ts"
import { compareNatural } from "./naturalOrder.ts"

/**
 * The largest signed text, in bytes. Every line repeats its whole path, so that a body of one long key over many small
 * values could otherwise ask for gigabytes.
 */
export const MAX_CANONICAL_BYTES = 4 * 1024 * 1024

const COLON = 0x3a
const SEMICOLON = 0x3b
/** The most that an index and its colon take: bodies are far smaller than 10^15 items. */
const INDEX_BYTES = 16

interface Line {
  readonly start: number
  readonly pathEnd: number
  readonly end: number
  /** Where the value stood in the body: equal paths in natural order keep the order of the source. */
  readonly position: number
}

/** Where paths are put together; nothing of it is needed any more when `of` returns. */
const pathSpace = Buffer.allocUnsafeSlow(1024)

/** The signed text of a scanned body, as bytes: lines of `path:value` in natural order, joined by `;`. */
export class CanonicalText {
  private readonly text: Uint8Array
  private readonly isSorted: boolean
  private readonly lines: Array<Line> = []
  private out: Uint8Array<ArrayBuffer>
  private length = 0
  private path: Uint8Array<ArrayBuffer> = pathSpace

  constructor(text: Uint8Array, isSorted: boolean) {
    this.text = text
    this.isSorted = isSorted
    this.out = Buffer.allocUnsafe(2 * text.length + 64)
  }

  /** Undefined when the signed text would be larger than `MAX_CANONICAL_BYTES`. */
  of(root: JsonNode): Uint8Array | undefined {
    if (!this.write(root, 0)) return undefined
    return this.isSorted ? this.out.subarray(0, Math.max(0, this.length - 1)) : this.sorted()
  }

  /** Writes a container whose members' paths begin with the first `prefix` bytes of `path`. */
  private write(node: JsonNode, prefix: number): boolean {
    const isList = node.kind === LIST
    const members = node.members
    for (let i = 0; i < members.length; i++) {
      const member = members[i]
      if (member === undefined || !member.isSigned) continue
      const keyBytes = isList ? INDEX_BYTES : 2 * (member.keyEnd - member.keyStart) + 1
      if (member.kind === OBJECT || member.kind === LIST) {
        if (prefix + keyBytes > this.path.length) this.path = enlarged(this.path, prefix + keyBytes)
        if (!this.write(member, this.writeKey(this.path, prefix, member, isList ? i : -1))) return false
        continue
      }
      // The limit is checked before anything is written, so that a colon counts as two even if the key has none.
      const needed = this.length + prefix + keyBytes + (member.end - member.start) + 1
      if (needed > MAX_CANONICAL_BYTES) return false
      if (needed > this.out.length) this.out = enlarged(this.out, needed)
      this.writeLine(member, prefix, isList ? i : -1)
    }
    return true
  }

  /** Writes a key, or an index that is not negative, and a colon; a colon within the key is doubled. */
  private writeKey(into: Uint8Array, at: number, member: JsonNode, index: number): number {
    const text = this.text
    let to = at
    if (index >= 10) for (const digit of String(index)) into[to++] = digit.charCodeAt(0)
    else if (index >= 0) into[to++] = 0x30 + index
    else {
      for (let i = member.keyStart; i < member.keyEnd; i++) {
        const byte = text[i] ?? 0
        into[to++] = byte
        if (byte === COLON) into[to++] = COLON
      }
    }
    into[to++] = COLON
    return to
  }

  private writeLine(member: JsonNode, prefix: number, index: number): void {
    const { out, path, text } = this
    const start = this.length
    let to = start
    for (let i = 0; i < prefix; i++) out[to++] = path[i] ?? 0
    to = this.writeKey(out, to, member, index)
    const valueStart = to
    if (member.kind === TRUE || member.kind === FALSE) out[to++] = member.kind === TRUE ? 0x31 : 0x30
    else if (member.kind !== NULL) for (let i = member.start; i < member.end; i++) out[to++] = text[i] ?? 0
    // The path is sorted without its last colon.
    if (!this.isSorted) this.lines.push({ start, pathEnd: valueStart - 1, end: to, position: member.start })
    out[to++] = SEMICOLON
    this.length = to
  }

  private sorted(): Uint8Array {
    const { lines, out } = this
    lines.sort((a, b) => a.position - b.position)
    lines.sort((a, b) => compareNatural(out, a.start, a.pathEnd, b.start, b.pathEnd))
    const sorted = Buffer.allocUnsafe(this.length)
    let to = 0
    for (const line of lines) {
      sorted.set(out.subarray(line.start, line.end), to)
      to += line.end - line.start
      sorted[to++] = SEMICOLON
    }
    return sorted.subarray(0, Math.max(0, to - 1))
  }
}

const enlarged = (from: Uint8Array, needed: number): Uint8Array<ArrayBuffer> => {
  const larger = Buffer.allocUnsafe(2 * needed)
  larger.set(from)
  return larger
}
