import { generateKeyPair } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import forge from "node-forge"
import type { ConnectionKind } from "./Faults.ts"
import { keepPki, readKeptPki } from "./keptPki.ts"
import { legacyPfx, modernPfx } from "./pfx.ts"

/** Files of one client identity. */
export interface ClientFiles {
  /** Certificate, its issuer, then the encrypted key, as `openssl pkcs12 -in x.pfx -out x.pem` makes it. */
  readonly pem: string
  /** PKCS#12 with AES, which Node accepts. */
  readonly pfx: string
  /** PKCS#12 with RC2-40 and 3DES, as older Windows authorities make it; OpenSSL 3 refuses it. */
  readonly legacyPfx: string
  readonly passphrase: string
}

export type ClientName = "a" | "b" | "expired" | "unknownCa"

export interface Pki {
  /** What the start line says. */
  readonly files: {
    readonly ca: string
    /** The certificate with which the security token service signs; no authority issued it. */
    readonly sts: string
    readonly clients: Readonly<Record<ClientName, ClientFiles>>
  }
  readonly caPem: string
  readonly server: Identity
  /** What the server shows while a fault of that kind is planned. */
  readonly wrongServers: Readonly<Record<ConnectionKind, Identity>>
  /** Signs security tokens. */
  readonly sts: Identity
}

/** A certificate, with its issuer's where it has one, and its key: PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

interface KeyPair {
  readonly keyPem: string
  readonly encrypted: (passphrase: string) => string
  readonly publicPem: string
}

interface Authority {
  readonly name: string
  readonly keyPem: string
  readonly certPem: string
}

const generate = promisify(generateKeyPair)

const newKeyPair = async (): Promise<KeyPair> => {
  const { privateKey, publicKey } = await generate("rsa", { modulusLength: 2048 })
  return {
    keyPem: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    encrypted: (passphrase) =>
      String(privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase })),
    publicPem: String(publicKey.export({ type: "spki", format: "pem" }))
  }
}

const day = 86_400_000

const subject = (name: string): Array<forge.pki.CertificateField> => [
  { shortName: "CN", value: name },
  { shortName: "O", value: "Maksa sandbox" }
]

const certificate = (options: {
  readonly name: string
  readonly publicPem: string
  readonly issuer?: Authority
  readonly keyPem?: string
  readonly from: number
  readonly to: number
  readonly extensions: ReadonlyArray<object>
}): string => {
  const cert = forge.pki.createCertificate()
  cert.publicKey = forge.pki.publicKeyFromPem(options.publicPem)
  // A positive serial number: the first digit keeps the top bit clear.
  cert.serialNumber = `1${forge.util.bytesToHex(forge.random.getBytesSync(9))}0`.slice(0, 18)
  cert.validity.notBefore = new Date(options.from)
  cert.validity.notAfter = new Date(options.to)
  cert.setSubject(subject(options.name))
  cert.setIssuer(subject(options.issuer?.name ?? options.name))
  cert.setExtensions([...options.extensions])
  const signingKey = options.issuer?.keyPem ?? options.keyPem
  if (signingKey === undefined) throw new Error("a certificate needs an issuer or its own key")
  cert.sign(forge.pki.privateKeyFromPem(signingKey), forge.md.sha256.create())
  return forge.pki.certificateToPem(cert)
}

const localNames: ReadonlyArray<object> = [
  { type: 2, value: "localhost" },
  { type: 7, ip: "127.0.0.1" },
  { type: 7, ip: "::1" }
]
// A name that is reserved for examples: nobody is reached by it.
const otherNames: ReadonlyArray<object> = [{ type: 2, value: "mm.example" }]

const authority = (name: string, pair: KeyPair, now: number): Authority => ({
  name,
  keyPem: pair.keyPem,
  certPem: certificate({
    name,
    publicPem: pair.publicPem,
    keyPem: pair.keyPem,
    from: firstDay,
    to: now + 3650 * day,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      { name: "subjectKeyIdentifier" }
    ]
  })
})

interface Leaf {
  readonly name: string
  readonly pair: KeyPair
  readonly issuer: Authority
  /** For a server: the names that it answers to. */
  readonly altNames?: ReadonlyArray<object>
  readonly isExpired?: boolean
}

