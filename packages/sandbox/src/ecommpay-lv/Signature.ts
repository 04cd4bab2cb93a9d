import { createHmac, timingSafeEqual } from "node:crypto"
import { compareNatural } from "./NaturalOrder.ts"
import { WireFloat, type WireObject, type WireValue } from "./WireJson.ts"

/**
 * The platform's signature (developers.ecommpay.com, "Working with signatures"): every scalar as `path:value`, sorted
 * by path in natural order, joined with `;`, HMAC-SHA512 with the project's secret, Base64.
 * Semantics are those of the official PHP SDK 1.6.1, because the platform itself shows PHP habits (`[]` for empty
 * objects). ASSUMPTION(ecommpay-lv#6): the server sorts naturally, not by bytes; it matters from the 11th list item on.
 */
const UNSIGNED_KEYS: ReadonlySet<string> = new Set(["signature", "frame_mode"])

const scalarText = (value: null | boolean | string | number | bigint | WireFloat): string => {
  if (value === null) return ""
  if (typeof value === "boolean") return value ? "1" : "0"
  return String(value)
}

interface Line {
  readonly path: Uint8Array
  readonly text: string
}

const encoder = new TextEncoder()

const flatten = (value: WireValue, path: string, lines: Array<Line>): void => {
  if (typeof value !== "object" || value === null || value instanceof WireFloat) {
    lines.push({ path: encoder.encode(path), text: `${path}:${scalarText(value)}` })
    return
  }
  for (const [key, item] of Object.entries(value)) {
    if (UNSIGNED_KEYS.has(key)) continue
    const segment = key.replaceAll(":", "::")
    flatten(item, path === "" ? segment : `${path}:${segment}`, lines)
  }
}

/** The text that is signed; `signature` and `frame_mode` are left out at every depth, empty lists and objects vanish. */
export const textToSign = (body: WireObject): string => {
  const lines: Array<Line> = []
  flatten(body, "", lines)
  // Array.prototype.sort is stable: paths that compare equal keep the order of the message, as in PHP.
  return lines
    .toSorted((left, right) => compareNatural(left.path, right.path))
    .map((line) => line.text)
    .join(";")
}

/** 88 characters of padded Base64. */
export const sign = (body: WireObject, secret: string): string =>
  createHmac("sha512", secret).update(textToSign(body), "utf8").digest("base64")

export const isSignedWith = (body: WireObject, signature: string, secret: string): boolean => {
  const expected = Buffer.from(sign(body, secret), "utf8")
  const given = Buffer.from(signature, "utf8")
  return expected.length === given.length && timingSafeEqual(expected, given)
}
