import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto"

import * as Result from "effect/Result"

import { credentialsError, legacyKey, type CredentialsError } from "./CredentialsError.ts"

/** A certificate, the key that belongs to it, and its chain, each as PEM text (the key as it was given). */
export interface PemCredentials {
  readonly leaf: X509Certificate
  readonly cert: string
  readonly key: string
}

interface Key {
  readonly pem: string
  readonly object: KeyObject
}

type Read<A> = Result.Result<A, CredentialsError>

/** RFC 7468; what stands between the blocks (openssl's Bag Attributes) is not read. */
const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g

export const wrongPassphrase = (passphrase: string | undefined): CredentialsError =>
  credentialsError(
    "wrong_passphrase",
    passphrase === undefined || passphrase === ""
      ? "The private key is encrypted and no passphrase is given"
      : "The passphrase does not open the private key"
  )

const readKey = (pem: string, passphrase: string | undefined): Read<Key> =>
  Result.try({
    try: () => ({
      pem,
      object: createPrivateKey(passphrase === undefined ? { key: pem } : { key: pem, passphrase })
    }),
    catch: (cause) => {
      const code: unknown = cause instanceof Error && "code" in cause ? cause.code : undefined
      if (code === "ERR_OSSL_EVP_UNSUPPORTED") return legacyKey()
      // A wrong passphrase does not always fail as a bad decrypt: one in some 250 decrypts to noise.
      if (pem.includes("ENCRYPTED")) return wrongPassphrase(passphrase)
      return credentialsError("no_private_key", "The private key in the PEM text cannot be read. It may be damaged")
    }
  })

const readCertificate = (pem: string): Read<X509Certificate> =>
  Result.try({
    try: () => new X509Certificate(pem),
    catch: () => credentialsError("not_a_certificate", "A certificate in the PEM text cannot be read")
  })

/**
 * Reads a PEM text with a certificate and its private key, in any order and with or without a chain, such as
 * `openssl pkcs12 -in client.pfx -out client.pem` writes.
 *
 * **Details** The certificate that fits the key comes first in `cert`: OpenSSL takes the first one for the leaf, and
 * files exported by Windows may begin with the authority's.
 */
export const readPem = (text: string, passphrase: string | undefined): Read<PemCredentials> =>
  Result.gen(function* () {
    const blocks = [...text.matchAll(block)].map(([pem, label = ""]) => ({ pem, label }))
    if (blocks.length === 0) {
      return yield* Result.fail(
        credentialsError("not_a_certificate", "This is not PEM text. Give a PFX (.pfx, .p12) file as `pfx`")
      )
    }
    const keyBlocks = blocks.filter(({ label }) => label.endsWith("PRIVATE KEY"))
    const certificateBlocks = blocks.filter(({ label }) => label.endsWith("CERTIFICATE"))
    if (keyBlocks.length === 0) {
      return yield* Result.fail(
        credentialsError(
          "no_private_key",
          "The PEM text has no private key. Export the certificate together with its key"
        )
      )
    }
    if (certificateBlocks.length === 0) {
      return yield* Result.fail(credentialsError("no_certificate", "The PEM text has no certificate"))
    }
    const keys: Array<Key> = []
    for (const { pem } of keyBlocks) keys.push(yield* readKey(pem, passphrase))
    const certificates: Array<X509Certificate> = []
    for (const { pem } of certificateBlocks) certificates.push(yield* readCertificate(pem))
    for (const leaf of certificates) {
      const key = keys.find(({ object }) => leaf.checkPrivateKey(object))
      if (key === undefined) continue
      const chain = certificates.filter((certificate) => certificate !== leaf)
      return { leaf, key: key.pem, cert: [leaf, ...chain].map(String).join("") }
    }
    return yield* Result.fail(
      credentialsError("key_mismatch", "The private key belongs to none of the certificates in the PEM text")
    )
  })
