import { createHash, type Hash } from "node:crypto"

import type { Connection, HttpTransport, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"

import type { ConnectionSettings } from "../configuration.ts"
import { connectAs, credentialsError } from "../connect.ts"
import {
  type CertificateFacts,
  type ClientCredentials,
  type CredentialsConfig,
  readCredentials
} from "./credentials.ts"
import type { CredentialsSource } from "./credentialsSource.ts"
import { connectionOf, openRenewing, type Renewing } from "./renewing.ts"

/** What one client certificate opens. */
export interface Client {
  readonly connection: Connection
  readonly credentials: ClientCredentials
  readonly certificate: CertificateFacts
}

/** Connections with the certificate of the moment. */
export interface ClientConnection extends Renewing<Client> {
  readonly connection: Connection
}

const addPart = (hash: Hash, part: string | Uint8Array): Hash => hash.update(`${part.length}:`).update(part)

export const digestOf = (credentials: CredentialsConfig): string => {
  const hash = addPart(createHash("sha256"), "pem" in credentials ? credentials.pem : credentials.pfx)
  const { passphrase } = credentials
  return addPart(hash, passphrase === undefined ? "" : Redacted.value(passphrase)).digest("base64")
}

/** Reads the credentials and opens connections with them. `field` is where the configuration has them. */
export const openClient = Effect.fnUntraced(function* (
  config: CredentialsConfig,
  settings: ConnectionSettings,
  field = "credentials"
): Effect.fn.Return<Client, PaymentError, HttpTransport | Scope.Scope> {
  const credentials = yield* Effect.mapError(readCredentials(config), credentialsError(field))
  const { certificate } = credentials
  return { connection: yield* connectAs(credentials, settings), credentials, certificate }
})

/** Opens connections with a client certificate that may be replaced while calls are on their way. */
export const connectAsClient = Effect.fnUntraced(function* (
  source: CredentialsSource,
  settings: ConnectionSettings,
  field = "credentials"
): Effect.fn.Return<ClientConnection, PaymentError, HttpTransport | Scope.Scope> {
  const client = yield* openRenewing(source, digestOf, (config) => openClient(config, settings, field))
  return { ...client, connection: connectionOf(client, source) }
})
