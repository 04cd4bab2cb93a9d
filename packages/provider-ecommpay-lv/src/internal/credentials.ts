// The only file that reveals the project's keys, and the edge at which the signature module's exceptions end.
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHmac } from "node:crypto"
import { readSigned, refuseSeparators, sign, SignatureError } from "../signature.ts"
import type { SignableObject, SignedBody } from "../signature.ts"

/** What the project's keys do; they cannot be read from it. */
export interface Credentials {
  /** The signature for a body without `;` in its values; fails with the path of what cannot be signed. */
  sign(body: SignableObject): Result.Result<string, SignatureError>
  readSigned(rawBytes: Uint8Array): SignedBody
  /** 32 hexadecimal digits from which nobody without the key can tell what they stand for. */
  pseudonym(text: string): string
}

export const makeCredentials = (secrets: ReadonlyArray<Redacted.Redacted>): Credentials => {
  const all = secrets.map((secret) => Redacted.value(secret))
  const current = all[0] ?? ""
  return {
    sign: (body) =>
      Result.try({
        try: () => {
          refuseSeparators(body)
          return sign(body, current)
        },
        // Both functions throw nothing else on bodies built by this package.
        catch: (cause) => (cause instanceof SignatureError ? cause : new SignatureError("unsupported_value", ""))
      }),
    readSigned: (rawBytes) => readSigned(rawBytes, all),
    // Another hash and a prefix keep this apart from every signature.
    pseudonym: (text) =>
      createHmac("sha256", current).update("maksa/customer-id\0").update(text, "utf8").digest("hex").slice(0, 32)
  }
}
