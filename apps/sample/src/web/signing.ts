import { createHmac, timingSafeEqual } from "node:crypto"

/** Texts that only this application can have written; tampered ones are not read. */
export interface Signer {
  /** `text` with its mark: `text.mark`. */
  sign(text: string): string
  /** The text of a signed one, or `undefined`. */
  read(signed: string): string | undefined
  /** A keyed digest, fit to be kept where the text itself should not be. */
  digest(text: string): string
}

export const createSigner = (key: Uint8Array): Signer => {
  const mark = (purpose: string, text: string): string =>
    createHmac("sha256", key).update(`${purpose}\0${text}`).digest("base64url")
  return {
    sign: (text) => `${text}.${mark("sign", text)}`,
    read: (signed) => {
      const dot = signed.lastIndexOf(".")
      if (dot < 0) return undefined
      const text = signed.slice(0, dot)
      const expected = Buffer.from(mark("sign", text))
      const given = Buffer.from(signed.slice(dot + 1))
      return given.byteLength === expected.byteLength && timingSafeEqual(given, expected) ? text : undefined
    },
    digest: (text) => mark("digest", text)
  }
}
