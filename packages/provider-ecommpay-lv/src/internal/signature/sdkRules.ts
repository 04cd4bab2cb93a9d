// How the provider's four official SDKs spell the text that is signed. They agree about every documented message; where a
// message is not documented, the one whose text matches tells what its sender did.
import { isInt64, RawNumber } from "./JsonValue.ts"
import type { JsonObject, JsonValue } from "./JsonValue.ts"
import { compareNatural } from "./naturalOrder.ts"

/** An official SDK, by its language; `npm` is the package `ecommpay`. */
export type SdkName = "php" | "npm" | "python" | "go"

/** One line of the text that is signed. */
export interface RuleLine {
  readonly keys: ReadonlyArray<string>
  readonly path: string
  readonly text: string
}

/** How keys and numbers are spelt, and in which order the lines stand. */
export interface Rule {
  readonly key: (key: string, depth: number) => string
  /** `token` is the number as it was written. */
  readonly number: (token: string) => string
  readonly order: (a: RuleLine, b: RuleLine) => number
}

const doubled = (key: string): string => key.replaceAll(":", "::")
const isInteger = (token: string): boolean => /^-?\d{1,19}$/.test(token) && isInt64(BigInt(token))

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

const byNature = (a: RuleLine, b: RuleLine): number => {
  const first = Buffer.from(a.path)
  const both = Buffer.concat([first, Buffer.from(b.path)])
  return compareNatural(both, 0, first.length, first.length, both.length)
}

const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1

/** JavaScript lists the keys of an object that are indexes first, by number, whatever order they were put in. */
const byLevels = (a: RuleLine, b: RuleLine): number => {
  for (const [level, key] of a.keys.entries()) {
    const other = b.keys[level] ?? ""
    if (key === other) continue
    if (isIndex(key) && isIndex(other)) return Number(key) - Number(other)
    return isIndex(key) !== isIndex(other) ? (isIndex(key) ? -1 : 1) : key < other ? -1 : 1
  }
  return 0
}

/** What JavaScript wrote with an exponent, in two. */
const inTwo = (text: string): readonly [mantissa: string, exponent: number] => {
  const at = text.indexOf("e")
  return [text.slice(0, at), Number(text.slice(at + 1))]
}

/** PHP prints 14 digits, and an exponent from 10^14 on and below 10^-4. */
const phpNumber = (token: string): string => {
  if (isInteger(token)) return String(BigInt(token))
  const value = Number(token)
  if (value === 0) return Object.is(value, -0) ? "-0" : "0"
  const [mantissa, exponent] = inTwo(value.toExponential(13))
  const digits = mantissa.replace(/\.?0+$/, "")
  if (exponent >= -4 && exponent < 14) return String(Number(value.toPrecision(14)))
  return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent < 0 ? "" : "+"}${exponent}`
}

/** Python writes the fewest digits that read back as the same number, like JavaScript, but with its own signs. */
const pythonNumber = (token: string): string => {
  if (/^-?\d+$/.test(token)) return String(BigInt(token))
  const value = Number(token)
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0"
  const [mantissa, exponent] = inTwo(value.toExponential())
  if (exponent >= -4 && exponent < 16) {
    const plain = String(value)
    return plain.includes(".") ? plain : `${plain}.0`
  }
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`
}

/** Go reads every number as a double and cuts it to an integer of 64 bits; what does not fit is the smallest one. */
const goNumber = (token: string): string => {
  const whole = Math.trunc(Number(token))
  if (!Number.isFinite(whole) || Math.abs(whole) >= 2 ** 63) return String(-(2n ** 63n))
  return String(BigInt(whole))
}

/** Ours: as in PHP, but numbers as they were sent, because printing them anew would lose what was signed. */
export const ourRule: Rule = { key: doubled, number: (token) => token, order: byNature }

export const sdkRules: Readonly<Record<SdkName, Rule>> = {
  php: { key: doubled, number: phpNumber, order: byNature },
  npm: { key: (key) => key, number: (token) => String(Number(token)), order: byLevels },
  python: { key: doubled, number: pythonNumber, order: (a, b) => byBytes(a.path, b.path) },
  go: {
    key: (key, depth) => (depth === 0 ? doubled(key) : key),
    number: goNumber,
    order: (a, b) => byBytes(`${a.path}:${a.text}`, `${b.path}:${b.text}`)
  }
}

const scalarText = (value: string | boolean | bigint | RawNumber | null, rule: Rule): string => {
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "1" : "0"
  if (value === null) return ""
  return rule.number(value instanceof RawNumber ? value.raw : String(value))
}

/** The lines of a read body by one rule, in its order. */
export const ruleLines = (body: JsonObject, rule: Rule): ReadonlyArray<RuleLine> => {
  const lines: Array<RuleLine> = []
  const walk = (value: JsonValue, keys: ReadonlyArray<string>, path: string): void => {
    if (typeof value !== "object" || value === null || value instanceof RawNumber) {
      lines.push({ keys, path, text: scalarText(value, rule) })
      return
    }
    for (const [key, member] of Object.entries<JsonValue>(value)) {
      const spelt = rule.key(key, keys.length)
      walk(member, [...keys, key], keys.length === 0 ? spelt : `${path}:${spelt}`)
    }
  }
  walk(body, [], "")
  return lines.toSorted(rule.order)
}

/** The text that is signed for a read body by one rule. */
export const ruleText = (body: JsonObject, rule: Rule): string =>
  ruleLines(body, rule)
    .map(({ path, text }) => `${path}:${text}`)
    .join(";")
