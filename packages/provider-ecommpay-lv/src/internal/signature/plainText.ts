// The text that is signed for the bodies that there are in practice: names of ASCII letters and `_` only, whose order within
// each object is the order of the whole paths (see isPlainKey), and values that can be signed.
import { MAX_DEPTH } from "./JsonScanner.ts"
import { FRAME_MODE, isPlainName, nameMeaning, SIGNATURE, FORBIDDEN } from "./keyNames.ts"

const SPECIAL = 0
const SIGNED = 1
const UNSIGNED = 2
type NameKind = typeof SPECIAL | typeof SIGNED | typeof UNSIGNED

// Bodies repeat the same few hundred names; names from elsewhere must not make this grow without end.
const MAX_KNOWN_NAMES = 2048
const MAX_KNOWN_LENGTH = 64
const knownNames = new Map<string, NameKind>()

const learn = (name: string): NameKind => {
  const meaning = nameMeaning(name)
  const isLeftOut = meaning === SIGNATURE || meaning === FRAME_MODE
  const kind = isLeftOut ? UNSIGNED : meaning !== FORBIDDEN && isPlainName(name) ? SIGNED : SPECIAL
  if (knownNames.size < MAX_KNOWN_NAMES && name.length <= MAX_KNOWN_LENGTH) knownNames.set(name, kind)
  return kind
}

const SORT_NATIVELY_FROM = 24

/** Sorts keys by their code units, which for plain keys are their bytes. */
export const sortPlain = (keys: Array<string>): void => {
  if (keys.length >= SORT_NATIVELY_FROM) {
    keys.sort()
    return
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? ""
    let to = i
    for (; to > 0; to--) {
      const previous = keys[to - 1] ?? ""
      if (previous < key) break
      keys[to] = previous
    }
    keys[to] = key
  }
}

/** Objects of other classes are left to the general rules. */
const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> =>
  Object.getPrototypeOf(value) === Object.prototype

const valueLines = (value: unknown, path: string, depth: number): string | undefined => {
  switch (typeof value) {
    case "string":
      return `${path}:${value};`
    case "number":
      return Number.isSafeInteger(value) ? `${path}:${value};` : undefined
    case "boolean":
      return value ? `${path}:1;` : `${path}:0;`
    case "object":
      break
    default:
      return undefined
  }
  if (value === null) return `${path}:;`
  if (depth > MAX_DEPTH) return undefined
  if (isPlainObject(value)) return memberLines(value, `${path}:`, depth)
  if (!Array.isArray(value)) return undefined
  let lines = ""
  for (let i = 0; i < value.length; i++) {
    const line = valueLines(value[i], `${path}:${i}`, depth + 1)
    if (line === undefined) return undefined
    lines += line
  }
  return lines
}

const memberLines = (object: Readonly<Record<string, unknown>>, prefix: string, depth: number): string | undefined => {
  const keys = Object.keys(object)
  sortPlain(keys)
  let lines = ""
  for (const key of keys) {
    const kind = knownNames.get(key) ?? learn(key)
    if (kind === SPECIAL) return undefined
    if (kind === UNSIGNED) continue
    const line = valueLines(object[key], prefix + key, depth + 1)
    if (line === undefined) return undefined
    lines += line
  }
  return lines
}

/** The signed text of a body; undefined where it takes the general rules to make it, or to say why it cannot be made. */
export const plainText = (body: unknown): string | undefined => {
  if (typeof body !== "object" || body === null || !isPlainObject(body)) return undefined
  const lines = memberLines(body, "", 1)
  return lines?.isWellFormed() === true ? lines.slice(0, -1) : undefined
}
