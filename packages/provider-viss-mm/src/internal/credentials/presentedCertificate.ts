import type { X509Certificate } from "node:crypto"
import { duplexPair } from "node:stream"
import { connect, TLSSocket, type SecureContext } from "node:tls"

import * as Effect from "effect/Effect"

import { credentialsError, type CredentialsError } from "./CredentialsError.ts"

const rejected = (cause: unknown): CredentialsError => {
  const reason: unknown = cause instanceof Error && "reason" in cause ? cause.reason : undefined
  return credentialsError(
    "rejected_by_tls",
    `TLS cannot use the certificate${typeof reason === "string" ? `: ${reason}` : ""}. Ask its issuer for another`
  )
}

/**
 * Reads the leaf certificate out of a TLS context.
 *
 * **Details** Node has no reader of PKCS#12, and asking a context for its certificate is no documented API. A TLS
 * handshake with itself over a pair of streams in memory (no socket, some 10 ms) shows what will be presented.
 */
export const presentedCertificate = (context: SecureContext): Effect.Effect<X509Certificate, CredentialsError> =>
  Effect.callback((resume) => {
    const [here, there] = duplexPair()
    const server = new TLSSocket(here, { isServer: true, secureContext: context })
    // Only the certificate is wanted; it was issued for a client, so no name and no purpose can match.
    const client = connect({ socket: there, rejectUnauthorized: false })
    const end = (result: Effect.Effect<X509Certificate, CredentialsError>): void => {
      resume(result)
      client.destroy()
      server.destroy()
    }
    // These listeners stay: an error after the answer must not become an uncaught one. A second `resume` is ignored.
    server.on("error", (cause) => end(Effect.fail(rejected(cause))))
    client.on("error", (cause) => end(Effect.fail(rejected(cause))))
    client.on("close", () => end(Effect.fail(rejected(undefined))))
    client.on("secureConnect", () => {
      const certificate = client.getPeerX509Certificate()
      end(certificate === undefined ? Effect.fail(rejected(undefined)) : Effect.succeed(certificate))
    })
    return Effect.sync(() => {
      client.destroy()
      server.destroy()
    })
  })
