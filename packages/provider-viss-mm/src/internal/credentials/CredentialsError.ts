import * as Data from "effect/Data"

/** Why the client certificate cannot be used. */
export type CredentialsProblem =
  | "wrong_passphrase"
  | "legacy_pfx"
  | "legacy_key"
  | "no_private_key"
  | "no_certificate"
  | "not_a_certificate"
  | "key_mismatch"
  | "expired"
  | "not_yet_valid"
  | "rejected_by_tls"

/**
 * The client certificate, its key or its passphrase cannot be used.
 *
 * `message` says what to do. It holds neither the passphrase nor anything of the certificate but its dates: the subject
 * may name a person.
 */
export class CredentialsError extends Data.TaggedError("CredentialsError")<{
  readonly problem: CredentialsProblem
  readonly message: string
  /** Only with `expired` and `not_yet_valid`. */
  readonly notBefore?: Date
  readonly notAfter?: Date
}> {}

export const credentialsError = (problem: CredentialsProblem, message: string): CredentialsError =>
  new CredentialsError({ problem, message })

/** Older Windows exports encrypt the certificates with RC2-40, which OpenSSL 3 reads with its legacy provider only. */
export const legacyPfx = (): CredentialsError =>
  credentialsError(
    "legacy_pfx",
    [
      "The PFX file is encrypted with an algorithm that OpenSSL 3 has retired (RC2-40 or similar). Convert it once:",
      "  openssl pkcs12 -legacy -in old.pfx -out client.pem",
      "It asks for the old passphrase and for a new one. Use client.pem as `pem`, or make a modern PFX of it:",
      "  openssl pkcs12 -export -in client.pem -out new.pfx"
    ].join("\n")
  )

export const legacyKey = (): CredentialsError =>
  credentialsError(
    "legacy_key",
    [
      "The private key is encrypted with an algorithm that OpenSSL 3 has retired. Convert it once:",
      "  openssl pkcs8 -topk8 -in old.pem -out key.pem -provider legacy -provider default",
      "and put the certificates and key.pem into one PEM text."
    ].join("\n")
  )
