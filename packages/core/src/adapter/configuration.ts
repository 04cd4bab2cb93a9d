// For authors of adapters: one machine that reads configurations of callers with and without types. Whatever is wrong is
// told by the name of the field and what belongs there, never by what was there.
import { X509Certificate } from "node:crypto"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { NotConfigured, type PaymentError } from "../PaymentError.ts"
import type { Environment } from "../Provider.ts"
import { paymentError } from "./errors.ts"

/** A secret text: plain, or already wrapped. */
export const SecretText = Schema.Union([Schema.NonEmptyString, Schema.Redacted(Schema.NonEmptyString)])

/** Wraps a secret as soon as it has been read; the label stands for it wherever it is shown. */
export const wrapSecret = (secret: string | Redacted.Redacted, label: string): Redacted.Redacted =>
  Redacted.isRedacted(secret) ? secret : Redacted.make(secret, { label })

const Millis = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 600_000 }))

/** Whole milliseconds, ten minutes at most: to connect, and of silence. */
export const Timeouts = Schema.Struct({
  connectMillis: Schema.optionalKey(Millis),
  responseMillis: Schema.optionalKey(Millis)
})

/** Says what belongs into a field, named by its path: `endpoints.api`. */
export const notConfigured = (instance: string, path: string, expected: string): PaymentError => {
  const message = `${path === "" ? "the configuration" : path}: ${expected}.`
  return paymentError({ instance }, "start", new NotConfigured({ message, field: path }))
}

export interface ConfigurationReader<A> {
  /** Checks everything that the schema says; unknown fields are refused, they are slips of the pen. */
  readonly read: (input: unknown) => Result.Result<A, PaymentError>
  /** What is wrong with a field; by default what the table says of it. */
  readonly wrong: (path: string, expected?: string) => PaymentError
}

/** Reads by a schema of the configuration and a table that says of each field what belongs there. */
export const makeConfigurationReader = <A extends object>(
  instance: string,
  schema: Schema.ConstraintDecoder<A>,
  expectations: Readonly<Record<keyof A, string>>
): ConfigurationReader<A> => {
  const { validate } = Schema.toStandardSchemaV1(schema, { parseOptions: { onExcessProperty: "error" } })["~standard"]
  const table = new Map<string, string>(Object.entries(expectations))
  const wrong = (path: string, expected?: string): PaymentError =>
    notConfigured(
      instance,
      path,
      expected ?? (path === "" ? "give an object" : (table.get(path.split(".")[0] ?? "") ?? "there is no such field"))
    )
  return {
    wrong,
    read: (input) => {
      const checked = validate(input)
      if (checked instanceof Promise) return Result.fail(wrong(""))
      if (checked.issues === undefined) return Result.succeed(checked.value)
      const path = checked.issues[0]?.path ?? []
      return Result.fail(wrong(path.map((part) => String(typeof part === "object" ? part.key : part)).join(".")))
    }
  }
}

/**
 * The address of a service; a failure says what it must be. A sandbox that reached the provider (`isProvider`) would move
 * citizens' money in a test, and only a sandbox is reached by plain http.
 */
export const readAddress = (
  text: string,
  environment: Environment,
  isProvider: (url: URL) => boolean
): Result.Result<URL, string> => {
  const url = URL.parse(text)
  const isPlain = url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === ""
  if (!isPlain) return Result.fail("must be an address without user, query or fragment")
  if (environment !== "sandbox" && url.protocol !== "https:") return Result.fail("must begin with https://")
  if (url.protocol !== "https:" && url.protocol !== "http:") return Result.fail("must be an http address")
  return environment === "sandbox" && isProvider(url)
    ? Result.fail("is the provider's own address, which is no sandbox")
    : Result.succeed(url)
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/**
 * Trusted authorities, PEM (one or more in a text) or DER, as PEM texts of one certificate each. Node leaves out, without
 * a word, what it cannot read; a root that is missing would then be found only when the first payment fails.
 */
export const readAuthorities = (given: unknown): Result.Result<ReadonlyArray<string>, string> => {
  const all: ReadonlyArray<unknown> = Array.isArray(given) ? given : [given]
  const found: Array<string> = []
  for (const one of all) {
    const text = one instanceof Uint8Array ? new TextDecoder("latin1").decode(one) : one
    const certificates = typeof text === "string" ? (text.match(pemCertificate) ?? [one]) : [one]
    for (const certificate of certificates) {
      if (typeof certificate !== "string" && !(certificate instanceof Uint8Array)) {
        return Result.fail("must be certificates, PEM or DER")
      }
      const read = Result.try({
        try: () => new X509Certificate(certificate).toString(),
        catch: () => "holds what is no certificate, or one that cannot be read"
      })
      if (Result.isFailure(read)) return Result.fail(read.failure)
      found.push(read.success)
    }
  }
  return found.length > 0 ? Result.succeed(found) : Result.fail("must hold at least one certificate")
}
