// The only file that reveals the account's key and secrets.
import * as Redacted from "effect/Redacted"
import { createHmac, timingSafeEqual } from "node:crypto"
import type { Settings } from "./configuration.ts"

export const signatureHeader = "x-template-signature"

/** What the account's secrets do; they cannot be read from it. */
export interface Credentials {
  /** Headers that open the API for a request with these bytes. */
  headers(method: string, target: string, body: Uint8Array): Readonly<Record<string, string>>
  /** For a form that the payer's browser posts. */
  signForm(text: string): string
  verifyReply(signature: string, method: string, target: string, status: number, body: Uint8Array): boolean
  verifyNotice(signature: string, body: Uint8Array): boolean
}

// The direction and its place are signed too (document, 2.1): a notice cannot stand for a reply, nor one payment's reply
// for another's.
const mac = (secret: string, place: ReadonlyArray<string>, body: Uint8Array | string): string =>
  createHmac("sha256", secret)
    .update(`${place.join("\n")}\n`)
    .update(body)
    .digest("hex")

export const makeCredentials = ({ account, key, secrets }: Settings): Credentials => {
  const all = secrets.map((secret) => Redacted.value(secret))
  const current = all[0] ?? ""
  const verify = (signature: string, place: ReadonlyArray<string>, body: Uint8Array): boolean => {
    if (!/^[0-9a-f]{64}$/.test(signature)) return false
    const given = Buffer.from(signature, "hex")
    return all.some((secret) => timingSafeEqual(given, Buffer.from(mac(secret, place, body), "hex")))
  }
  return {
    headers: (method, target, body) => ({
      authorization: `Bearer ${Redacted.value(key)}`,
      [signatureHeader]: mac(current, ["request", method, target], body)
    }),
    signForm: (text) => mac(current, ["form", account], text),
    verifyReply: (signature, method, target, status, body) =>
      verify(signature, ["reply", method, target, String(status)], body),
    verifyNotice: (signature, body) => verify(signature, ["notice", account], body)
  }
}
