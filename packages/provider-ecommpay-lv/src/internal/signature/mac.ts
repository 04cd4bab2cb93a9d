import { hmacSha512 } from "./hmac.ts"
import { nodeCrypto } from "./nodeCrypto.ts"
import { SignatureError } from "./SignatureError.ts"

/** 64 bytes in Base64 with padding. */
export const SIGNATURE_LENGTH = 88

const isSecret = (secret: string): boolean => typeof secret === "string" && secret !== ""

export const macOf = (canonical: string, secret: string): string => {
  // An empty key is a MAC that everybody can make.
  if (!isSecret(secret)) throw new SignatureError("empty_secret", "")
  return hmacSha512(secret, canonical)
}

/**
 * The index of the first secret that made `received`, of `SIGNATURE_LENGTH` bytes, over `canonical`, or -1. All secrets are
 * tried, whichever matches, and each comparison takes the same time wherever the first wrong byte is. Base64 text is compared, not the
 * bytes it stands for, so that there is exactly one accepted spelling.
 */
export const findSecret = (canonical: Uint8Array, received: Uint8Array, secrets: ReadonlyArray<string>): number => {
  const { timingSafeEqual } = nodeCrypto()
  const expected = Buffer.allocUnsafe(SIGNATURE_LENGTH)
  let found = -1
  for (let i = secrets.length - 1; i >= 0; i--) {
    const secret = secrets[i]
    if (secret === undefined || !isSecret(secret)) continue
    expected.write(hmacSha512(secret, canonical))
    if (timingSafeEqual(expected, received)) found = i
  }
  return found
}
