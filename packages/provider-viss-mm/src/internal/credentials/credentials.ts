import type { X509Certificate } from "node:crypto"
import { createSecureContext, type SecureContext } from "node:tls"

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { CredentialsError, credentialsError, legacyPfx } from "./CredentialsError.ts"
import { readPem, wrongPassphrase } from "./pem.ts"
import { presentedCertificate } from "./presentedCertificate.ts"

/** A client certificate with its private key: PEM text, or the bytes of a PFX (PKCS#12) file. */
export type CredentialsConfig =
  | { readonly pem: string | Uint8Array; readonly passphrase?: Redacted.Redacted }
  | { readonly pfx: Uint8Array; readonly passphrase?: Redacted.Redacted }

/** What a TLS client (`tls.connect`, an undici `Agent`'s `connect`) takes. */
export type TlsClientOptions =
  | { readonly cert: string; readonly key: string; readonly passphrase?: string }
  | { readonly pfx: Buffer; readonly passphrase?: string }

/** Facts of the leaf certificate. `subject` may name a person: show it to an operator, do not log it. */
export interface CertificateFacts {
  readonly subject?: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** SHA-256 of the DER form: upper-case hexadecimal pairs with colons. */
  readonly fingerprint256: string
}

/** Credentials that TLS has accepted and that were valid when they were read. */
export interface ClientCredentials {
  readonly tls: Redacted.Redacted<TlsClientOptions>
  readonly certificate: CertificateFacts
  /** The leaf certificate itself, which names its owner. */
  readonly leaf: Redacted.Redacted<X509Certificate>
}

interface Opened {
  readonly tls: TlsClientOptions
  readonly leaf: X509Certificate
}

const pemArmour = "-----BEGIN "

/** Node tells these apart by words only: `ERR_CRYPTO_OPERATION_FAILED` covers several, OpenSSL's own have no code. */
const pfxError = (cause: unknown, passphrase: string | undefined): CredentialsError => {
  const words = cause instanceof Error ? cause.message : ""
  if (/mac verify|bad decrypt|cipherfinal/i.test(words)) return wrongPassphrase(passphrase)
  if (/unsupported/i.test(words)) return legacyPfx()
  if (/load private key/i.test(words)) {
    return credentialsError(
      "no_private_key",
      "The PFX file has no private key. Export the certificate together with it"
    )
  }
  if (/load certificate/i.test(words)) {
    return credentialsError("no_certificate", "The PFX file has no certificate that belongs to its private key")
  }
  if (/asn1|tag|too long|not enough|header|decode/i.test(words)) {
    return credentialsError("not_a_certificate", "This is not a PFX (PKCS#12) file, or it is damaged")
  }
  return credentialsError("rejected_by_tls", `TLS cannot use the PFX file: ${words}`)
}

const makeContext = (
  tls: TlsClientOptions,
  toError: (cause: unknown) => CredentialsError
): Result.Result<SecureContext, CredentialsError> => Result.try({ try: () => createSecureContext(tls), catch: toError })

const openPem = (pem: string | Uint8Array, passphrase: string | undefined): Effect.Effect<Opened, CredentialsError> =>
  Effect.fromResult(
    Result.gen(function* () {
      // The blocks are ASCII; names beside them may be in any code page.
      const text = typeof pem === "string" ? pem : Buffer.from(pem).toString("latin1")
      const { leaf, cert, key } = yield* readPem(text, passphrase)
      const tls = { cert, key, ...(passphrase === undefined ? {} : { passphrase }) }
      yield* makeContext(tls, (cause) =>
        credentialsError(
          "rejected_by_tls",
          `TLS cannot use the certificate: ${cause instanceof Error ? cause.message : "unknown reason"}`
        )
      )
      return { tls, leaf }
    })
  )

const openPfx = Effect.fnUntraced(function* (bytes: Uint8Array, passphrase: string | undefined) {
  const pfx = Buffer.from(bytes)
  if (pfx.includes(pemArmour)) {
    return yield* credentialsError("not_a_certificate", "This is PEM text, not a PFX file. Give it as `pem`")
  }
  const tls = { pfx, ...(passphrase === undefined ? {} : { passphrase }) }
  const context = yield* Effect.fromResult(makeContext(tls, (cause) => pfxError(cause, passphrase)))
  return { tls, leaf: yield* presentedCertificate(context) } satisfies Opened
})

/** The facts of a certificate that is valid at `now` (epoch milliseconds). */
export const checkValidity = (
  leaf: X509Certificate,
  now: number
): Result.Result<CertificateFacts, CredentialsError> => {
  const notBefore = leaf.validFromDate
  const notAfter = leaf.validToDate
  const refuse = (problem: "expired" | "not_yet_valid", message: string) =>
    Result.fail(new CredentialsError({ problem, message, notBefore, notAfter }))
  if (now > notAfter.getTime()) {
    return refuse("expired", `The client certificate expired at ${notAfter.toISOString()}. Order a new one`)
  }
  if (now < notBefore.getTime()) {
    return refuse(
      "not_yet_valid",
      `The client certificate is valid from ${notBefore.toISOString()}. Check the clock of this machine`
    )
  }
  const { subject, fingerprint256 } = leaf
  // A certificate may have an empty subject; Node then gives undefined, whatever its types say.
  return Result.succeed({ ...(subject ? { subject } : {}), notBefore, notAfter, fingerprint256 })
}

/**
 * Reads and checks a client certificate with its key, so that a wrong file, passphrase or date is told at start and not
 * as a TLS alert at the first payment.
 *
 * **Details** PEM: leaf, chain and key in one text and any order, the key encrypted or not. PFX: what OpenSSL 3 opens;
 * for older files the error says how to convert them. The certificate must be valid now, by `Clock`.
 *
 * **Gotchas** A certificate can expire later while the process runs: watch `certificate.notAfter`.
 */
export const readCredentials: (config: CredentialsConfig) => Effect.Effect<ClientCredentials, CredentialsError> =
  Effect.fnUntraced(function* (config) {
    const passphrase = config.passphrase === undefined ? undefined : Redacted.value(config.passphrase)
    const { tls, leaf } = yield* "pem" in config ? openPem(config.pem, passphrase) : openPfx(config.pfx, passphrase)
    const now = yield* Clock.currentTimeMillis
    const certificate = yield* Effect.fromResult(checkValidity(leaf, now))
    const label = { label: "vissMm.clientCertificate" }
    return { tls: Redacted.make(tls, label), certificate, leaf: Redacted.make(leaf, label) }
  })
