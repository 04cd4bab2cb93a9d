import { type Environment, NotConfigured, PaymentError } from "@maksa/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { X509Certificate } from "node:crypto"
import type { Flow, FundsConfirmation } from "../options.ts"

/** A configuration that was found complete. */
export interface Settings {
  readonly environment: Environment
  readonly projectId: number
  /** The first one signs, all verify. */
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  readonly fundsConfirmation: FundsConfirmation
  readonly paymentPage: URL
  readonly gate: URL
  readonly flow: Flow
  readonly connectMillis: number
  readonly responseMillis: number
  /** PEM. */
  readonly ca: ReadonlyArray<string> | undefined
}

// https://developers.ecommpay.com/en/en_gate_quickstart.html and the official SDKs; test projects use the same hosts.
const liveEndpoints = { paymentPage: "https://paymentpage.ecommpay.com/payment", gate: "https://api.ecommpay.com" }

const Secret = Schema.Union([Schema.NonEmptyString, Schema.Redacted(Schema.NonEmptyString)])
const Millis = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 600_000 }))

const Config = Schema.Struct({
  environment: Schema.Literals(["sandbox", "test", "live"]),
  projectId: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 4_294_967_295 })),
  secrets: Schema.Union([Schema.Tuple([Secret]), Schema.Tuple([Secret, Secret])]),
  fundsConfirmation: Schema.Literals(["off", "decline", "reversal"]),
  endpoints: Schema.optionalKey(Schema.Struct({ paymentPage: Schema.NonEmptyString, gate: Schema.NonEmptyString })),
  flow: Schema.optionalKey(Schema.Literals(["payment_page", "gate"])),
  timeouts: Schema.optionalKey(
    Schema.Struct({ connectMillis: Schema.optionalKey(Millis), responseMillis: Schema.optionalKey(Millis) })
  ),
  ca: Schema.optionalKey(Schema.NonEmptyArray(Schema.Union([Schema.NonEmptyString, Schema.Uint8Array])))
})

const expectations: Readonly<Record<keyof typeof Config.fields, string>> = {
  environment: 'give "sandbox", "test" or "live"',
  projectId: "give the project's number, 1 to 4294967295",
  secrets: "give a list of one signing key, or of the current and the previous one, none of them empty",
  fundsConfirmation: 'say what the project does about money that does not arrive: "off", "decline" or "reversal"',
  endpoints: "give paymentPage and gate as addresses without user, query or fragment",
  flow: 'give "payment_page" or "gate"',
  timeouts: "give connectMillis and responseMillis as whole milliseconds up to 600000",
  ca: "give a list of at least one certificate, PEM or DER"
}

const isKnownField = (field: string): field is keyof typeof expectations => Object.hasOwn(expectations, field)

/** Names the field and what belongs there; never what was there. */
const wrong = (path: string, hint?: string): PaymentError => {
  const [field = ""] = path.split(".")
  const expected = hint ?? (isKnownField(field) ? expectations[field] : "there is no such field")
  const reason = new NotConfigured({
    message: `${path === "" ? "the configuration" : path}: ${expected}.`,
    field: path
  })
  return new PaymentError({ instance: "ecommpay-lv", operation: "start", reason })
}

const validator = Schema.toStandardSchemaV1(Config, { parseOptions: { onExcessProperty: "error" } })["~standard"]

const endpoint = (path: string, text: string, environment: Environment): Result.Result<URL, PaymentError> => {
  const url = URL.parse(text)
  const isPlain = url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === ""
  if (!isPlain) return Result.fail(wrong(path, expectations.endpoints))
  if (environment !== "sandbox" && url.protocol !== "https:")
    return Result.fail(wrong(path, "must begin with https://"))
  if (url.protocol !== "https:" && url.protocol !== "http:") return Result.fail(wrong(path, "must be an http address"))
  // A sandbox that reaches the provider would move citizens' money in a test.
  if (environment === "sandbox" && /(?:^|\.)ecommpay\.com$/i.test(url.hostname)) {
    return Result.fail(wrong(path, "is the provider's own address, which is no sandbox"))
  }
  return Result.succeed(url)
}

// Node takes roots as PEM and leaves out, without a word, what it cannot read; a root that is missing is then found only
// when the first payment fails.
const certificate = (given: string | Uint8Array): Result.Result<string, PaymentError> =>
  Result.try({
    try: () => {
      const parsed = new X509Certificate(given)
      return typeof given === "string" ? given : parsed.toString()
    },
    catch: () => wrong("ca", expectations.ca)
  })

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
    return Result.fail(wrong("endpoints", "a sandbox has no address of its own: give paymentPage and gate"))
  }
  return Result.gen(function* () {
    const paymentPage = yield* endpoint("endpoints.paymentPage", endpoints.paymentPage, environment)
    const gate = yield* endpoint("endpoints.gate", endpoints.gate.replace(/\/$/, ""), environment)
    const ca: Array<string> = []
    for (const given of config.ca ?? []) ca.push(yield* certificate(given))
    return {
      environment,
      projectId: config.projectId,
      secrets: config.secrets.map((secret) =>
        Redacted.isRedacted(secret) ? secret : Redacted.make(secret, { label: "ecommpay-lv.secrets" })
      ),
      fundsConfirmation: config.fundsConfirmation,
      paymentPage,
      gate,
      flow: config.flow ?? "payment_page",
      connectMillis: config.timeouts?.connectMillis ?? 5_000,
      responseMillis: config.timeouts?.responseMillis ?? 15_000,
      ca: config.ca === undefined ? undefined : ca
    }
  })
}
