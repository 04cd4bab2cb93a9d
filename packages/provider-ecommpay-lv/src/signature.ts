/**
 * The signature of ecommpay: Payment Page parameters, Gate requests and answers, callbacks, and the Data API (with its
 * own secret) are all signed alike. Needs Node's crypto only, so that it can be used without the rest of Maksa.
 *
 * The rules are those of the provider's PHP SDK, where the four official SDKs differ.
 *
 * @see https://developers.ecommpay.com/en/en_PP_Authentication.html
 */
import { isUtf8 } from "node:buffer"
import { CanonicalText } from "./internal/signature/CanonicalText.ts"
import { canonicalLines, canonicalText } from "./internal/signature/canonicalLines.ts"
import type { SignableObject } from "./internal/signature/canonicalLines.ts"
import { OBJECT, STRING } from "./internal/signature/JsonNode.ts"
import type { JsonNode } from "./internal/signature/JsonNode.ts"
import { JsonScanner } from "./internal/signature/JsonScanner.ts"
import type { ScanProblem } from "./internal/signature/JsonScanner.ts"
import { toJsonObject } from "./internal/signature/JsonValue.ts"
import type { JsonObject } from "./internal/signature/JsonValue.ts"
import { findSecret, macOf, SIGNATURE_LENGTH } from "./internal/signature/mac.ts"
import { SignatureError } from "./internal/signature/SignatureError.ts"

export type { SignableObject, SignableValue } from "./internal/signature/canonicalLines.ts"
export { RawNumber } from "./internal/signature/JsonValue.ts"
export type { JsonObject, JsonValue } from "./internal/signature/JsonValue.ts"
export { SignatureError } from "./internal/signature/SignatureError.ts"
export type { SignatureErrorReason } from "./internal/signature/SignatureError.ts"

/** The largest body that `verify` and `readSigned` look at: 1 MiB. Documented bodies are a few kilobytes. */
export const MAX_SIGNED_BYTES = 1024 * 1024

/**
 * Why a body is not taken for signed:
 *
 * - `not_json`: not exactly one JSON text (RFC 8259), or half a surrogate pair in an escape;
 * - `not_utf8`: the bytes are not UTF-8;
 * - `too_large`: over `MAX_SIGNED_BYTES`, or over 4 MiB as signed text, in which every value repeats its path;
 * - `too_deep`: more than 32 levels;
 * - `duplicate_key`: two members of one object have the same name, and parsers disagree about which counts;
 * - `forbidden_key`: a key named `__proto__`, `constructor` or `prototype`;
 * - `no_signature`: no text named `signature` at the top level or in `general`;
 * - `two_signatures`: more than one member named `signature`, wherever they are;
 * - `signature_mismatch`: no secret made this signature over this body.
 */
export type SignatureProblem =
  | ScanProblem
  | "not_utf8"
  | "too_large"
  | "no_signature"
  | "two_signatures"
  | "signature_mismatch"

/** What `readSigned` found. Nothing of the body is there unless its signature is right. */
export type SignedBody =
  | {
      readonly verified: true
      readonly body: JsonObject
      readonly secretIndex: number
      /** The signed text: the same for every spelling of one message, so fit to recognise a repetition. */
      readonly canonical: Uint8Array
    }
  | { readonly verified: false; readonly problem: SignatureProblem }

/**
 * The text that is signed for a body: one line `path:value` per value, sorted by path in PHP's natural order, joined
 * by `;`. Members named `signature` or `frame_mode` are left out at every depth, booleans become 1 and 0, null is like
 * empty text, and empty lists and objects add nothing.
 *
 * Throws `SignatureError` for what the provider's SDKs do not agree about or what JSON cannot carry: fractions,
 * integers above 64 bits (or unsafe numbers), a root that is not a plain object, undefined, dates, functions.
 */
export const canonicalize = (body: SignableObject): string => canonicalText(body)