const leafExtensions = (altNames: ReadonlyArray<object> | undefined): ReadonlyArray<object> => [
  { name: "basicConstraints", cA: false },
  { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
  { name: "extKeyUsage", [altNames === undefined ? "clientAuth" : "serverAuth"]: true },
  ...(altNames === undefined ? [] : [{ name: "subjectAltName", altNames }])
]

// In date, and expired, by whatever clock a simulation lives.
const firstDay = Date.UTC(2019, 0, 1)

/** Passphrase of every client file: the guide's own sample value. The keys protect nothing. */
const passphrase = "demo"

const clientFiles = (directory: string, file: string): ClientFiles => ({
  pem: join(directory, `${file}.pem`),
  pfx: join(directory, `${file}.pfx`),
  legacyPfx: join(directory, `${file}-legacy.pfx`),
  passphrase
})

const filesIn = (directory: string): Pki["files"] => ({
  ca: join(directory, "ca.pem"),
  sts: join(directory, "sts.pem"),
  clients: {
    a: clientFiles(directory, "client-a"),
    b: clientFiles(directory, "client-b"),
    expired: clientFiles(directory, "client-expired"),
    unknownCa: clientFiles(directory, "client-unknown-ca")
  }
})

const write = (path: string, content: string | Uint8Array): Promise<void> => writeFile(path, content, { mode: 0o600 })

type ClientContents = Readonly<Record<"pem" | "pfx" | "legacyPfx", string | Uint8Array>>

const clientContents = (certPem: string, pair: KeyPair, issuer: Authority): ClientContents => {
  const input = { certPem, issuerPem: issuer.certPem, keyPem: pair.keyPem, passphrase }
  return {
    pem: certPem + issuer.certPem + pair.encrypted(passphrase),
    pfx: modernPfx(input),
    legacyPfx: legacyPfx(input)
  }
}

type Made = Omit<Pki, "files"> & { readonly clients: Readonly<Record<ClientName, ClientContents>> }

const make = async (): Promise<Made> => {
  const now = Date.now()
  const pairs = await Promise.all(Array.from({ length: 6 }, newKeyPair))
  const [caPair, foreignPair, serverPair, stsPair, aPair, bPair] = pairs
  if (!caPair || !foreignPair || !serverPair || !stsPair || !aPair || !bPair) throw new Error("key generation failed")
  const ca = authority("Maksa Sandbox CA", caPair, now)
  const foreign = authority("Some Other CA", foreignPair, now)
  const leaf = ({ altNames, isExpired = false, issuer, name, pair }: Leaf): string =>
    certificate({
      name,
      publicPem: pair.publicPem,
      issuer,
      from: firstDay,
      to: isExpired ? firstDay + 365 * day : now + 825 * day,
      extensions: leafExtensions(altNames)
    })
  const serverLeaf = (change: Partial<Leaf> = {}): Identity => {
    const issuer = change.issuer ?? ca
    const cert = leaf({ name: "localhost", pair: serverPair, issuer, altNames: localNames, ...change })
    return { cert: cert + issuer.certPem, key: serverPair.keyPem }
  }
  const stsCert = certificate({
    name: "Maksa Sandbox STS",
    publicPem: stsPair.publicPem,
    keyPem: stsPair.keyPem,
    from: firstDay,
    to: now + 825 * day,
    extensions: [{ name: "keyUsage", digitalSignature: true, critical: true }]
  })
  const client = (of: Leaf): ClientContents => clientContents(leaf(of), of.pair, of.issuer)
  return {
    caPem: ca.certPem,
    server: serverLeaf(),
    wrongServers: {
      expired_certificate: serverLeaf({ isExpired: true }),
      unknown_ca_certificate: serverLeaf({ issuer: foreign }),
      wrong_host_certificate: serverLeaf({ name: "mm.example", altNames: otherNames })
    },
    sts: { cert: stsCert, key: stsPair.keyPem },
    clients: {
      a: client({ name: "Maksa client a", pair: aPair, issuer: ca }),
      b: client({ name: "Maksa client b", pair: bPair, issuer: ca }),
      expired: client({ name: "Maksa client expired", pair: aPair, issuer: ca, isExpired: true }),
      unknownCa: client({ name: "Maksa client unknown", pair: bPair, issuer: foreign })
    }
  }
}

// Making keys costs most of a start, and tests start many sandboxes in one program: those share them.
let made: Promise<Made> | undefined

/**
 * Makes the sandbox's certificates, once in a program, and writes those that clients need to `directory` (created if
 * missing); those of an earlier start there are used again. Certificate times follow real time, not the sandbox's clock:
 * TLS libraries of clients know no other.
 */
export const createPki = async (directory: string): Promise<Pki> => {
  await mkdir(directory, { recursive: true })
  const files = filesIn(directory)
  const kept = await readKeptPki(directory, files)
  if (kept !== undefined) return kept

  made ??= make()
  const { clients, ...own } = await made
  await write(files.ca, own.caPem)
  await write(files.sts, own.sts.cert)
  for (const name of ["a", "b", "expired", "unknownCa"] as const) {
    const paths = files.clients[name]
    const { legacyPfx: legacy, pem, pfx } = clients[name]
    await write(paths.pem, pem)
    await write(paths.pfx, pfx)
    await write(paths.legacyPfx, legacy)
  }
  const pki: Pki = { files, ...own }
  await keepPki(directory, pki)
  return pki
}
