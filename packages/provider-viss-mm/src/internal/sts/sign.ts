import { createHmac, type KeyObject } from "node:crypto"

import * as Effect from "effect/Effect"

/** Hash of digests and signatures: SHA-1 is what WCF's older algorithm suites (`Basic256`) ask for. */
export type HashName = "sha256" | "sha1"

/** What makes a signature: a private RSA key, or a secret that both sides share. */
export type SigningKey = { readonly privateKey: KeyObject } | { readonly secret: Uint8Array }

/** What to sign, and how the receiver finds the key. */
export interface SigningOrder {
  /** Values of `wsu:Id`, each of one element of the message. */
  readonly ids: ReadonlyArray<string>
  /** Content of `ds:KeyInfo`, as XML. */
  readonly keyInfo: string
  readonly hash: HashName
}

/** Answers the text of `ds:Signature` over parts of a message (XML Signature, exclusive canonicalisation). */
export type Signer = (message: string, key: SigningKey, order: SigningOrder) => string

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
const digests: Readonly<Record<HashName, string>> = {
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
  sha1: "http://www.w3.org/2000/09/xmldsig#sha1"
}
const rsa: Readonly<Record<HashName, string>> = {
  sha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  sha1: "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
}
const hmac: Readonly<Record<HashName, string>> = {
  sha256: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
  sha1: "http://www.w3.org/2000/09/xmldsig#hmac-sha1"
}

/** What is used of xml-crypto. Its own declarations bring the browser's globals into every program that reads them. */
interface XmlCrypto {
  readonly SignedXml: new (options: {
    readonly privateKey: KeyObject | Buffer
    readonly signatureAlgorithm: string
    readonly canonicalizationAlgorithm: string
    readonly idMode: "wssecurity"
    readonly getKeyInfoContent: () => string
  }) => {
    SignatureAlgorithms: Record<string, unknown>
    addReference(reference: {
      readonly xpath: string
      readonly transforms: ReadonlyArray<string>
      readonly digestAlgorithm: string
    }): void
    computeSignature(xml: string): void
    getSignatureXml(): string
  }
}

/** xml-crypto has HMAC with SHA-1 alone, and takes further algorithms as classes. */
const hmacOf = (hash: HashName) =>
  class {
    getAlgorithmName(): string {
      return hmac[hash]
    }
    getSignature(signedInfo: string | NodeJS.ArrayBufferView, secret: unknown): string {
      if (!Buffer.isBuffer(secret)) throw new TypeError("a shared secret must be bytes")
      return createHmac(hash, secret).update(signedInfo).digest("base64")
    }
    verifySignature(): boolean {
      return false
    }
  }

/**
 * Loads xml-crypto and returns a signer.
 *
 * **Gotchas** The library is imported here and not at module level, to keep an application's start-up short.
 */
export const makeSigner: Effect.Effect<Signer> = Effect.map(
  // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- keeps the declarations out; XmlCrypto says what it is
  Effect.promise(() => import("xml-crypto" as string) as Promise<XmlCrypto>),
  ({ SignedXml }): Signer =>
    (message, key, { hash, ids, keyInfo }) => {
      const isSecret = "secret" in key
      const signed = new SignedXml({
        privateKey: isSecret ? Buffer.from(key.secret) : key.privateKey,
        signatureAlgorithm: (isSecret ? hmac : rsa)[hash],
        canonicalizationAlgorithm: exclusive,
        idMode: "wssecurity",
        getKeyInfoContent: () => keyInfo
      })
      if (isSecret) signed.SignatureAlgorithms = { [hmac[hash]]: hmacOf(hash) }
      for (const id of ids) {
        const xpath = `//*[@*[local-name(.)='Id']='${id}']`
        signed.addReference({ xpath, transforms: [exclusive], digestAlgorithm: digests[hash] })
      }
      signed.computeSignature(message)
      // Not the whole message: what a token is must go on byte for byte, and the library writes documents anew.
      return signed.getSignatureXml()
    }
)
