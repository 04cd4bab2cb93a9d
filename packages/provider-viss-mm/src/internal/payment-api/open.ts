import type { HttpTransport, PaymentError } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { connectAs, credentialsError } from "../connect.ts"
import { readCredentials } from "../credentials/credentials.ts"
import { makeJson } from "./json.ts"
import { makeXmlReader } from "../xml/parse.ts"
import { makeApiCall } from "./api.ts"
import type { PaymentApiSettings } from "./configuration.ts"
import { readMmCert } from "./mmCert.ts"
import type { OpenedApi } from "./service.ts"

type Opening<A> = Effect.Effect<A, PaymentError, HttpTransport | Scope.Scope>

const openDocuments = (settings: PaymentApiSettings): Opening<OpenedApi["documents"]> =>
  Effect.gen(function* () {
    const { documents } = settings
    if (documents === undefined) return undefined
    const credentials = yield* Effect.mapError(
      readCredentials(documents.credentials),
      credentialsError("documents.credentials")
    )
    const connection = yield* connectAs(credentials, settings)
    return { connection, invoices: documents.invoices, readXml: yield* makeXmlReader }
  })

/** Reads the certificates and opens the connections, which live as long as the scope. */
export const openPaymentApi = (settings: PaymentApiSettings): Opening<OpenedApi> =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const mmCert = yield* Effect.mapError(Effect.fromResult(readMmCert(settings.credentials, now)), credentialsError())
    const { clientCertificate } = settings
    const client =
      clientCertificate === undefined
        ? undefined
        : yield* Effect.mapError(readCredentials(clientCertificate), credentialsError("clientCertificate"))
    const connection = yield* connectAs(client, settings)
    const json = yield* makeJson
    const call = makeApiCall(settings, connection, mmCert, json)
    return { call, json, mmCert, documents: yield* openDocuments(settings) }
  })
