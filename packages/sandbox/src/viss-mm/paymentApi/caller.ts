import { X509Certificate } from "node:crypto"
import forge from "node-forge"
import type { Owner } from "../PaymentRequest.ts"

/** Who `MM_Cert` says that the caller is; `undefined`: nobody whom MM knows. */
export type ReadCaller = (mmCert: string | undefined) => Owner | undefined

/** The guide's own sample value; the sandbox's PFX files have it. */
const passphrases = ["demo", ""]

/** The certificate with the key's own id, out of a PFX file: the guide's samples hold such files. */
const ofPfx = (bytes: Buffer): X509Certificate | undefined => {
  for (const passphrase of passphrases) {
    try {
      const pfx = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes.toString("latin1")), false, passphrase)
      const type = forge.pki.oids["certBag"] ?? ""
      const bags = pfx.getBags({ bagType: type })[type] ?? []
      const own = bags.find((bag) => bag.attributes["localKeyId"] !== undefined) ?? bags[0]
      if (own?.cert != null) return new X509Certificate(forge.pki.certificateToPem(own.cert))
    } catch {
      // Another passphrase, or no PFX at all.
    }
  }
  return undefined
}

const certificateOf = (bytes: Buffer): X509Certificate | undefined => {
  try {
    return new X509Certificate(bytes)
  } catch {
    return ofPfx(bytes)
  }
}

/** Knows the certificates that the sandbox's authority issued and that are in date, by real time like TLS itself. */
export const createReadCaller = (caPem: string): ReadCaller => {
  const authority = new X509Certificate(caPem)
  return (mmCert) => {
    const text = mmCert?.replaceAll(/\s/g, "") ?? ""
    if (text === "" || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
    const certificate = certificateOf(Buffer.from(text, "base64"))
    if (certificate === undefined || !certificate.verify(authority.publicKey)) return undefined
    const now = Date.now()
    if (now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime()) return undefined
    const commonName = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? ""
    return { fingerprint: certificate.fingerprint256, commonName }
  }
}
