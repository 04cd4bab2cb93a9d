import { X509Certificate } from "node:crypto"
import type { Owner } from "../PaymentRequest.ts"
import type { Settings } from "../settings.ts"
import type { XmlElement } from "../xmlRead.ts"
import { checkFreshness, isSameTimestamp, timestampOf } from "./freshness.ts"
import { ns } from "./names.ts"
import { type Message, onlyChild, Soap12Fault } from "./soap12.ts"
import { SignatureRefused, signedParts } from "./xmlSignature.ts"

/** Who signed a message, and whether the sandbox's authority knows the certificate and it is in date. */
export interface Signer extends Owner {
  readonly isKnown: boolean
}

const invalid = (why: string): Soap12Fault => new Soap12Fault(ns.security, "InvalidSecurity", why)
const x509v3 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"

const readCertificate = (security: XmlElement): X509Certificate => {
  const token = onlyChild(security, ns.security, "BinarySecurityToken")
  if (token === undefined) throw invalid("The message has no single BinarySecurityToken.")
  if (token.attributes.get("ValueType") !== x509v3) throw invalid("The BinarySecurityToken is no X.509 certificate.")
  try {
    return new X509Certificate(Buffer.from(token.text.trim(), "base64"))
  } catch {
    throw new Soap12Fault(ns.security, "InvalidSecurityToken", "The BinarySecurityToken cannot be read.")
  }
}

/** The certificate by common name, without checking anything: for the list of calls. */
export const claimedName = ({ security }: Message): string | undefined => {
  try {
    return commonNameOf(readCertificate(security))
  } catch {
    return undefined
  }
}

const commonNameOf = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? ""

const verifiedParts = (message: Message, certificate: X509Certificate): ReadonlyArray<XmlElement> => {
  try {
    const home = { namespace: ns.security, name: "Security" }
    return signedParts(message.text, home, { publicKey: certificate.publicKey })
  } catch (error) {
    if (error instanceof SignatureRefused) throw new Soap12Fault(ns.security, "FailedCheck", "The signature is wrong.")
    throw error
  }
}

const isKnown = (certificate: X509Certificate, authority: X509Certificate): boolean => {
  const now = Date.now()
  return (
    certificate.checkIssued(authority) &&
    certificate.verify(authority.publicKey) &&
    now >= Date.parse(certificate.validFrom) &&
    now <= Date.parse(certificate.validTo)
  )
}

/**
 * Who signed a message: Timestamp and To must be under the signature, which is how WCF endorses a message over TLS.
 * Dates of certificates follow real time, as in the TLS handshake; the Timestamp follows the sandbox's clock.
 */
export const readSigner = (message: Message, now: number, settings: Settings, authorityPem: string): Signer => {
  const timestamp = timestampOf(message.security)
  const certificate = readCertificate(message.security)
  const parts = verifiedParts(message, certificate)
  const signedTimestamp = parts.find((part) => part.namespace === ns.utility && part.name === "Timestamp")
  const signedTo = parts.find((part) => part.namespace === ns.addressing && part.name === "To")
  if (signedTimestamp === undefined || !isSameTimestamp(signedTimestamp, timestamp)) {
    throw invalid("The Timestamp is not signed.")
  }
  if (signedTo?.text.trim() !== message.to) throw invalid("The header To is not signed.")
  checkFreshness(signedTimestamp, now, settings)
  return {
    fingerprint: certificate.fingerprint256,
    commonName: commonNameOf(certificate),
    isKnown: isKnown(certificate, new X509Certificate(authorityPem))
  }
}
