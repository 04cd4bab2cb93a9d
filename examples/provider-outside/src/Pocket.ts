import { type Environment, HttpTransport, NotConfigured, PaymentError, type Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { manifest } from "./manifest.ts"
import { makeAdapter } from "./verbs.ts"

export interface PocketConfig {
  readonly environment: Environment
  /** Origin of the API; plain http only for a sandbox. */
  readonly api: string
  readonly key: string | Redacted.Redacted
  /** Default 15,000. */
  readonly responseMillis?: number
}

export type Pocket = Provider<typeof manifest, Record<string, never>, "pocket", HttpTransport | Scope.Scope>

/** What is wrong with the configuration, by field; never what was there. */
const problem = ({ api, environment, key }: PocketConfig): readonly [field: string, message: string] | undefined => {
  const url = URL.parse(api)
  if (!["sandbox", "test", "live"].includes(environment)) return ["environment", "give sandbox, test or live"]
  if (url === null || url.href !== `${url.origin}/`) return ["api", "give an origin"]
  if (environment !== "sandbox" && url.protocol !== "https:") return ["api", "must begin with https://"]
  return key === "" ? ["key", "give the API key"] : undefined
}

/** The provider as a value; nothing is opened before `make` runs. */
export const pocket = (config: PocketConfig): Pocket => {
  const { api, environment, responseMillis = 15_000 } = config
  const key = Redacted.isRedacted(config.key) ? config.key : Redacted.make(config.key, { label: "pocket.key" })
  return {
    instance: "pocket",
    environment,
    manifest,
    options: Schema.Record(Schema.String, Schema.Never),
    make: Effect.gen(function* () {
      const wrong = problem(config)
      const fail = (field: string, message: string) =>
        new PaymentError({ operation: "start", reason: new NotConfigured({ field, message: `${field}: ${message}.` }) })
      if (wrong !== undefined) return yield* fail(...wrong)
      const transport = yield* HttpTransport
      const connection = yield* Effect.mapError(transport.connect({ responseTimeoutMillis: responseMillis }), () =>
        fail("responseMillis", "refused by the transport")
      )
      return makeAdapter(connection, api, key)
    })
  }
}
