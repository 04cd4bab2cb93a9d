// How connections are opened, and how a wrong configuration is told.
import {
  type Asking,
  AuthenticationFailed,
  type Connection,
  HttpTransport,
  notConfigured,
  type PaymentError,
  paymentError
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"

import type { ConnectionSettings } from "./configuration.ts"
import type { ClientCredentials } from "./credentials/credentials.ts"
import type { CredentialsError, CredentialsProblem } from "./credentials/CredentialsError.ts"

/** Which part of the credentials a problem is about. */
const credentialsParts: Readonly<Record<CredentialsProblem, "" | ".passphrase" | ".pfx" | ".pem">> = {
  wrong_passphrase: ".passphrase",
  legacy_pfx: ".pfx",
  legacy_key: ".pem",
  no_private_key: "",
  no_certificate: "",
  not_a_certificate: "",
  key_mismatch: "",
  expired: "",
  not_yet_valid: "",
  rejected_by_tls: ""
}

/** Who asks where no attempt does; core knows which instance it is. */
export const self: Asking = { instance: "viss-mm" }

/** A certificate out of its dates is not a slip in the configuration: nobody would accept it. */
export const credentialsError =
  (whose = "credentials") =>
  ({ message, problem }: CredentialsError): PaymentError => {
    const field = `${whose}${credentialsParts[problem]}`
    return problem === "expired" || problem === "not_yet_valid"
      ? paymentError(self, "start", new AuthenticationFailed({ message: `${field}: ${message}.` }))
      : notConfigured(self.instance, field, message)
  }

/** Connections that live as long as the scope, with a client certificate where the service wants one. */
export const connectAs = Effect.fnUntraced(function* (
  credentials: Pick<ClientCredentials, "tls"> | undefined,
  settings: ConnectionSettings
): Effect.fn.Return<Connection, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  const certificate = credentials === undefined ? {} : Redacted.value(credentials.tls)
  return yield* Effect.mapError(
    transport.connect({
      tls: { ...settings.tls, ...certificate, ...(settings.ca === undefined ? {} : { ca: settings.ca }) },
      connectTimeoutMillis: settings.connectTimeoutMillis,
      responseTimeoutMillis: settings.responseTimeoutMillis
    }),
    ({ code }) => notConfigured(self.instance, "tls", `the connection cannot be set up (${code})`)
  )
})
