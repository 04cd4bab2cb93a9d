import { createPrivateKey, type KeyObject } from "node:crypto"

import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

import { notConfigured, type PaymentError } from "@maksa/core"
import type { ClientCredentials, TlsClientOptions } from "../credentials/credentials.ts"
import { keysInPfx } from "../credentials/keysInPfx.ts"

/** The client certificate as the security token service sees it, with the key that signs for it. */
export interface SigningIdentity {
  readonly privateKey: Redacted.Redacted<KeyObject>
  /** DER in base64. */
  readonly certificate: string
}

const problem = (message: string): PaymentError => notConfigured("viss-mm", "credentials", message)

const keysIn = (tls: TlsClientOptions): Effect.Effect<ReadonlyArray<KeyObject>, unknown> =>
  Effect.suspend(() => {
    if ("pfx" in tls) return keysInPfx(tls.pfx, tls.passphrase)
    const { key, passphrase } = tls
    return Effect.try({
      try: () => [createPrivateKey(passphrase === undefined ? key : { key, passphrase })],
      catch: () => undefined
    })
  })

/** Takes the signing key out of credentials that TLS has accepted. Only RSA serves. */
export const signingIdentity = Effect.fnUntraced(function* ({
  leaf,
  tls
}: Pick<ClientCredentials, "tls" | "leaf">): Effect.fn.Return<SigningIdentity, PaymentError> {
  const certificate = Redacted.value(leaf)
  const keys = yield* Effect.mapError(keysIn(Redacted.value(tls)), () => problem("the key cannot be used for signing"))
  const privateKey = keys.find((key) => certificate.checkPrivateKey(key))
  if (privateKey === undefined) return yield* problem("no key belongs to the certificate")
  if (privateKey.asymmetricKeyType !== "rsa") return yield* problem("the security token service takes RSA keys alone")
  return {
    certificate: certificate.raw.toString("base64"),
    privateKey: Redacted.make(privateKey, { label: "vissMm.signingKey" })
  }
})
