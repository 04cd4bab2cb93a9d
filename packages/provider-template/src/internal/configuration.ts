import { type Environment, NotConfigured, type PaymentError, paymentError } from "@maksa/core"
import * as Redacted from "effect/Redacted"
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

const Secret = Schema.Union([Schema.NonEmptyString, Schema.Redacted(Schema.NonEmptyString)])
const Millis = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 600_000 }))

const Config = Schema.Struct({
  environment: Schema.Literals(["sandbox", "test", "live"]),
  account: Schema.String.check(Schema.isPattern(/^[\w-]{1,64}$/)),
  key: Secret,
  secrets: Schema.Union([Schema.Tuple([Secret]), Schema.Tuple([Secret, Secret])]),
  endpoints: Schema.optionalKey(Schema.Struct({ api: Schema.NonEmptyString, pages: Schema.NonEmptyString })),
  timeouts: Schema.optionalKey(
    Schema.Struct({ connectMillis: Schema.optionalKey(Millis), responseMillis: Schema.optionalKey(Millis) })
  )
})

const expectations: Readonly<Record<keyof typeof Config.fields, string>> = {
  environment: 'give "sandbox", "test" or "live"',
  account: "give the account's id, letters, digits, - and _",
  key: "give the API key",
  secrets: "give a list of one secret, or of the current and the previous one, none of them empty",
  endpoints: "give api and pages as origins, such as https://api.example",
  timeouts: "give connectMillis and responseMillis as whole milliseconds up to 600000"
}

const isKnownField = (field: string): field is keyof typeof expectations => Object.hasOwn(expectations, field)

/** Names the field and what belongs there; never what was there. */
const wrong = (path: string, hint?: string): PaymentError => {
  const [field = ""] = path.split(".")
  const expected = hint ?? (isKnownField(field) ? expectations[field] : "there is no such field")
  const message = `${path === "" ? "the configuration" : path}: ${expected}.`
  return paymentError({ instance: "template" }, "start", new NotConfigured({ message, field: path }))
}

const origin = (path: string, text: string, environment: Environment): Result.Result<string, PaymentError> => {
  const url = URL.parse(text)
  if (url === null || url.href !== `${url.origin}/`) return Result.fail(wrong(path, expectations.endpoints))
  if (environment !== "sandbox" && url.protocol !== "https:")
    return Result.fail(wrong(path, "must begin with https://"))
  // A sandbox that reaches the provider would move citizens' money in a test.
  if (environment === "sandbox" && isLiveHost(url)) {
    return Result.fail(wrong(path, "is the provider's own address, which is no sandbox"))
  }
  return Result.succeed(url.origin)
}

const redacted = (secret: string | Redacted.Redacted, label: string): Redacted.Redacted =>
  Redacted.isRedacted(secret) ? secret : Redacted.make(secret, { label: `template.${label}` })

const validator = Schema.toStandardSchemaV1(Config, { parseOptions: { onExcessProperty: "error" } })["~standard"]

/** Reads the configuration of callers with and without types. */
export const readSettings = (input: unknown): Result.Result<Settings, PaymentError> => {
  const checked = validator.validate(input)
  if (checked instanceof Promise) return Result.fail(wrong(""))
  if (checked.issues !== undefined) {
    const path = checked.issues[0]?.path ?? []
    return Result.fail(wrong(path.map((part) => String(typeof part === "object" ? part.key : part)).join(".")))
  }
  const config = checked.value
  const { environment } = config
  const endpoints = config.endpoints ?? (environment === "sandbox" ? undefined : liveEndpoints)
  if (endpoints === undefined) {
    return Result.fail(wrong("endpoints", "a sandbox has no address of its own: give api and pages"))
  }
  return Result.gen(function* () {
    return {
      environment,
      account: config.account,
      key: redacted(config.key, "key"),
      secrets: config.secrets.map((secret) => redacted(secret, "secrets")),
      api: yield* origin("endpoints.api", endpoints.api, environment),
      pages: yield* origin("endpoints.pages", endpoints.pages, environment),
      connectMillis: config.timeouts?.connectMillis ?? 5_000,
      responseMillis: config.timeouts?.responseMillis ?? 15_000
    }
  })
}
