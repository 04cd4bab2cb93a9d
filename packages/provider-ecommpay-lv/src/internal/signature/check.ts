import { isUtf8 } from "node:buffer"
import { CanonicalText } from "./CanonicalText.ts"
import { OBJECT, STRING } from "./JsonNode.ts"
import type { JsonNode } from "./JsonNode.ts"
import { JsonScanner } from "./JsonScanner.ts"
import type { ScanProblem } from "./JsonScanner.ts"
import { findSecret, SIGNATURE_LENGTH } from "./mac.ts"

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

/** A body whose signature is right. */
export interface Checked {
  readonly scanner: JsonScanner
  readonly root: JsonNode
  readonly secretIndex: number
  readonly canonical: Uint8Array
}

/** Verifies a body over its bytes. Never throws. */
export const check = (rawBytes: Uint8Array, secrets: ReadonlyArray<string>): Checked | SignatureProblem => {
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
