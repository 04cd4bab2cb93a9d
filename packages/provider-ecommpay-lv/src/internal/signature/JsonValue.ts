import { FALSE, LIST, NULL, NUMBER, STRING, TRUE } from "./JsonNode.ts"
import type { JsonNode } from "./JsonNode.ts"

/**
 * A number token that is not an integer of at most 64 bits (a fraction, an exponent, `-0`, a larger integer), as it
 * was written. It is signed as this text; converting it would lose what was signed.
 */
export class RawNumber {
  readonly raw: string

  constructor(raw: string) {
    this.raw = raw
  }
}

/** A signed JSON value. Integers of at most 64 bits are bigints, all other numbers keep their token. */
export type JsonValue = string | boolean | null | bigint | RawNumber | ReadonlyArray<JsonValue> | JsonObject

/** A signed JSON object. It has no key that reaches a prototype. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

const INTEGER = /^-?\d{1,19}$/
/** The range of PHP's integers, in which the provider's signer prints integers exactly. */
export const isInt64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value

const numberOf = (token: string): bigint | RawNumber => {
  if (!INTEGER.test(token) || token === "-0") return new RawNumber(token)
  const value = BigInt(token)
  return isInt64(value) ? value : new RawNumber(token)
}

/** Reads the values of a scanned body out of its bytes. */
class ValueReader {
  private readonly text: Buffer
  /** One character per byte: slices of it are much cheaper than decoding every string. */
  private readonly latin1: string

  constructor(text: Buffer) {
    this.text = text
    this.latin1 = text.toString("latin1")
  }

  object(node: JsonNode): JsonObject {
    const object: Record<string, JsonValue> = {}
    for (const member of node.members) {
      if (member.isSigned) object[this.string(member.keyStart, member.keyEnd)] = this.value(member)
    }
    return object
  }

  private value(node: JsonNode): JsonValue {
    switch (node.kind) {
      case STRING:
        return this.string(node.start, node.end)
      case NUMBER:
        return numberOf(this.latin1.slice(node.start, node.end))
      case TRUE:
        return true
      case FALSE:
        return false
      case NULL:
        return null
      case LIST:
        return this.list(node)
      default:
        return this.object(node)
    }
  }

  private list(node: JsonNode): ReadonlyArray<JsonValue> {
    // Items after the last signed one can be added or taken away without changing the signature.
    const length = node.members.findLastIndex((item) => item.isSigned) + 1
    return node.members.slice(0, length).map((item) => this.value(item))
  }

  private string(start: number, end: number): string {
    for (let i = start; i < end; i++) {
      if ((this.text[i] ?? 0) >= 0x80) return this.text.toString("utf8", start, end)
    }
    return this.latin1.slice(start, end)
  }
}

/**
 * The signed members of a scanned root object. Empty lists and objects add nothing to the signature, so that they are
 * left out.
 */
export const toJsonObject = (text: Buffer, root: JsonNode): JsonObject => new ValueReader(text).object(root)
