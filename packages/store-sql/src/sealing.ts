import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto"

// Layout: format byte, nonce, tag, ciphertext. The format byte says which kind of key seals it and is authenticated.
const ALGORITHM = "aes-256-gcm"
const NONCE = 12
const TAG = 16
const HEAD = 1 + NONCE + TAG

// Asking the system for 12 bytes costs more than the encryption, so nonces are drawn 512 at a time. They are public.
const drawn = { bytes: Buffer.alloc(0), used: 0 }
const nextNonce = (): Uint8Array => {
  if (drawn.used >= drawn.bytes.byteLength) {
    drawn.bytes = randomBytes(NONCE * 512)
    drawn.used = 0
  }
  return drawn.bytes.subarray(drawn.used, (drawn.used += NONCE))
}

/** Which kind of key seals a value. */
export const SealedBy = { intake: 1, payment: 2, wrap: 3, archive: 4 } as const
export type SealedBy = (typeof SealedBy)[keyof typeof SealedBy]

/**
 * Encrypts with AES-256-GCM under a fresh random nonce. `place` names the row: a ciphertext moved to another row does
 * not open. One key may seal about 2^32 values (NIST SP 800-38D §8.3).
 */
export const seal = (key: KeyObject, by: SealedBy, place: string, plain: Uint8Array): Buffer => {
  const nonce = nextNonce()
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG })
  cipher.setAAD(Buffer.from(`${by}\n${place}`, "utf8"))
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([Uint8Array.of(by), nonce, cipher.getAuthTag(), body], HEAD + body.byteLength)
}

/** Opens what `seal` made for the same place. Throws if the key, the place or any byte is another one. */
export const open = (key: KeyObject, by: SealedBy, place: string, sealed: Uint8Array): Buffer => {
  if (sealed.byteLength < HEAD || sealed[0] !== by) throw new Error("a sealed value has an unknown format")
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(`${by}\n${place}`, "utf8"))
  decipher.setAuthTag(sealed.subarray(1 + NONCE, HEAD))
  const plain = decipher.update(sealed.subarray(HEAD))
  decipher.final()
  return plain
}
