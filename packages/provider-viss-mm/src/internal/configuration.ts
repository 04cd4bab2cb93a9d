// What every service of MM is configured with, and how it is read.
import { type Environment, notConfigured, type PaymentError, readAuthorities, Timeouts } from "@maksa/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

import { defaultBankingDays } from "../manifest.ts"
import type { CommonConfig, Secret, VissMmCredentials } from "../options.ts"
import { readCiphers } from "./configurationFields.ts"
import type { CredentialsConfig } from "./credentials/credentials.ts"
import type { VerbSettings } from "./verbs.ts"

/** How connections are made, beside the client certificate. */
export interface ConnectionSettings {
  readonly ca: ReadonlyArray<string> | undefined
  readonly tls: NonNullable<CommonConfig["tls"]>
  readonly connectTimeoutMillis: number
  readonly responseTimeoutMillis: number
}

/** The common configuration, checked as far as it can be without a file, a socket or a key. */
export interface CommonSettings extends ConnectionSettings, VerbSettings {
  readonly maxReceiptBytes: number
}

export type Read<A> = Result.Result<A, PaymentError>

const whole = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

const BankingDays = whole(0, 60)

/** The fields that all services have. */
export const commonFields = {
  environment: Schema.Literals(["sandbox", "test", "live"]),
  service: Schema.optional(Schema.Literals(["x509", "payment-api", "portal"])),
  credentials: Schema.Unknown,
  ca: Schema.optional(Schema.Unknown),
  tls: Schema.optional(
    Schema.Struct({
      minVersion: Schema.optional(Schema.Literals(["TLSv1.2", "TLSv1.3"])),
      ciphers: Schema.optional(Schema.NonEmptyString)
    })
  ),
  timeouts: Schema.optional(Timeouts),
  maxReceiptBytes: Schema.optional(whole(1, 104_857_600)),
  positionsLeadingZeros: Schema.optional(Schema.Literals(["keep", "stripOne"])),
  finality: Schema.optional(Schema.Struct({ bankingDays: BankingDays })),
  dateOnlyExpiry: Schema.optional(Schema.Boolean)
}

export const commonExpectations: Readonly<Record<keyof typeof commonFields, string>> = {
  environment: 'give "sandbox", "test" or "live"; there is no default',
  service: 'give "x509", "payment-api" or "portal"',
  credentials: "give the credentials, or a function that gives them",
  ca: "give certificates, PEM or DER",
  tls: 'give minVersion as "TLSv1.2" or "TLSv1.3", and ciphers as OpenSSL\'s list',
  timeouts: "give connectMillis and responseMillis as whole milliseconds up to 600000",
  maxReceiptBytes: "give whole bytes up to 104857600",
  positionsLeadingZeros: 'give "keep" or "stripOne"',
  finality: "give bankingDays as a whole number from 0 to 60",
  dateOnlyExpiry: "give true or false"
}

export const problem = (field: string, expected: string): Read<never> =>
  Result.fail(notConfigured("viss-mm", field, expected))

/** Says which field a failed reading is of. */
export const at = <A>(field: string, read: Result.Result<A, string>): Read<A> =>
  Result.mapError(read, (expected) => notConfigured("viss-mm", field, expected))

/** One of a few values, or the default. */
export const oneOf = <A>(field: string, value: A | undefined, allowed: ReadonlyArray<A>, otherwise: A): Read<A> =>
  value === undefined
    ? Result.succeed(otherwise)
    : allowed.includes(value)
      ? Result.succeed(value)
      : problem(field, `must be one of ${allowed.join(", ")}`)

const unwrap = <A>(secret: Secret<A>): A => (Redacted.isRedacted(secret) ? Redacted.value(secret) : secret)

/** Callers may be untyped: what must be text or bytes is looked at. */
export const readSecrets = (given: VissMmCredentials, field = "credentials"): Read<CredentialsConfig> => {
  if (typeof given !== "object" || given === null) return problem(field, "give { pem } or { pfx }")
  const phrase = given.passphrase === undefined ? undefined : unwrap(given.passphrase)
  if (phrase !== undefined && typeof phrase !== "string") return problem(`${field}.passphrase`, "must be a text")
  const passphrase =
    phrase === undefined ? {} : { passphrase: Redacted.make(phrase, { label: `vissMm.${field}.passphrase` }) }
  if ("pem" in given) {
    const pem = unwrap(given.pem)
    return (typeof pem === "string" && pem !== "") || pem instanceof Uint8Array
      ? Result.succeed({ pem, ...passphrase })
      : problem(`${field}.pem`, "must be the text of a PEM file")
  }
  const pfx: unknown = "pfx" in given ? unwrap(given.pfx) : undefined
  return pfx instanceof Uint8Array
    ? Result.succeed({ pfx, ...passphrase })
    : problem(field, "give { pem } (text) or { pfx } (bytes of the file)")
}

const isEnvironment = Schema.is(commonFields.environment)
const isBankingDays = Schema.is(BankingDays)

/** Banking days of the configuration, or the default where they make no sense: reading it then says so. */
export const bankingDaysOf = ({ finality }: CommonConfig): number =>
  isBankingDays(finality?.bankingDays) ? finality.bankingDays : defaultBankingDays

/** A configuration that cannot be used is nobody's money. */
export const environmentOf = ({ environment }: CommonConfig): Environment =>
  isEnvironment(environment) ? environment : "sandbox"

const Common = Schema.Struct(commonFields)

/** The settings that all services share. */
export const readCommon = (config: typeof Common.Type): Read<CommonSettings> =>
  Result.gen(function* () {
    const { ca, environment, timeouts, tls: { ciphers, minVersion = "TLSv1.2" } = {} } = config
    return {
      environment,
      ca: ca === undefined ? undefined : yield* at("ca", readAuthorities(ca)),
      tls: {
        minVersion,
        ...(ciphers === undefined ? {} : { ciphers: yield* at("tls.ciphers", readCiphers(ciphers)) })
      },
      connectTimeoutMillis: timeouts?.connectMillis ?? 5_000,
      responseTimeoutMillis: timeouts?.responseMillis ?? 30_000,
      maxReceiptBytes: config.maxReceiptBytes ?? 10_485_760,
      positionsLeadingZeros: config.positionsLeadingZeros ?? "keep",
      dateOnlyExpiry: config.dateOnlyExpiry ?? false
    }
  })
