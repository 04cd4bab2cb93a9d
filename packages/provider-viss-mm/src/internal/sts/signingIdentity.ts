import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto"

import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { ConfigProblem } from "../configuration.ts"
import type { TlsClientOptions } from "../credentials/credentials.ts"

/** The client certificate as the security token service sees it, with the key that signs for it. */
export interface SigningIdentity {
  readonly privateKey: Redacted.Redacted<KeyObject>
  /** DER in base64. */
  readonly certificate: string
}

const pfxAdvice = [
  "credentials.pfx: messages to the security token service are signed with the private key, and Node does not take it out of a PFX file. Convert it once:",
  "  openssl pkcs12 -in client.pfx -out client.pem",
  "and give client.pem as `pem`"
].join("\n")

const problem = (field: string, message: string): Result.Result<never, ConfigProblem> =>
  Result.fail(new ConfigProblem({ field, message }))

/** Takes the signing key out of credentials that TLS has accepted. Only PEM and RSA serve. */
export const signingIdentity = (tls: TlsClientOptions): Result.Result<SigningIdentity, ConfigProblem> => {
  if ("pfx" in tls) return problem("credentials.pfx", pfxAdvice)
  const { cert, key, passphrase } = tls
  return Result.try({
    try: () => {
      const privateKey = createPrivateKey(passphrase === undefined ? key : { key, passphrase })
      return { privateKey, certificate: new X509Certificate(cert).raw.toString("base64") }
    },
    catch: () => new ConfigProblem({ field: "credentials", message: "credentials: the key cannot be used for signing" })
  }).pipe(
    Result.flatMap(({ certificate, privateKey }) =>
      privateKey.asymmetricKeyType === "rsa"
        ? Result.succeed({ certificate, privateKey: Redacted.make(privateKey, { label: "vissMm.signingKey" }) })
        : problem("credentials", "credentials: the security token service takes RSA keys alone")
    )
  )
}
