/** Why a body cannot be signed. Every reason is a mistake of the caller, never a state of the provider. */
export type SignatureErrorReason =
  | "empty_secret"
  | "forbidden_key"
  | "integer_too_large"
  | "not_an_integer"
  | "not_an_object"
  | "not_well_formed"
  | "root_key_lost"
  | "same_path"
  | "separator"
  | "too_deep"
  | "unsupported_value"

const explanations: Record<SignatureErrorReason, string> = {
  empty_secret: "the secret must be a non-empty string",
  forbidden_key: "this key can change an object's prototype",
  integer_too_large: "integers must be safe numbers or bigints of at most 64 bits",
  not_an_integer: "only integers can be signed: every SDK of the provider prints other numbers differently",
  not_an_object: "only a plain object can be signed at the root",
  not_well_formed: "text must be well-formed Unicode (a surrogate stands alone)",
  root_key_lost: "the provider drops this root key from the paths below it",
  same_path: "two members have the same signed path",
  separator: "';' separates signed lines: text holding it can be read as other fields",
  too_deep: "nested more than 32 levels deep, or in a circle",
  unsupported_value: "only strings, integers, booleans, null, lists and plain objects can be signed"
}

/**
 * Thrown when a body cannot be signed. It names the path of the offending member, never its value:
 * bodies hold names, e-mails and account numbers.
 */
export class SignatureError extends TypeError {
  override readonly name = "SignatureError"
  readonly _tag = "SignatureError"
  readonly reason: SignatureErrorReason
  /** Keys from the root joined by `:`, as they are signed; empty for the body or the secret itself. */
  readonly path: string

  constructor(reason: SignatureErrorReason, path: string) {
    super(path === "" ? `Cannot sign: ${explanations[reason]}` : `Cannot sign ${path}: ${explanations[reason]}`)
    this.reason = reason
    this.path = path
  }
}
