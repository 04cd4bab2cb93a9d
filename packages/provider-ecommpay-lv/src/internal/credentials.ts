// The only file that reveals the project's keys and those of the Data API, and the edge at which the signature module's exceptions end.
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHmac } from "node:crypto"
import { readSigned, refuseSeparators, sign, SignatureError } from "../signature.ts"
import type { SignableObject, SignedBody } from "../signature.ts"

/** What the project's keys do; they cannot be read from it. */
export interface Credentials {
  /** The signature for a body without `;` in its values but those at `except`; fails with the path of what cannot be signed. */
  sign(body: SignableObject, except?: ReadonlyArray<string>): Result.Result<string, SignatureError>
  /** Reads a message and counts which key had signed it. */
  readSigned(rawBytes: Uint8Array): Effect.Effect<SignedBody>
  /** 32 hexadecimal digits from which nobody without the key can tell what they stand for. */
  pseudonym(text: string): string
}

/**
 * Messages whose signature was right, by `project` and by the `secret` that fitted: `current` or `previous`. The previous
 * key can go when its count stands still.
 */
const verifiedMessages = Metric.counter("maksa_ecommpay_lv_verified_messages", {
  description: "Messages of ecommpay whose signature was right, by the project's key that fitted.",
  incremental: true
})

export const makeCredentials = (projectId: number, secrets: ReadonlyArray<Redacted.Redacted>): Credentials => {
  const all = secrets.map((secret) => Redacted.value(secret))
  const counters = all.map((_, index) =>
    Metric.withAttributes(verifiedMessages, {
      project: String(projectId),
      secret: index === 0 ? "current" : "previous"
    })
  )
  const current = all[0] ?? ""
  return {
    sign: (body, except) =>
      Result.try({
        try: () => {
          refuseSeparators(body, except)
          return sign(body, current)
        },
        // Both functions throw nothing else on bodies built by this package.
        catch: (cause) => (cause instanceof SignatureError ? cause : new SignatureError("unsupported_value", ""))
      }),
    readSigned: (rawBytes) =>
      Effect.suspend(() => {
        const read = readSigned(rawBytes, all)
        const counter = read.verified ? counters[read.secretIndex] : undefined
        return counter === undefined ? Effect.succeed(read) : Effect.as(Metric.update(counter, 1), read)
      }),
    // Another hash and a prefix keep this apart from every signature.
    pseudonym: (text) =>
      createHmac("sha256", current).update("maksa/customer-id\0").update(text, "utf8").digest("hex").slice(0, 32)
  }
}

/** What the Data API's token and secret do; they cannot be read from it. */
export interface DataCredentials {
  /** The body with token and signature. */
  signed(body: SignableObject): Result.Result<SignableObject, SignatureError>
  readSigned(rawBytes: Uint8Array): SignedBody
}

export const makeDataCredentials = (token: Redacted.Redacted, secret: Redacted.Redacted): DataCredentials => {
  const key = Redacted.value(secret)
  return {
    signed: (body) =>
      Result.try({
        try: () => {
          const whole = { ...body, token: Redacted.value(token) }
          refuseSeparators(whole)
          return { ...whole, signature: sign(whole, key) }
        },
        catch: (cause) => (cause instanceof SignatureError ? cause : new SignatureError("unsupported_value", ""))
      }),
    readSigned: (rawBytes) => readSigned(rawBytes, [key])
  }
}
