import { createHmac } from "node:crypto"
import { sign } from "../../src/signature.ts"
import type { SignableObject } from "../../src/signature.ts"

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A signature made by hand over the text that should be signed, independent of the code under test. */
export const handSigned = (canonical: string, secret: string): string =>
  createHmac("sha512", secret).update(canonical, "utf8").digest("base64")

/** Adds a top-level `signature` to the JSON text of an object without touching the rest. */
export const withSignature = (json: string, signature: string): string => {
  const head = json.trimEnd().slice(0, -1)
  return `${head}${head.trimEnd().endsWith("{") ? "" : ","}"signature":"${signature}"}`
}

/** The bytes of a signed callback. */
export const signed = (body: SignableObject, secret: string): Uint8Array =>
  bytes(withSignature(JSON.stringify(body), sign(body, secret)))