/**
 * The Base64 HMAC-SHA512 of a body, 88 characters. `secret` is the project's key as text, used as UTF-8. Put it into
 * `general.signature` where the body has a `general`, otherwise into `signature`.
 *
 * The signed text cannot tell `;` within a value from the end of the value: call `refuseSeparators` first on whatever
 * holds text of the payer or the agency. Throws `SignatureError` like `canonicalize`, and for an empty secret.
 */
export const sign = (body: SignableObject, secret: string): string => macOf(canonicalize(body), secret)

/**
 * Throws `SignatureError` (reason `separator`) if a signed key or value holds `;`. A payer sees the signature of a
 * Payment Page address; if a name or description in it holds `;`, the same signature fits a forged callback in which
 * the part after `;` is a field of its own. `except` lists paths (keys joined by `:`) that may hold it, for text that
 * the provider wants back unchanged, such as the text of a consent.
 */
export const refuseSeparators = (body: SignableObject, except: ReadonlyArray<string> = []): void => {
  for (const { path, text } of canonicalLines(body)) {
    if (path.includes(";") || (text.includes(";") && !except.includes(path)))
      throw new SignatureError("separator", path)
  }
}

interface Checked {
  readonly scanner: JsonScanner
  readonly root: JsonNode
  readonly secretIndex: number
  readonly canonical: Uint8Array
}

const check = (rawBytes: Uint8Array, secrets: ReadonlyArray<string>): Checked | SignatureProblem => {
  if (!(rawBytes instanceof Uint8Array) || rawBytes.length === 0) return "not_json"
  if (rawBytes.length > MAX_SIGNED_BYTES) return "too_large"
  if (!isUtf8(rawBytes)) return "not_utf8"
  const scanner = new JsonScanner(rawBytes)
  const root = scanner.scan()
  if (root === undefined) return scanner.problem ?? "not_json"
  if (scanner.signatures > 1) return "two_signatures"
  const { signature, text } = scanner
  if (root.kind !== OBJECT || signature === undefined || signature.kind !== STRING) return "no_signature"
  if (signature.end - signature.start !== SIGNATURE_LENGTH) return "signature_mismatch"
  const canonical = new CanonicalText(text, scanner.hasOnlyPlainKeys).of(root)
  if (canonical === undefined) return "too_large"
  const secretIndex = findSecret(canonical, text.subarray(signature.start, signature.end), secrets)
  return secretIndex < 0 ? "signature_mismatch" : { scanner, root, secretIndex, canonical }
}

/**
 * Whether one of the secrets signed this body, from its bytes as they were received. Never throws. Give two secrets
 * while one replaces the other; all are tried in the same time, and an empty one never matches.
 *
 * A right signature proves neither the types nor the structure of a body: `{"a":"1;b:2"}` and `{"a":"1","b":"2"}` are
 * signed alike, as are `true` and `1`, `null` and `""`. Decode with a closed schema afterwards, and match what the
 * body says with what was asked.
 */
export const verify = (rawBytes: Uint8Array, secrets: ReadonlyArray<string>): boolean =>
  typeof check(rawBytes, secrets) !== "string"

/**
 * Verifies like `verify` and gives the body, with integers as bigints and other numbers as their tokens, or says what
 * is wrong. Never throws. Whatever the signature does not cover is not in the body: `signature`, `frame_mode`, and
 * empty lists and objects (but for those that keep the place of a later item in a list).
 *
 * `secretIndex` is the place of the first matching secret, to see when an old one is no longer used.
 */
export const readSigned = (rawBytes: Uint8Array, secrets: ReadonlyArray<string>): SignedBody => {
  const checked = check(rawBytes, secrets)
  if (typeof checked === "string") return { verified: false, problem: checked }
  const { canonical, root, scanner, secretIndex } = checked
  return { verified: true, body: toJsonObject(scanner.text, root), secretIndex, canonical }
}
