import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto"
import { readXml, type XmlElement } from "../xmlRead.ts"
import { DOMParser, SignedXml, type XmlNode, type XmlSigner } from "./xmlCrypto.ts"
import { ns } from "./names.ts"

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
const sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
const hmacSha256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"

/** The signature is missing, or does not verify. */
export class SignatureRefused extends Error {}

/** Where a signature hangs: the Security header of a message, or an assertion. */
export interface SignatureHome {
  readonly namespace: string
  readonly name: string
}

/** By whom it must have been made. A message cannot bring a key of its own. */
export type SignatureKey = { readonly publicKey: KeyObject } | { readonly secret: Buffer }

const findSignature = (text: string, { name, namespace }: SignatureHome): XmlNode => {
  const parsed = new DOMParser().parseFromString(text, "text/xml")
  const homes = Array.from(parsed.getElementsByTagNameNS(namespace, name))
  const signatures = Array.from(parsed.getElementsByTagNameNS(ns.signature, "Signature")).filter(
    ({ parentNode }) => parentNode === homes[0]
  )
  const [signature] = signatures
  if (homes.length !== 1 || signature === undefined || signatures.length > 1) {
    throw new SignatureRefused(`not one signature in one ${name}`)
  }
  return signature
}

/** xml-crypto knows HMAC with SHA-1 only. */
class HmacSha256 {
  getAlgorithmName(): string {
    return hmacSha256
  }
  getSignature(): string {
    throw new Error("the simulator signs nothing with a shared key")
  }
  verifySignature(material: string, key: unknown, signatureValue: string): boolean {
    if (!Buffer.isBuffer(key)) return false
    const expected = createHmac("sha256", key).update(material).digest()
    const given = Buffer.from(signatureValue, "base64")
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}

const checker = (key: SignatureKey): XmlSigner => {
  if ("publicKey" in key) {
    return new SignedXml({ publicCert: key.publicKey, idAttribute: "AssertionID", getCertFromKeyInfo: () => null })
  }
  const signed = new SignedXml({ publicCert: key.secret, getCertFromKeyInfo: () => null })
  signed.enableHMAC()
  signed.SignatureAlgorithms[hmacSha256] = HmacSha256
  return signed
}

/**
 * The parts that the signature really covers, read from their canonical form: whoever trusts only these cannot be given
 * one element signed and another one to read. Throws SignatureRefused.
 */
export const signedParts = (text: string, home: SignatureHome, key: SignatureKey): ReadonlyArray<XmlElement> => {
  const signed = checker(key)
  const node = findSignature(text, home)
  try {
    signed.loadSignature(node)
    if (!signed.checkSignature(text)) throw new SignatureRefused("a signed part was changed")
  } catch (error) {
    throw error instanceof SignatureRefused ? error : new SignatureRefused("the signature does not verify")
  }
  return signed.getSignedReferences().map((part) => readXml(Buffer.from(part)))
}

/** Signs a whole assertion; the signature goes after the child named, or to the end. */
export const signAssertion = (
  text: string,
  parts: {
    readonly idAttribute: "ID" | "AssertionID"
    readonly after: string | undefined
    readonly privateKey: string
    readonly certificate: string
  }
): string => {
  const signed = new SignedXml({
    privateKey: parts.privateKey,
    publicCert: parts.certificate,
    idAttribute: parts.idAttribute,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive
  })
  signed.addReference({ xpath: "/*", transforms: [enveloped, exclusive], digestAlgorithm: sha256 })
  signed.computeSignature(text, {
    prefix: "ds",
    location:
      parts.after === undefined
        ? { reference: "/*", action: "append" }
        : { reference: `/*/*[local-name(.)='${parts.after}']`, action: "after" }
  })
  return signed.getSignedXml()
}
