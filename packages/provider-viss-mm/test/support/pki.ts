import { generateKeyPairSync } from "node:crypto"

import forge from "node-forge"

/** The dates between which `makeIdentity` certificates are valid, unless told otherwise. */
export const validity = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2028-01-01T00:00:00Z") }

export interface Identity {
  readonly certificate: forge.pki.Certificate
  readonly key: forge.pki.rsa.PrivateKey
}

let serial = 1

/** A certificate with its key, signed by `issuer` or by itself. */
export const makeIdentity = (commonName: string, issuer?: Identity, period = validity): Identity => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const key = forge.pki.privateKeyFromPem(pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString())
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey.export({ type: "spki", format: "pem" }).toString())
  certificate.serialNumber = String(serial++).padStart(2, "0")
  certificate.validity.notBefore = period.from
  certificate.validity.notAfter = period.to
  const subject = [{ name: "commonName", value: commonName }]
  certificate.setSubject(subject)
  certificate.setIssuer(issuer?.certificate.subject.attributes ?? subject)
  certificate.sign(issuer?.key ?? key, forge.md.sha256.create())
  return { certificate, key }
}

const bytesOf = (node: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(node).getBytes(), "latin1")

export const certificatePem = ({ certificate }: Identity): string => forge.pki.certificateToPem(certificate)

export const keyPem = ({ key }: Identity): string => forge.pki.privateKeyToPem(key)

/** PBES2 with AES-256, as `openssl pkcs12` writes it into its PEM file. */
export const encryptedKeyPem = ({ key }: Identity, passphrase: string): string =>
  forge.pki.encryptedPrivateKeyToPem(
    forge.pki.encryptPrivateKeyInfo(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)), passphrase, {
      algorithm: "aes256"
    })
  )

/** A PFX that OpenSSL 3 opens by itself; `key: null` leaves the private key out. */
export const modernPfx = (
  { certificate, key }: { readonly certificate: forge.pki.Certificate; readonly key: Identity["key"] | null },
  passphrase: string,
  chain: ReadonlyArray<Identity> = []
): Buffer =>
  bytesOf(
    forge.pkcs12.toPkcs12Asn1(key, [certificate, ...chain.map((identity) => identity.certificate)], passphrase, {
      algorithm: "aes256"
    })
  )

/** The key derivation of RFC 7292, appendix B, which @types/node-forge does not know. */
interface Pkcs12KeyDerivation {
  readonly generatePkcs12Key: (
    passphrase: string,
    salt: forge.util.ByteBuffer,
    id: 1 | 2 | 3,
    iterations: number,
    bytes: number
  ) => forge.util.ByteBuffer
}
const hasKeyDerivation = (candidate: object): candidate is Pkcs12KeyDerivation => "generatePkcs12Key" in candidate
const pbe: unknown = Reflect.get(forge, "pbe")
if (typeof pbe !== "object" || pbe === null || !hasKeyDerivation(pbe)) {
  throw new Error("node-forge has no PKCS#12 key derivation")
}
const { generatePkcs12Key } = pbe

const { Class, Type } = forge.asn1
const node = (type: forge.asn1.Type, constructed: boolean, value: string | Array<forge.asn1.Asn1>): forge.asn1.Asn1 =>
  forge.asn1.create(Class.UNIVERSAL, type, constructed, value)
const sequence = (...items: Array<forge.asn1.Asn1>): forge.asn1.Asn1 => node(Type.SEQUENCE, true, items)
const octets = (bytes: string): forge.asn1.Asn1 => node(Type.OCTETSTRING, false, bytes)
const integer = (value: number): forge.asn1.Asn1 => node(Type.INTEGER, false, forge.asn1.integerToDer(value).getBytes())
const oid = (dotted: string): forge.asn1.Asn1 => node(Type.OID, false, forge.asn1.oidToDer(dotted).getBytes())
const tagged = (constructed: boolean, value: string | Array<forge.asn1.Asn1>): forge.asn1.Asn1 =>
  forge.asn1.create(Class.CONTEXT_SPECIFIC, 0, constructed, value)
const item = (parent: forge.asn1.Asn1 | undefined, index: number): forge.asn1.Asn1 => {
  const found = typeof parent?.value === "string" ? undefined : parent?.value[index]
  if (found === undefined) throw new Error("forge wrote a PFX of another shape")
  return found
}
const content = (info: forge.asn1.Asn1): string => {
  const { value } = item(item(info, 1), 0)
  if (typeof value !== "string") throw new Error("forge wrote a PFX of another shape")
  return value
}

/**
 * A PFX as older Windows exports it: its certificates encrypted with PBE-SHA1-RC2-40, its key with 3DES. node-forge
 * reads such files and does not write them, so the certificate part of one of its own is encrypted again here.
 */
export const legacyPfx = (identity: Identity, passphrase: string): Buffer => {
  const iterations = 2048
  const salt = forge.random.getBytesSync(8)
  const derive = (id: 1 | 2 | 3, bytes: number): forge.util.ByteBuffer =>
    generatePkcs12Key(passphrase, forge.util.createBuffer(salt), id, iterations, bytes)

  const modern = forge.pkcs12.toPkcs12Asn1(identity.key, identity.certificate, passphrase, { algorithm: "3des" })
  const safe = forge.asn1.fromDer(content(item(modern, 1)))
  const cipher = forge.rc2.createEncryptionCipher(derive(1, 5), 40)
  cipher.start(derive(2, 8))
  cipher.update(forge.util.createBuffer(content(item(safe, 0))))
  cipher.finish()
  const algorithm = sequence(oid("1.2.840.113549.1.12.1.6"), sequence(octets(salt), integer(iterations)))
  const encryptedContent = sequence(oid("1.2.840.113549.1.7.1"), algorithm, tagged(false, cipher.output.getBytes()))
  const certificates = sequence(oid("1.2.840.113549.1.7.6"), tagged(true, [sequence(integer(0), encryptedContent)]))
  const authenticated = bytesOf(sequence(certificates, item(safe, 1))).toString("latin1")

  const mac = forge.hmac.create()
  mac.start("sha1", derive(3, 20))
  mac.update(authenticated)
  const digest = sequence(sequence(oid("1.3.14.3.2.26"), node(Type.NULL, false, "")), octets(mac.getMac().getBytes()))
  return bytesOf(
    sequence(
      integer(3),
      sequence(oid("1.2.840.113549.1.7.1"), tagged(true, [octets(authenticated)])),
      sequence(digest, octets(salt), integer(iterations))
    )
  )
}
