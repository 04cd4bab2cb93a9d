// Everything that `make` opens, in the order in which a wrong configuration is told best.
import { AuthenticationFailed, type Connection, HttpTransport, NotConfigured, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"

import { type Settings, ConfigProblem } from "./config.ts"
import { paymentError } from "./errors.ts"
import { exchange, statusTrouble } from "./exchange.ts"
import { type CertificateFacts, type ClientCredentials, readCredentials } from "./internal/credentials.ts"
import type { CredentialsError, CredentialsProblem } from "./internal/CredentialsError.ts"
import { bundledWsdl, openWsdl, type WsdlSource } from "./internal/openWsdl.ts"
import { makeXmlReader, type XmlReader } from "./internal/parse.ts"
import { planCalls, type CallPlans } from "./internal/callPlans.ts"
import { wsdlLimits } from "./internal/wsdlGuard.ts"
import type { WsdlError } from "./internal/WsdlError.ts"

/** An open adapter's parts. */
export interface Opened {
  readonly connection: Connection
  readonly certificate: CertificateFacts
  readonly plans: CallPlans
  readonly readXml: XmlReader
}

/** Which field of the configuration a problem with the credentials is about. */
const credentialsFields: Readonly<Record<CredentialsProblem, string>> = {
  wrong_passphrase: "credentials.passphrase",
  legacy_pfx: "credentials.pfx",
  legacy_key: "credentials.pem",
  no_private_key: "credentials",
  no_certificate: "credentials",
  not_a_certificate: "credentials",
  key_mismatch: "credentials",
  expired: "credentials",
  not_yet_valid: "credentials",
  rejected_by_tls: "credentials"
}

const notConfigured = (field: string, message: string): PaymentError =>
  new PaymentError({ operation: "start", reason: new NotConfigured({ field, message }) })

export const configError = ({ field, message }: ConfigProblem): PaymentError => notConfigured(field, `${message}.`)

/** A certificate out of its dates is not a slip in the configuration: nobody would accept it. */
export const credentialsError = ({ message, problem }: CredentialsError): PaymentError => {
  const field = credentialsFields[problem]
  return problem === "expired" || problem === "not_yet_valid"
    ? new PaymentError({ operation: "start", reason: new AuthenticationFailed({ message: `${field}: ${message}.` }) })
    : notConfigured(field, `${field}: ${message}.`)
}

export const wsdlProblem = ({ message }: WsdlError): PaymentError => notConfigured("wsdl", `wsdl: ${message}.`)

const connectAs = Effect.fnUntraced(function* (
  { tls }: ClientCredentials,
  settings: Settings
): Effect.fn.Return<Connection, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  return yield* Effect.mapError(
    transport.connect({
      tls: { ...settings.tls, ...Redacted.value(tls), ...(settings.ca === undefined ? {} : { ca: settings.ca }) },
      connectTimeoutMillis: settings.connectTimeoutMillis,
      responseTimeoutMillis: settings.responseTimeoutMillis
    }),
    ({ code }) => notConfigured("tls", `tls: the connection cannot be set up (${code}).`)
  )
})

/** The WSDL's text by the agency's own connection: nothing else of this process goes to that address. */
const fetchWsdl = Effect.fnUntraced(function* (url: URL, connection: Connection) {
  const headers = { accept: "text/xml, application/xml" }
  const response = yield* exchange(connection, { method: "GET", url, headers }, wsdlLimits.maxBytes)
  return yield* statusTrouble(response) ?? Effect.succeed<WsdlSource>({ text: new TextDecoder().decode(response.body) })
})

/** Reads credentials and WSDL, and opens the connections, which live as long as the scope. */
export const open = Effect.fnUntraced(function* (
  settings: Settings
): Effect.fn.Return<Opened, PaymentError, HttpTransport | Scope.Scope> {
  const credentials = yield* Effect.mapError(readCredentials(settings.credentials), credentialsError)
  const connection = yield* connectAs(credentials, settings)
  const source = settings.wsdl ?? bundledWsdl
  const local =
    "url" in source
      ? yield* Effect.mapError(fetchWsdl(source.url, connection), (trouble) => paymentError("wsdl", trouble))
      : source
  const wsdl = yield* Effect.mapError(openWsdl(local), wsdlProblem)
  const plans = yield* Effect.mapError(Effect.fromResult(planCalls(wsdl)), wsdlProblem)
  return { connection, certificate: credentials.certificate, plans, readXml: yield* makeXmlReader }
})
