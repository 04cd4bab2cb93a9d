import { createHash, X509Certificate } from "node:crypto"

import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { type CertificateFacts, checkValidity } from "../credentials/credentials.ts"
import { credentialsError, type CredentialsError } from "../credentials/CredentialsError.ts"
import type { CertificateConfig } from "./configuration.ts"

/** The value of `MM_Cert` in every body, and what is known of the certificate in it: of a PFX file nothing. */
export interface MmCert {
  readonly text: Redacted.Redacted
  readonly certificate: CertificateFacts | undefined
}

type Read<A> = Result.Result<A, CredentialsError>

const base64 = (bytes: Uint8Array): Redacted.Redacted =>
  Redacted.make(Buffer.from(bytes).toString("base64"), { label: "vissMm.mmCert" })

const parse = (source: string | Uint8Array): Read<X509Certificate> =>
  Result.try({
    try: () => new X509Certificate(source),
    catch: () =>
      credentialsError("not_a_certificate", "The certificate cannot be read. Give PEM text, or the bytes of a DER file")
  })

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** The certificate itself out of whatever stands around it: the first that is no authority's. */
const readCertificate = (given: string | Uint8Array): Read<X509Certificate> => {
  const text = typeof given === "string" ? given : Buffer.from(given).toString("latin1")
  const blocks = text.match(pemBlock)
  if (blocks === null) return parse(given)
  return Result.gen(function* () {
    let first: X509Certificate | undefined
    for (const block of blocks) {
      const certificate = yield* parse(block)
      if (!certificate.ca) return certificate
      first ??= certificate
    }
    return first ?? (yield* parse(given))
  })
}

/** PKCS#12 (RFC 7292, 4): a sequence that begins with the version number 3. */
const isPfx = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x30 && Buffer.from(bytes.subarray(1, 12)).includes(Buffer.from([0x02, 0x01, 0x03, 0x30]))

export const digestOf = (credentials: CertificateConfig): string =>
  createHash("sha256")
    .update(Redacted.value("pfx" in credentials ? credentials.pfx : credentials.certificate))
    .digest("base64")

/** Makes `MM_Cert`. Unless a PFX file was asked for by its dangerous name, nothing but the certificate goes in. */
export const readMmCert = (credentials: CertificateConfig, now: number): Read<MmCert> =>
  Result.gen(function* () {
    if ("pfx" in credentials) {
      const bytes = Redacted.value(credentials.pfx)
      if (isPfx(bytes)) return { text: base64(bytes), certificate: undefined }
      return yield* Result.fail(credentialsError("not_a_certificate", "This is not a PFX (PKCS#12) file"))
    }
    const found = yield* readCertificate(Redacted.value(credentials.certificate))
    return { text: base64(found.raw), certificate: yield* checkValidity(found, now) }
  })
