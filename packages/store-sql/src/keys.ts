import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto"
import { StoreOpenError } from "./StoreOpenError.ts"

/** Shortest secret that is accepted, in bytes. */
export const SECRET_BYTES = 32

/** The keys that the store's secret is spread into; the secret itself is not kept. */
export interface Keys {
  /** Seals evidence until it is tied to a payment. */
  readonly intake: KeyObject
  /** Wraps the random keys of payments. */
  readonly wrap: KeyObject
  /** Seals archived documents. */
  readonly archive: KeyObject
  /** Keys the digests that callers ask for. */
  readonly digest: KeyObject
  /** What the store keeps to recognise its secret; tells nothing about the other keys. */
  readonly check: string
}

/** Derives the keys by HKDF-SHA256 (RFC 5869). Throws `StoreOpenError` for a secret that is too short. */
export const deriveKeys = (secret: string | Uint8Array): Keys => {
  const bytes = typeof secret === "string" ? Buffer.from(secret, "utf8") : secret
  if (!(bytes instanceof Uint8Array) || bytes.byteLength < SECRET_BYTES) {
    throw new StoreOpenError("secret", `the store's secret must have at least ${SECRET_BYTES} bytes`)
  }
  const derive = (use: string) => Buffer.from(hkdfSync("sha256", bytes, "", `@maksa/store-sql/1/${use}`, 32))
  return {
    intake: createSecretKey(derive("intake")),
    wrap: createSecretKey(derive("wrap")),
    archive: createSecretKey(derive("archive")),
    digest: createSecretKey(derive("digest")),
    check: derive("check").toString("hex")
  }
}

/** HMAC-SHA256, hex. The length before `purpose` keeps `("a", "bc")` and `("ab", "c")` apart. */
export const keyedDigest = (keys: Keys, purpose: string, data: string): string =>
  createHmac("sha256", keys.digest).update(`${purpose.length}:${purpose}:`).update(data).digest("hex")
