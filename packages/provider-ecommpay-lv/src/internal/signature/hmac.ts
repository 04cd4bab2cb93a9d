import { nodeCrypto } from "./nodeCrypto.ts"

/** SHA-512 works on blocks of this many bytes. */
const BLOCK = 128
const DIGEST = 64

/** A key as HMAC uses it: one block for the inner hash, and one for the outer with room for the inner's digest. */
interface Key {
  readonly inner: Uint8Array
  readonly outer: Buffer
}

const toKey = (secret: string): Key => {
  const given = Buffer.from(secret)
  const bytes = given.length > BLOCK ? nodeCrypto().hash("sha512", given, "buffer") : given
  const inner = new Uint8Array(BLOCK).fill(0x36)
  const outer = Buffer.alloc(BLOCK + DIGEST, 0x5c)
  for (const [at, byte] of bytes.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  return { inner, outer }
}

// A process signs with a handful of secrets. Whatever comes beyond is not kept.
const MAX_KEYS = 16
const keys = new Map<string, Key>()

const keyOf = (secret: string): Key => {
  const known = keys.get(secret)
  if (known !== undefined) return known
  const key = toKey(secret)
  if (keys.size < MAX_KEYS) keys.set(secret, key)
  return key
}

/** Usual messages are hashed from here, after the key's block; longer ones get memory of their own. */
const space = Buffer.allocUnsafeSlow(16 * 1024)

/**
 * HMAC-SHA512 (RFC 2104) in Base64, 88 characters. Two one-shot hashes take a third less time than Node's `createHmac`, whose
 * stream costs more than hashing a message of this size; the tests hold it to `createHmac` and to the vectors of RFC 4231.
 */
export const hmacSha512 = (secret: string, message: string | Uint8Array): string => {
  const { hash } = nodeCrypto()
  const { inner, outer } = keyOf(secret)
  const most = typeof message === "string" ? 3 * message.length : message.length
  const block = BLOCK + most <= space.length ? space : Buffer.allocUnsafe(BLOCK + most)
  block.set(inner)
  let end = BLOCK
  if (typeof message === "string") end += block.write(message, BLOCK)
  else {
    block.set(message, BLOCK)
    end += message.length
  }
  outer.write(hash("sha512", block.subarray(0, end), "binary"), BLOCK, "latin1")
  return hash("sha512", outer, "base64")
}
