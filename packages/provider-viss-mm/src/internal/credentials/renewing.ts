// What credentials open, replaced while calls are on their way.
import { type Connection, HttpTransport, type PaymentError } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"

import type { CredentialsSource } from "./credentialsSource.ts"

/** How often, at most, calls look for new credentials; milliseconds. */
const lookEvery = 60_000
/** How long a call waits for the function that gives them before it goes on with those that it has. */
const lookFor = 5_000

/** What the credentials of the moment have opened. */
export interface Renewing<A> {
  readonly current: () => A
  /** The same, after a look for new credentials where the last one was a minute ago. */
  readonly inUse: Effect.Effect<A>
  /** Looks for new credentials now. What is wrong with them is told, and the old ones stay in use. */
  readonly renew: Effect.Effect<void, PaymentError>
}

/** One set of credentials and what it opened. */
interface Generation<A> {
  readonly opened: A
  readonly digest: string
  readonly scope: Scope.Closeable
}

/**
 * Opens what lives as long as the scope. Where the source may give other credentials later, new ones are opened beside the
 * old; those take no more calls and close when the last of theirs has ended. `digestOf` tells credentials apart without
 * opening them, which costs tens of milliseconds for an encrypted key.
 */
export const openRenewing = Effect.fnUntraced(function* <C, A>(
  { get, mayChange }: CredentialsSource<C>,
  digestOf: (credentials: C) => string,
  openFrom: (credentials: C) => Effect.Effect<A, PaymentError, HttpTransport | Scope.Scope>
): Effect.fn.Return<Renewing<A>, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  const around = yield* Scope.Scope

  const open = Effect.fnUntraced(function* (credentials: C): Effect.fn.Return<Generation<A>, PaymentError> {
    const scope = yield* Scope.fork(around)
    const opened = yield* openFrom(credentials).pipe(
      Scope.provide(scope),
      Effect.provideService(HttpTransport, transport),
      Effect.onError((cause) => Scope.close(scope, Exit.failCause(cause)))
    )
    return { opened, digest: digestOf(credentials), scope }
  })

  let generation = yield* Effect.flatMap(get, open)
  if (!mayChange) {
    const { opened } = generation
    return { current: () => opened, inUse: Effect.succeed(opened), renew: Effect.void }
  }

  let lookAt = (yield* Clock.currentTimeMillis) + lookEvery
  const renew = Effect.gen(function* () {
    lookAt = (yield* Clock.currentTimeMillis) + lookEvery
    const credentials = yield* get
    if (digestOf(credentials) === generation.digest) return
    const next = yield* open(credentials)
    // Only now: a call and a check may renew at the same time, and nothing that one opened may be forgotten.
    const old = generation
    generation = next
    yield* Effect.forkIn(Scope.close(old.scope, Exit.void), around)
  })
  const renewInTime = Effect.ignore(Effect.timeoutOrElse(renew, { duration: lookFor, orElse: () => Effect.void }))
  const current = (): A => generation.opened
  return {
    current,
    inUse: Effect.flatMap(Clock.currentTimeMillis, (now) =>
      now < lookAt ? Effect.sync(current) : Effect.map(renewInTime, current)
    ),
    renew
  }
})

/** A connection that is each time the one of the moment. */
export const connectionOf = (
  { current, inUse }: Renewing<{ readonly connection: Connection }>,
  { mayChange }: Pick<CredentialsSource<unknown>, "mayChange">
): Connection =>
  mayChange
    ? {
        send: (request, limits) => Effect.flatMap(inUse, ({ connection }) => connection.send(request, limits)),
        stream: (request, limits) => Effect.flatMap(inUse, ({ connection }) => connection.stream(request, limits))
      }
    : current().connection
