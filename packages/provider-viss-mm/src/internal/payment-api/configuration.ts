import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { at, type CommonSettings, type ConfigProblem, oneOf, problem, readCommon } from "../configuration.ts"
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

type Read<A> = Result.Result<A, ConfigProblem>

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

/** Checks the configuration and names the first field that is wrong. */
export const readPaymentApiConfig = (config: VissMmPaymentApiConfig): Read<PaymentApiSettings> =>
  Result.gen(function* () {
    const { clientCertificate, documents, endpoints, statusOperation, wptPath } = config
    return {
      ...(yield* readCommon(config)),
      credentials: yield* readSource(config.credentials, "credentials", readCertificate),
      paymentApi: yield* at("endpoints.paymentApi", readServiceUrl(endpoints?.paymentApi, "folder")),
      token: yield* readToken(config.token),
      clientCertificate:
        clientCertificate === undefined
          ? undefined
          : yield* readCredentialsSource(clientCertificate, "clientCertificate"),
      statusOperation: yield* oneOf<PaymentApiStatusOperation>(
        "statusOperation",
        statusOperation,
        ["CheckPaymentRequestStatus", "CheckPaymentRequestStatusWpt"],
        "CheckPaymentRequestStatusWpt"
      ),
      wptPath: yield* oneOf<"auto" | "payments" | "paymentrequest">(
        "wptPath",
        wptPath,
        ["auto", "payments", "paymentrequest"],
        "auto"
      ),
      documents: documents === undefined ? undefined : yield* readDocuments(documents)
    }
  })
