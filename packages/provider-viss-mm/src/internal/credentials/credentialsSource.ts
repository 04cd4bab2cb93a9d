import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { ConfigProblem, problem, readSecrets, type VissMmCredentials } from "../configuration.ts"
import type { CredentialsConfig } from "./credentials.ts"

/** Where credentials come from. */
export interface CredentialsSource {
  readonly get: Effect.Effect<CredentialsConfig, ConfigProblem>
  /** Whether asking again can give others. */
  readonly mayChange: boolean
}

/** Credentials, or a function that gives those of the moment; its own error stays unread, it may hold a secret. */
export const readCredentialsSource = (
  given: VissMmCredentials | (() => VissMmCredentials | Promise<VissMmCredentials>),
  field = "credentials"
): Result.Result<CredentialsSource, ConfigProblem> => {
  if (typeof given !== "function") {
    return Result.map(readSecrets(given, field), (read) => ({ get: Effect.succeed(read), mayChange: false }))
  }
  const broken = (): ConfigProblem =>
    new ConfigProblem({ field, message: `${field}: the function that gives them has failed` })
  const asked = Effect.tryPromise({ try: async () => given(), catch: broken })
  return Result.succeed({
    get: Effect.flatMap(asked, (now) =>
      Effect.fromResult(
        typeof now === "function"
          ? problem(field, "the function must give { pem } or { pfx }")
          : readSecrets(now, field)
      )
    ),
    mayChange: true
  })
}
