// What every service of MM is configured with, and how it is read.
import type { Environment } from "@maksa/core"
import * as Data from "effect/Data"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { readAuthorities, readCiphers, readLimit } from "./configurationFields.ts"
import type { CredentialsConfig } from "./credentials/credentials.ts"
import { defaultBankingDays } from "../manifest.ts"
import type { VerbSettings } from "./verbs.ts"
import type { CommonConfig, Secret, VissMmCredentials } from "../options.ts"

/** A field of the configuration is missing or wrong. `message` never holds its value. */
export class ConfigProblem extends Data.TaggedError("ConfigProblem")<{
  readonly field: string
  readonly message: string
}> {}

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

type Read<A> = Result.Result<A, ConfigProblem>

const environments: ReadonlySet<unknown> = new Set<Environment>(["sandbox", "test", "live"])

const unwrap = <A>(secret: Secret<A>): A => (Redacted.isRedacted(secret) ? Redacted.value(secret) : secret)

export const problem = (field: string, message: string): Read<never> =>
  Result.fail(new ConfigProblem({ field, message: `${field}: ${message}` }))

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

/** One of a few values, or the default. */
export const oneOf = <A>(field: string, value: A | undefined, allowed: ReadonlyArray<A>, otherwise: A): Read<A> =>
  value === undefined
    ? Result.succeed(otherwise)
    : allowed.includes(value)
      ? Result.succeed(value)
      : problem(field, `must be one of ${allowed.join(", ")}`)

/** Says which field a failed reading is of. */
export const at = <A>(field: string, read: Result.Result<A, string>): Read<A> =>
  Result.mapError(read, (message) => new ConfigProblem({ field, message: `${field}: ${message}` }))

/** Banking days of the configuration, or the default where they make no sense: reading it then says so. */
export const bankingDaysOf = ({ finality }: CommonConfig): number =>
  Result.getOrElse(readLimit(finality?.bankingDays, 60, defaultBankingDays, 0), () => defaultBankingDays)

const protocols = ["TLSv1.2", "TLSv1.3"] as const

/** Checks what all services share and names the first field that is wrong. */
export const readCommon = (config: CommonConfig): Read<CommonSettings> =>
  Result.gen(function* () {
    if (!environments.has(config.environment)) {
      return yield* problem("environment", "must be sandbox, test or live; there is no default")
    }
    const { ca, finality, timeouts, tls } = config
    const ciphers = yield* at("tls.ciphers", readCiphers(tls?.ciphers))
    yield* at("finality.bankingDays", readLimit(finality?.bankingDays, 60, defaultBankingDays, 0))
    return {
      environment: config.environment,
      ca: ca === undefined ? undefined : yield* at("ca", readAuthorities(ca)),
      tls: {
        minVersion: yield* oneOf("tls.minVersion", tls?.minVersion, protocols, "TLSv1.2"),
        ...(ciphers === undefined ? {} : { ciphers })
      },
      connectTimeoutMillis: yield* at("timeouts.connectMillis", readLimit(timeouts?.connectMillis, 300_000, 5_000)),
      responseTimeoutMillis: yield* at("timeouts.responseMillis", readLimit(timeouts?.responseMillis, 300_000, 30_000)),
      maxReceiptBytes: yield* at("maxReceiptBytes", readLimit(config.maxReceiptBytes, 104_857_600, 10_485_760)),
      positionsLeadingZeros: yield* oneOf<"keep" | "stripOne">(
        "positionsLeadingZeros",
        config.positionsLeadingZeros,
        ["keep", "stripOne"],
        "keep"
      ),
      dateOnlyExpiry: yield* oneOf("dateOnlyExpiry", config.dateOnlyExpiry, [true, false], false)
    }
  })
