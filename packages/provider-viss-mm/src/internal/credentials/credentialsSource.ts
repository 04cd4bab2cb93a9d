import { notConfigured, type PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { problem, type Read, readSecrets } from "../configuration.ts"
import type { CredentialsConfig } from "./credentials.ts"
import type { Renewable, VissMmCredentials } from "../../options.ts"

/** Where credentials come from. */
export interface CredentialsSource<C = CredentialsConfig> {
  readonly get: Effect.Effect<C, PaymentError>
  /** Whether asking again can give others. */
  readonly mayChange: boolean
}

const isFunction = <A>(given: Renewable<A>): given is () => A | Promise<A> => typeof given === "function"

/** Credentials, or a function that gives those of the moment; its own error stays unread, it may hold a secret. */
export const readSource = <A, C>(
  given: Renewable<A>,
  field: string,
  read: (given: A, field: string) => Read<C>
): Read<CredentialsSource<C>> => {
  if (!isFunction(given)) {
    return Result.map(read(given, field), (fixed) => ({ get: Effect.succeed(fixed), mayChange: false }))
  }
  const broken = (): PaymentError => notConfigured("viss-mm", field, "the function that gives them has failed")
  const asked = Effect.tryPromise({ try: async () => given(), catch: broken })
  return Result.succeed({
    get: Effect.flatMap(asked, (now) =>
      Effect.fromResult(
        typeof now === "function" ? problem(field, "the function must not give another function") : read(now, field)
      )
    ),
    mayChange: true
  })
}

export const readCredentialsSource = (
  given: Renewable<VissMmCredentials>,
  field = "credentials"
): Read<CredentialsSource> => readSource(given, field, readSecrets)
