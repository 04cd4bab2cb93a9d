import {
  type Environment,
  makeConfigurationReader,
  type PaymentError,
  readAddress,
  SecretText,
  Timeouts,
  wrapSecret
} from "@maksa/core"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** A configuration that was found complete. */
export interface Settings {
  readonly environment: Environment
  readonly account: string
  readonly key: Redacted.Redacted
  /** The first one signs, all verify. */
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  /** Origins. */
  readonly api: string
  readonly pages: string
  readonly connectMillis: number
  readonly responseMillis: number
}

const liveEndpoints = { api: "https://api.template.example", pages: "https://pay.template.example" }
const isLiveHost = (url: URL): boolean => /(?:^|\.)template\.example$/i.test(url.hostname)

const Config = Schema.Struct({
  environment: Schema.Literals(["sandbox", "test", "live"]),
  account: Schema.String.check(Schema.isPattern(/^[\w-]{1,64}$/)),
  key: SecretText,
  secrets: Schema.Union([Schema.Tuple([SecretText]), Schema.Tuple([SecretText, SecretText])]),
  endpoints: Schema.optionalKey(Schema.Struct({ api: Schema.NonEmptyString, pages: Schema.NonEmptyString })),
  timeouts: Schema.optionalKey(Timeouts)
})

const { read, wrong } = makeConfigurationReader("template", Config, {
  environment: 'give "sandbox", "test" or "live"',
  account: "give the account's id, letters, digits, - and _",
  key: "give the API key",
  secrets: "give a list of one secret, or of the current and the previous one, none of them empty",
  endpoints: "give api and pages as origins, such as https://api.example",
  timeouts: "give connectMillis and responseMillis as whole milliseconds up to 600000"
})

const origin = (path: string, text: string, environment: Environment): Result.Result<string, PaymentError> =>
  readAddress(text, environment, isLiveHost).pipe(
    Result.mapError((expected) => wrong(path, expected)),
    Result.flatMap((url) => (url.pathname === "/" ? Result.succeed(url.origin) : Result.fail(wrong(path))))
  )

/** Reads the configuration of callers with and without types. */
export const readSettings = (input: unknown): Result.Result<Settings, PaymentError> =>
  Result.gen(function* () {
    const { account, key, secrets, timeouts, ...config } = yield* read(input)
    const { environment } = config
    const endpoints = config.endpoints ?? (environment === "sandbox" ? undefined : liveEndpoints)
    if (endpoints === undefined) {
      return yield* Result.fail(wrong("endpoints", "a sandbox has no address of its own: give api and pages"))
    }
    return {
      environment,
      account,
      key: wrapSecret(key, "template.key"),
      secrets: secrets.map((secret) => wrapSecret(secret, "template.secrets")),
      api: yield* origin("endpoints.api", endpoints.api, environment),
      pages: yield* origin("endpoints.pages", endpoints.pages, environment),
      connectMillis: timeouts?.connectMillis ?? 5_000,
      responseMillis: timeouts?.responseMillis ?? 15_000
    }
  })
