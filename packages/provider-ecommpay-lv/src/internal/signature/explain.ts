import { check } from "./check.ts"
import type { SignatureProblem } from "./check.ts"
import { OBJECT } from "./JsonNode.ts"
import { JsonScanner } from "./JsonScanner.ts"
import { toJsonObject } from "./JsonValue.ts"
import type { JsonObject } from "./JsonValue.ts"
import { findSecret, SIGNATURE_LENGTH } from "./mac.ts"
import { ourRule, ruleLines, ruleText, sdkRules } from "./sdkRules.ts"
import type { SdkName } from "./sdkRules.ts"

/** What `explainSignature` found out. It holds no signature, no secret and no value of a personal field. */
export interface SignatureExplanation {
  readonly verdict: "verified" | SignatureProblem
  /** The place of the secret that matched. */
  readonly secretIndex?: number
  /**
   * The text over which the signature should have been made, with `***` for values that may be personal or secret. Only
   * fields known to be neither are shown; control characters are escaped. Absent where the body could not be read.
   */
  readonly signedText?: string
  /**
   * After a mismatch: the official SDKs whose rule, with one of the secrets, gives the signature that came. Then the key is
   * right and the sender's rule is another one.
   */
  readonly wouldMatch: ReadonlyArray<SdkName>
}

/** Paths whose values are shown: ids of ours and the provider's, sums, statuses, codes and times. */
const shown: ReadonlyArray<RegExp> = [
  /^(?:general:)?(?:project_id|payment_id)$/,
  /^payment:(?:id|type|status|date|method|amount|currency|best_before|sum:(?:amount|currency)|is_new_attempts_available|attempts_timeout)$/,
  /^operations?(?::\d+)?:(?:id|type|status|date|created_date|request_id|code|sum_(?:initial|converted):(?:amount|currency)|provider:(?:id|date|result_code|endpoint_id))$/,
  /^errors:\d+:(?:code|field)$/,
  /^(?:request_id|status|code|account:bank_id|callback:(?:delay|force_disable)|interface_type(?::id)?)$/,
  /^(?:payment_(?:amount|currency|methods_options)|force_payment_(?:method|group)|language_code|best_before|region_code|mode|operation_type|hide)$/
]

const isShown = (path: string): boolean => shown.some((pattern) => pattern.test(path))

const escaped = (text: string): string =>
  text.replaceAll(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`)

// Separators within a value stay: they are what makes two different bodies look alike when they are signed.
const masked = (text: string): string => text.replaceAll(/[^;]+/g, "***")

const maskedText = (body: JsonObject): string =>
  ruleLines(body, ourRule)
    .map(({ path, text }) => escaped(`${path}:${isShown(path) ? text : masked(text)}`))
    .join(";")

const matchingSdks = (
  body: JsonObject,
  received: Uint8Array,
  secrets: ReadonlyArray<string>
): ReadonlyArray<SdkName> => {
  const names: ReadonlyArray<SdkName> = ["php", "npm", "python", "go"]
  return names.filter((name) => findSecret(Buffer.from(ruleText(body, sdkRules[name])), received, secrets) >= 0)
}

/**
 * Says why a body is taken for signed or not: what `verify` says, the text that should have been signed, and after a
 * mismatch whether another known rule would have matched. For people who set up a project; never throws.
 *
 * The explanation holds no correct signature, so that it cannot be used to make one.
 */
export const explainSignature = (rawBytes: Uint8Array, secrets: ReadonlyArray<string>): SignatureExplanation => {
  const checked = check(rawBytes, secrets)
  if (typeof checked !== "string") {
    const signedText = maskedText(toJsonObject(checked.scanner.text, checked.root))
    return { verdict: "verified", secretIndex: checked.secretIndex, signedText, wouldMatch: [] }
  }
  const none = { verdict: checked, wouldMatch: [] }
  if (checked === "not_json" || checked === "not_utf8" || checked === "too_large") return none
  const scanner = new JsonScanner(rawBytes)
  const root = scanner.scan()
  if (root === undefined || root.kind !== OBJECT) return none
  const body = toJsonObject(scanner.text, root)
  const { signature, text } = scanner
  const received = signature === undefined ? Uint8Array.of() : text.subarray(signature.start, signature.end)
  const isFit = checked === "signature_mismatch" && received.length === SIGNATURE_LENGTH
  return {
    verdict: checked,
    signedText: maskedText(body),
    wouldMatch: isFit ? matchingSdks(body, received, secrets) : []
  }
}
