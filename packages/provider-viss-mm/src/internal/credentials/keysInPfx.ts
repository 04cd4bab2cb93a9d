import { createPrivateKey, type KeyObject } from "node:crypto"

import * as Effect from "effect/Effect"

/** A PFX file that TLS has opened, and this reader does not. The library's own words may hold what was read. */
export interface UnreadablePfx {
  readonly message: string
}

/** Content and its authentication (RFC 7292, 4): TLS has checked the latter already. */
const withoutMac = 2

/**
 * The private keys of a PFX (PKCS#12) file. Node uses such files for TLS but hands no key out of them.
 *
 * **Gotchas** The library is imported here and not at module level, to keep an application's start-up short.
 */
export const keysInPfx = (pfx: Uint8Array, passphrase = ""): Effect.Effect<ReadonlyArray<KeyObject>, UnreadablePfx> =>
  Effect.tryPromise({
    try: async () => {
      const { asn1, pkcs12, pki, util } = (await import("node-forge")).default
      const keysBy = (secret: string): ReadonlyArray<KeyObject> => {
        const file = asn1.fromDer(Buffer.from(pfx).toString("latin1"))
        if (Array.isArray(file.value)) file.value = file.value.slice(0, withoutMac)
        return pkcs12
          .pkcs12FromAsn1(file, false, secret)
          .safeContents.flatMap(({ safeBags }) => safeBags)
          .filter(({ type }) => type === pki.oids["keyBag"] || type === pki.oids["pkcs8ShroudedKeyBag"])
          .map(({ asn1: raw, key }) => {
            // Of RSA keys the library keeps its own form, of all others the one that was in the file.
            const info = key == null ? raw : pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key))
            const der = Buffer.from(asn1.toDer(info).getBytes(), "latin1")
            return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
          })
      }
      try {
        // A passphrase is UTF-8 in the schemes of today (PBES2), and UTF-16 of the text itself in the older ones.
        return keysBy(util.encodeUtf8(passphrase))
      } catch {
        return keysBy(passphrase)
      }
    },
    catch: () => ({ message: "The private key cannot be taken out of the PFX file" })
  })
