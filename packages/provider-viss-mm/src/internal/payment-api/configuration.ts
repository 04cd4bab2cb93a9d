import { makeConfigurationReader } from "@maksa/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

import {
  at,
  commonExpectations,
  commonFields,
  type CommonSettings,
  problem,
  type Read,
  readCommon
} from "../configuration.ts"
import { readServiceUrl } from "../configurationFields.ts"
import { type CredentialsSource, readCredentialsSource, readSource } from "../credentials/credentialsSource.ts"
import type {
  PaymentApiStatusOperation,
  Secret,
  VissMmCertificate,
  VissMmPaymentApiConfig,
  VissMmToken
} from "../../options.ts"

/** What `MM_Cert` is made of, wrapped. */
export type CertificateConfig =
  | { readonly certificate: Redacted.Redacted<string | Uint8Array> }
  | { readonly pfx: Redacted.Redacted<Uint8Array> }

/** The configuration, checked as far as it can be without a file, a socket or a key. */
export interface PaymentApiSettings extends CommonSettings {
  readonly credentials: CredentialsSource<CertificateConfig>
  readonly paymentApi: URL
  readonly token: (() => Promise<Redacted.Redacted>) | undefined
  readonly clientCertificate: CredentialsSource | undefined
  readonly statusOperation: PaymentApiStatusOperation
  readonly wptPath: "auto" | "payments" | "paymentrequest"
  readonly documents: { readonly credentials: CredentialsSource; readonly invoices: URL } | undefined
}

const label = { label: "vissMm.mmCert" }
const unwrap = <A>(secret: Secret<A>): A => (Redacted.isRedacted(secret) ? Redacted.value(secret) : secret)

const readCertificate = (given: VissMmCertificate): Read<CertificateConfig> => {
  if (typeof given !== "object" || given === null) return problem("credentials", "give { certificate }")
  if ("certificate" in given) {
    const certificate: unknown = unwrap(given.certificate)
    if ((typeof certificate === "string" && certificate !== "") || certificate instanceof Uint8Array) {
      return Result.succeed({ certificate: Redacted.make(certificate, label) })
    }
    return problem("credentials.certificate", "must be the text of a PEM file, or the bytes of a DER file")
  }
  const pfx: unknown =
    "dangerouslySendPfxWithPrivateKey" in given ? unwrap(given.dangerouslySendPfxWithPrivateKey) : undefined
  return pfx instanceof Uint8Array
    ? Result.succeed({ pfx: Redacted.make(pfx, label) })
    : problem("credentials", "give { certificate }, or { dangerouslySendPfxWithPrivateKey } with the bytes of a file")
}

const wrap = (token: Secret<string>): Redacted.Redacted =>
  Redacted.isRedacted(token) ? token : Redacted.make(token, { label: "vissMm.token" })

const readToken = (token: VissMmToken | undefined): Read<PaymentApiSettings["token"]> => {
  if (token === undefined) return Result.succeed(undefined)
  if (typeof token === "function") return Result.succeed(async () => wrap(await token()))
  const wrapped = wrap(token)
  const value: unknown = Redacted.value(wrapped)
  return typeof value === "string" && value !== ""
    ? Result.succeed(() => Promise.resolve(wrapped))
    : problem("token", "must be a text, or a function that answers one")
}

const readDocuments = (documents: NonNullable<VissMmPaymentApiConfig["documents"]>) =>
  Result.gen(function* () {
    return {
      credentials: yield* readCredentialsSource(documents.credentials, "documents.credentials"),
      invoices: yield* at("documents.invoices", readServiceUrl(documents.invoices, "folder"))
    }
  })

const operations = ["CheckPaymentRequestStatusWpt", "CheckPaymentRequestStatus"] as const

const reader = makeConfigurationReader(
  "viss-mm",
  Schema.Struct({
    ...commonFields,
    endpoints: Schema.Struct({ paymentApi: Schema.Unknown }),
    token: Schema.optional(Schema.Unknown),
    clientCertificate: Schema.optional(Schema.Unknown),
    statusOperation: Schema.optional(Schema.Literals(operations)),
    wptPath: Schema.optional(Schema.Literals(["auto", "payments", "paymentrequest"])),
    documents: Schema.optional(Schema.Struct({ credentials: Schema.Unknown, invoices: Schema.Unknown }))
  }),
  {
    ...commonExpectations,
    endpoints: "give paymentApi as an https address",
    token: "give a text, or a function that answers one",
    clientCertificate: "give the credentials, or a function that gives them",
    statusOperation: `give one of ${operations.join(", ")}`,
    wptPath: 'give "auto", "payments" or "paymentrequest"',
    documents: "give credentials and invoices"
  }
)

/** Checks the configuration and names the first field that is wrong. */
export const readPaymentApiConfig = (config: VissMmPaymentApiConfig): Read<PaymentApiSettings> =>
  Result.gen(function* () {
    const { endpoints, statusOperation, wptPath, ...read } = yield* reader.read(config)
    const { clientCertificate, documents } = config
    return {
      ...(yield* readCommon(read)),
      credentials: yield* readSource(config.credentials, "credentials", readCertificate),
      paymentApi: yield* at("endpoints.paymentApi", readServiceUrl(endpoints.paymentApi, "folder")),
      token: yield* readToken(config.token),
      clientCertificate:
        clientCertificate === undefined
          ? undefined
          : yield* readCredentialsSource(clientCertificate, "clientCertificate"),
      statusOperation: statusOperation ?? "CheckPaymentRequestStatusWpt",
      wptPath: wptPath ?? "auto",
      documents: documents === undefined ? undefined : yield* readDocuments(documents)
    }
  })
