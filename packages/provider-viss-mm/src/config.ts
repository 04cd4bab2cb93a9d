import type { Environment } from "@maksa/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Data from "effect/Data"

import { readAuthorities, readCiphers, readLimit, readServiceUrl, readWsdlSource } from "./internal/configFields.ts"
import type { CredentialsConfig } from "./internal/credentials.ts"
import type { RequestSettings } from "./internal/request.ts"
import { defaultBankingDays } from "./manifest.ts"

/** A secret: plain, or already wrapped. It is wrapped as soon as it is read. */
export type Secret<A> = A | Redacted.Redacted<A>

/** The client certificate that the service owner issued, with its key: PEM text, or the bytes of a PFX file. */
export type VissMmCredentials =
  | { readonly pem: Secret<string | Uint8Array>; readonly passphrase?: Secret<string> }
  | { readonly pfx: Secret<Uint8Array>; readonly passphrase?: Secret<string> }

/** Where the service's description comes from: a file, an https address (fetched with the certificate), or its text. */
export type VissMmWsdl = { readonly file: string | URL } | { readonly url: string | URL } | { readonly text: string }

/** What `vissMm` is configured with. There are no defaults for what decides where money goes. */
export interface VissMmConfig {
  readonly environment: Environment
  readonly credentials: VissMmCredentials
  readonly endpoints: {
    /** Address of `PaymentRequestService.svc`; it goes before the one in the WSDL. */
    readonly paymentRequestService: string | URL
    /** Address of the folder `Invoices/`. */
    readonly invoices: string | URL
  }
  /** Default: the draft that comes with this package. Give the WSDL of your environment: the real one is not public. */
  readonly wsdl?: VissMmWsdl
  /** Trusted authorities (PEM) instead of the system's. */
  readonly ca?: string | Uint8Array | ReadonlyArray<string | Uint8Array>
  readonly tls?: {
    /** Default TLSv1.2. */
    readonly minVersion?: "TLSv1.2" | "TLSv1.3"
    /** OpenSSL's cipher list, for old servers. */
    readonly ciphers?: string
  }
  readonly timeouts?: {
    /** Default 5,000. */
    readonly connectMillis?: number
    /** Of silence; default 30,000. */
    readonly responseMillis?: number
  }
  /** Largest supporting document; default 10 MiB. */
  readonly maxReceiptBytes?: number
  /** `stripOne`: positions go without one leading zero. Default `keep`. */
  readonly positionsLeadingZeros?: "keep" | "stripOne"
  /** How long E and R stay soft. Default: three banking days. */
  readonly finality?: { readonly bankingDays: number }
  /** Sends ExpiryDate as a date alone, for services that take no time of day; payable until the end of that day. */
  readonly dateOnlyExpiry?: boolean
}

/** A field of the configuration is missing or wrong. `message` never holds its value. */
export class ConfigProblem extends Data.TaggedError("ConfigProblem")<{
  readonly field: string
  readonly message: string
}> {}

/** The configuration, checked as far as it can be without a file, a socket or a key. */
export interface Settings extends RequestSettings {
  readonly environment: Environment
  readonly credentials: CredentialsConfig
  readonly paymentRequestService: URL
  readonly invoices: URL
  readonly wsdl: { readonly path: string | URL } | { readonly url: URL } | { readonly text: string } | undefined
  readonly ca: ReadonlyArray<string> | undefined
  readonly tls: NonNullable<VissMmConfig["tls"]>
  readonly connectTimeoutMillis: number
  readonly responseTimeoutMillis: number
  readonly maxReceiptBytes: number
}

const environments: ReadonlySet<unknown> = new Set<Environment>(["sandbox", "test", "live"])

const unwrap = <A>(secret: Secret<A>): A => (Redacted.isRedacted(secret) ? Redacted.value(secret) : secret)

const problem = (field: string, message: string): Result.Result<never, ConfigProblem> =>
  Result.fail(new ConfigProblem({ field, message: `${field}: ${message}` }))

/** Callers may be untyped: what must be text or bytes is looked at. */
const readSecrets = (given: VissMmCredentials): Result.Result<CredentialsConfig, ConfigProblem> => {
  if (typeof given !== "object" || given === null) return problem("credentials", "give { pem } or { pfx }")
  const phrase = given.passphrase === undefined ? undefined : unwrap(given.passphrase)
  if (phrase !== undefined && typeof phrase !== "string") return problem("credentials.passphrase", "must be a text")
  const passphrase =
    phrase === undefined ? {} : { passphrase: Redacted.make(phrase, { label: "vissMm.credentials.passphrase" }) }
  if ("pem" in given) {
    const pem = unwrap(given.pem)
    return (typeof pem === "string" && pem !== "") || pem instanceof Uint8Array
      ? Result.succeed({ pem, ...passphrase })
      : problem("credentials.pem", "must be the text of a PEM file")
  }
  const pfx: unknown = "pfx" in given ? unwrap(given.pfx) : undefined
  return pfx instanceof Uint8Array
    ? Result.succeed({ pfx, ...passphrase })
    : problem("credentials", "give { pem } (text) or { pfx } (bytes of the file)")
}

const oneOf = <A>(field: string, value: A | undefined, allowed: ReadonlyArray<A>, otherwise: A) =>
  value === undefined
    ? Result.succeed(otherwise)
    : allowed.includes(value)
      ? Result.succeed(value)
      : problem(field, `must be one of ${allowed.join(", ")}`)

const at = <A>(field: string, read: Result.Result<A, string>): Result.Result<A, ConfigProblem> =>
  Result.mapError(read, (message) => new ConfigProblem({ field, message: `${field}: ${message}` }))

/** Banking days of the configuration, or the default where they make no sense: `readConfig` then says so. */
export const bankingDaysOf = ({ finality }: VissMmConfig): number =>
  Result.getOrElse(readLimit(finality?.bankingDays, 60, defaultBankingDays, 0), () => defaultBankingDays)

/** Checks the configuration and names the first field that is wrong. */
export const readConfig = (config: VissMmConfig): Result.Result<Settings, ConfigProblem> =>
  Result.gen(function* () {
    if (!environments.has(config.environment)) {
      return yield* problem("environment", "must be sandbox, test or live; there is no default")
    }
    const { ca, endpoints, finality, timeouts, tls, wsdl } = config
    const ciphers = yield* at("tls.ciphers", readCiphers(tls?.ciphers))
    yield* at("finality.bankingDays", readLimit(finality?.bankingDays, 60, defaultBankingDays, 0))
    return {
      environment: config.environment,
      credentials: yield* readSecrets(config.credentials),
      paymentRequestService: yield* at(
        "endpoints.paymentRequestService",
        readServiceUrl(endpoints?.paymentRequestService)
      ),
      invoices: yield* at("endpoints.invoices", readServiceUrl(endpoints?.invoices, "folder")),
      wsdl: wsdl === undefined ? undefined : yield* at("wsdl", readWsdlSource(wsdl)),
      ca: ca === undefined ? undefined : yield* at("ca", readAuthorities(ca)),
      tls: {
        minVersion: yield* oneOf<"TLSv1.2" | "TLSv1.3">(
          "tls.minVersion",
          tls?.minVersion,
          ["TLSv1.2", "TLSv1.3"],
          "TLSv1.2"
        ),
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
