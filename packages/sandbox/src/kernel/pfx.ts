import forge from "node-forge"

const { asn1 } = forge
const { Class, Type } = asn1

export interface PfxInput {
  readonly certPem: string
  readonly issuerPem: string
  readonly keyPem: string
  readonly passphrase: string
}

const bytesOf = (der: string): Uint8Array => Buffer.from(der, "binary")

const build = (input: PfxInput, algorithm: "aes256" | "3des"): forge.asn1.Asn1 =>
  forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(input.keyPem),
    [forge.pki.certificateFromPem(input.certPem), forge.pki.certificateFromPem(input.issuerPem)],
    input.passphrase,
    { algorithm, useMac: true, count: 2048 }
  )

/** PKCS#12 with AES-256. */
export const modernPfx = (input: PfxInput): Uint8Array => bytesOf(asn1.toDer(build(input, "aes256")).getBytes())

const sequence = (...items: Array<forge.asn1.Asn1>) => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, items)
const octets = (bytes: string) => asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes)
const oid = (name: string) => asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(name).getBytes())
const integer = (value: number) =>
  asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes())
const tagged = (...items: Array<forge.asn1.Asn1>) => asn1.create(Class.CONTEXT_SPECIFIC, 0, true, items)

const child = (node: forge.asn1.Asn1 | undefined, ...path: ReadonlyArray<number>): forge.asn1.Asn1 => {
  let found = node
  for (const index of path) found = Array.isArray(found?.value) ? found.value[index] : undefined
  if (found === undefined) throw new Error("unexpected PKCS#12 structure")
  return found
}

const octetValue = (node: forge.asn1.Asn1): string => {
  if (typeof node.value !== "string") throw new Error("unexpected PKCS#12 structure")
  return node.value
}

const data = "1.2.840.113549.1.7.1"
const encryptedData = "1.2.840.113549.1.7.6"
const rc2With40Bits = "1.2.840.113549.1.12.1.6"
const sha1 = "1.3.14.3.2.26"
const rounds = 2048

const deriveKey = (passphrase: string, salt: string, id: number, size: number): string =>
  forge.pkcs12.generateKey(passphrase, forge.util.createBuffer(salt), id, rounds, size).getBytes()

const rc2Encrypted = (content: string, passphrase: string): forge.asn1.Asn1 => {
  const salt = forge.random.getBytesSync(8)
  const cipher = forge.rc2.createEncryptionCipher(deriveKey(passphrase, salt, 1, 5), 40)
  cipher.start(deriveKey(passphrase, salt, 2, 8))
  cipher.update(forge.util.createBuffer(content))
  cipher.finish()
  const algorithm = sequence(oid(rc2With40Bits), sequence(octets(salt), integer(rounds)))
  const body = asn1.create(Class.CONTEXT_SPECIFIC, 0, false, cipher.output.getBytes())
  return sequence(oid(encryptedData), tagged(sequence(integer(0), sequence(oid(data), algorithm, body))))
}

/**
 * PKCS#12 the way Windows authorities made it for years: certificates under 40-bit RC2, the key under 3DES
 * (RFC 7292 appendix C). OpenSSL 3 offers RC2 only in its legacy provider, so Node refuses the file.
 */
export const legacyPfx = (input: PfxInput): Uint8Array => {
  const safe = asn1.fromDer(octetValue(child(build(input, "3des"), 1, 1, 0)))
  const certificates = octetValue(child(safe, 0, 1, 0))
  const contents = asn1.toDer(sequence(rc2Encrypted(certificates, input.passphrase), child(safe, 1))).getBytes()

  const salt = forge.random.getBytesSync(8)
  const hmac = forge.hmac.create()
  hmac.start("sha1", deriveKey(input.passphrase, salt, 3, 20))
  hmac.update(contents)
  const nothing = asn1.create(Class.UNIVERSAL, Type.NULL, false, "")
  const digest = sequence(sequence(oid(sha1), nothing), octets(hmac.digest().getBytes()))
  const pfx = sequence(
    integer(3),
    sequence(oid(data), tagged(octets(contents))),
    sequence(digest, octets(salt), integer(rounds))
  )
  return bytesOf(asn1.toDer(pfx).getBytes())
}
