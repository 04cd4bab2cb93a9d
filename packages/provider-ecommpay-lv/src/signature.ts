/**
 * The signature of ecommpay: Payment Page parameters, Gate requests and answers, callbacks, and the Data API (with its
 * own secret) are all signed alike. Needs Node's crypto only, so that it can be used without the rest of Maksa.
 *
 * The rules are those of the provider's PHP SDK, where the four official SDKs differ.
 *
 * @see https://developers.ecommpay.com/en/en_PP_Authentication.html
 */
import { canonicalLines, canonicalText } from "./internal/signature/canonicalLines.ts"
import type { SignableObject } from "./internal/signature/canonicalLines.ts"
import { check } from "./internal/signature/check.ts"
import type { SignatureProblem } from "./internal/signature/check.ts"
import { toJsonObject } from "./internal/signature/JsonValue.ts"
import type { JsonObject } from "./internal/signature/JsonValue.ts"
import { macOf } from "./internal/signature/mac.ts"
import { SignatureError } from "./internal/signature/SignatureError.ts"

export type { SignableObject, SignableValue } from "./internal/signature/canonicalLines.ts"
export { MAX_SIGNED_BYTES } from "./internal/signature/check.ts"
export type { SignatureProblem } from "./internal/signature/check.ts"
export { explainSignature } from "./internal/signature/explain.ts"
export type { SignatureExplanation } from "./internal/signature/explain.ts"
export { RawNumber } from "./internal/signature/JsonValue.ts"
export type { JsonObject, JsonValue } from "./internal/signature/JsonValue.ts"
export type { SdkName } from "./internal/signature/sdkRules.ts"
export { SignatureError } from "./internal/signature/SignatureError.ts"
export type { SignatureErrorReason } from "./internal/signature/SignatureError.ts"

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
