import { isInt64 } from "./JsonValue.ts"
import { MAX_DEPTH } from "./JsonScanner.ts"
import { FORBIDDEN, FRAME_MODE, isPlainName, nameMeaning, SIGNATURE } from "./keyNames.ts"
import { compareNatural } from "./naturalOrder.ts"
import { plainText, sortPlain } from "./plainText.ts"
import { SignatureError } from "./SignatureError.ts"

/** A value that can be signed: integers only, as safe numbers or bigints of at most 64 bits. */
export type SignableValue = string | number | bigint | boolean | null | ReadonlyArray<SignableValue> | SignableObject

/** A plain object that can be signed. */
export interface SignableObject {
  readonly [key: string]: SignableValue
}

/** One signed line; `text` is the value as it is signed. */
export interface CanonicalLine {
  readonly path: string
  readonly text: string
}

const scalarText = (value: unknown, path: string): string => {
  switch (typeof value) {
    case "string":
      return value
    case "boolean":
      return value ? "1" : "0"
    case "number":
      if (!Number.isInteger(value)) throw new SignatureError("not_an_integer", path)
      if (!Number.isSafeInteger(value)) throw new SignatureError("integer_too_large", path)
      return String(value)
    case "bigint":
      if (!isInt64(value)) throw new SignatureError("integer_too_large", path)
      return String(value)
    default:
      throw new SignatureError("unsupported_value", path)
  }
}

/** Objects of a class (dates, maps, byte arrays) would lose their content here: only plain ones are taken. */
const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

class LineCollector {
  readonly lines: Array<CanonicalLine> = []
  isSorted = true

  value(value: unknown, path: string, depth: number): void {
    if (value === null) this.lines.push({ path, text: "" })
    else if (typeof value !== "object") this.lines.push({ path, text: scalarText(value, path) })
    else if (depth > MAX_DEPTH) throw new SignatureError("too_deep", path)
    else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) this.value(value[i], `${path}:${i}`, depth + 1)
    } else if (isPlainObject(value)) this.members(value, `${path}:`, depth)
    else throw new SignatureError("unsupported_value", path)
  }

  members(object: Readonly<Record<string, unknown>>, prefix: string, depth: number): void {
    const keys = Object.keys(object)
    // See isPlainKey: where all keys are plain, sorting each object sorts the paths.
    if (keys.every(isPlainName)) sortPlain(keys)
    else this.isSorted = false
    for (const key of keys) {
      const meaning = nameMeaning(key)
      if (meaning === SIGNATURE || meaning === FRAME_MODE) continue
      const path = prefix + (key.includes(":") ? key.replaceAll(":", "::") : key)
      if (meaning === FORBIDDEN) throw new SignatureError("forbidden_key", path)
      // PHP takes the prefixes "" and "0" for no prefix at all.
      const value = object[key]
      if ((path === "" || path === "0") && typeof value === "object" && value !== null) {
        throw new SignatureError("root_key_lost", path)
      }
      this.value(value, path, depth + 1)
    }
  }
}

const sortNaturally = (lines: Array<CanonicalLine>): Array<CanonicalLine> => {
  const bytes = Buffer.from(lines.map((line) => line.path).join(""))
  let end = 0
  const ranges = lines.map((line) => {
    const start = end
    end += Buffer.byteLength(line.path)
    return { line, start, end }
  })
  ranges.sort((a, b) => compareNatural(bytes, a.start, a.end, b.start, b.end))
  return ranges.map((range) => range.line)
}

/** Where a key holds colons two paths can be spelt alike; the provider's signer would keep only one of them. */
const refuseSamePath = (lines: ReadonlyArray<CanonicalLine>): void => {
  const seen = new Set<string>()
  for (const { path } of lines) {
    if (seen.has(path)) throw new SignatureError("same_path", path)
    seen.add(path)
  }
}

const joined = (lines: ReadonlyArray<CanonicalLine>): string => {
  let text = ""
  for (const line of lines) text += `${line.path}:${line.text};`
  return text.slice(0, -1)
}

/** The signed text of a body. Throws `SignatureError`. */
export const canonicalText = (body: SignableObject): string => plainText(body) ?? generalText(body)

const generalText = (body: SignableObject): string => {
  const lines = canonicalLines(body)
  const text = joined(lines)
  if (text.isWellFormed()) return text
  // Half a surrogate pair has no UTF-8 bytes that could be signed.
  const broken = lines.find((line) => !`${line.path}:${line.text}`.isWellFormed())
  throw new SignatureError("not_well_formed", broken?.path ?? "")
}

/** The signed lines of a body in natural order. Throws `SignatureError`. */
export const canonicalLines = (body: SignableObject): ReadonlyArray<CanonicalLine> => {
  // Callers without types can hand over anything.
  const root: unknown = body
  if (typeof root !== "object" || root === null || Array.isArray(root) || !isPlainObject(root)) {
    throw new SignatureError("not_an_object", "")
  }
  const collector = new LineCollector()
  collector.members(root, "", 1)
  if (collector.isSorted) return collector.lines
  const lines = sortNaturally(collector.lines)
  refuseSamePath(lines)
  return lines
}
