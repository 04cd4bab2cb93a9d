export const OBJECT = 1
export const LIST = 2
export const STRING = 3
export const NUMBER = 4
export const TRUE = 5
export const FALSE = 6
export const NULL = 7

export type JsonKind =
  | typeof OBJECT
  | typeof LIST
  | typeof STRING
  | typeof NUMBER
  | typeof TRUE
  | typeof FALSE
  | typeof NULL

/**
 * One value of a scanned body, as ranges of bytes of the scanner's text: nothing is copied or converted before the
 * signature is known to be right. Escapes in keys and strings are already decoded.
 */
export interface JsonNode {
  readonly kind: JsonKind
  /** The value without quotes; of a container the whole. It grows with the position in the source. */
  readonly start: number
  readonly end: number
  /** The members of an object sorted by the bytes of their keys, or the items of a list; empty for a scalar. */
  readonly members: ReadonlyArray<JsonNode>
  /** Whether the value adds at least one line to the signed text. */
  readonly isSigned: boolean
  keyStart: number
  keyEnd: number
}

const none: ReadonlyArray<JsonNode> = []

export const scalar = (kind: JsonKind, start: number, end: number): JsonNode => ({
  kind,
  start,
  end,
  members: none,
  isSigned: true,
  keyStart: 0,
  keyEnd: 0
})

export const container = (
  kind: JsonKind,
  start: number,
  end: number,
  members: ReadonlyArray<JsonNode>,
  isSigned: boolean
): JsonNode => ({ kind, start, end, members, isSigned, keyStart: 0, keyEnd: 0 })

const compareKeys = (text: Uint8Array, a: JsonNode, b: JsonNode): number => {
  const end = Math.min(a.keyEnd - a.keyStart, b.keyEnd - b.keyStart)
  for (let i = 0; i < end; i++) {
    const difference = (text[a.keyStart + i] ?? 0) - (text[b.keyStart + i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.keyEnd - a.keyStart - (b.keyEnd - b.keyStart)
}

// Insertion is the fastest for the handful of members that real objects have, and quadratic for hostile ones.
const INSERTION_LIMIT = 24

/** Sorts `members` in place by the bytes of their keys and says whether all keys differ. */
export const sortMembers = (text: Uint8Array, members: Array<JsonNode>): boolean => {
  if (members.length > INSERTION_LIMIT) {
    members.sort((a, b) => compareKeys(text, a, b))
    return members.every((member, i) => {
      const previous = i === 0 ? undefined : members[i - 1]
      return previous === undefined || compareKeys(text, previous, member) !== 0
    })
  }
  for (let i = 1; i < members.length; i++) {
    const member = members[i]
    if (member === undefined) return false
    let to = i
    for (; to > 0; to--) {
      const previous = members[to - 1]
      if (previous === undefined) return false
      const order = compareKeys(text, previous, member)
      if (order === 0) return false
      if (order < 0) break
      members[to] = previous
    }
    members[to] = member
  }
  return true
}
