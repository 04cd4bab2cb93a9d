// Connections with a client certificate that may be replaced while calls are on their way.
import { createHash, type Hash } from "node:crypto"

import { type Connection, HttpTransport, type PaymentError } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"

import type { ConnectionSettings } from "../configuration.ts"
import { configError, connectAs, credentialsError } from "../connect.ts"
import type { CredentialsSource } from "./credentialsSource.ts"
import { type CertificateFacts, type CredentialsConfig, readCredentials } from "./credentials.ts"

/** How often, at most, calls look for new credentials; milliseconds. */
const lookEvery = 60_000
/** How long a call waits for the function that gives them before it goes on with those that it has. */
const lookFor = 5_000

/** Connections with the certificate of the moment. */
export interface ClientConnection {
  readonly connection: Connection
  readonly certificate: () => CertificateFacts
  /** Looks for new credentials now. What is wrong with them is told, and the old ones stay in use. */
  readonly renew: Effect.Effect<void, PaymentError>
}

/** One certificate with its connections. */
interface Generation {
  readonly connection: Connection
  readonly certificate: CertificateFacts
  readonly digest: string
  readonly scope: Scope.Closeable
}

const addPart = (hash: Hash, part: string | Uint8Array): Hash => hash.update(`${part.length}:`).update(part)

/** Tells credentials apart without opening them, which costs tens of milliseconds for an encrypted key. */
const digestOf = (credentials: CredentialsConfig): string => {
  const hash = addPart(createHash("sha256"), "pem" in credentials ? credentials.pem : credentials.pfx)
  const { passphrase } = credentials
  return addPart(hash, passphrase === undefined ? "" : Redacted.value(passphrase)).digest("base64")
}

/**
 * Opens connections that live as long as the scope. Where the source may give other credentials later, new ones are
 * opened beside the old; those take no more calls and close when the last of theirs has ended.
 */
export const connectAsClient = Effect.fnUntraced(function* (
  source: CredentialsSource,
  settings: ConnectionSettings
): Effect.fn.Return<ClientConnection, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  const around = yield* Scope.Scope

  const open = Effect.fnUntraced(function* (config: CredentialsConfig): Effect.fn.Return<Generation, PaymentError> {
    const credentials = yield* Effect.mapError(readCredentials(config), credentialsError())
    const scope = yield* Scope.fork(around)
    const connection = yield* connectAs(credentials, settings).pipe(
      Scope.provide(scope),
      Effect.provideService(HttpTransport, transport),
      Effect.onError((cause) => Scope.close(scope, Exit.failCause(cause)))
    )
    return { connection, certificate: credentials.certificate, digest: digestOf(config), scope }
  })

  let current = yield* Effect.flatMap(Effect.mapError(source.get, configError), open)
  if (!source.mayChange) {
    const { certificate, connection } = current
    return { connection, certificate: () => certificate, renew: Effect.void }
  }

  let lookAt = (yield* Clock.currentTimeMillis) + lookEvery
  const renew = Effect.gen(function* () {
    lookAt = (yield* Clock.currentTimeMillis) + lookEvery
    const config = yield* Effect.mapError(source.get, configError)
    if (digestOf(config) === current.digest) return
    const old = current
    current = yield* open(config)
    yield* Effect.forkIn(Scope.close(old.scope, Exit.void), around)
  })
  const renewInTime = Effect.ignore(Effect.timeoutOrElse(renew, { duration: lookFor, orElse: () => Effect.void }))
  return {
    connection: {
      send: (request, limits) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const sent = Effect.suspend(() => current.connection.send(request, limits))
          return now < lookAt ? sent : Effect.andThen(renewInTime, sent)
        })
    },
    certificate: () => current.certificate,
    renew
  }
})
