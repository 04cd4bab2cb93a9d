import type { HttpTransport, PaymentError } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { connectAs, credentialsError } from "../connect.ts"
import { connectAsClient } from "../credentials/connectAsClient.ts"
import { openRenewing } from "../credentials/renewing.ts"
import { makeXmlReader } from "../xml/parse.ts"
import { makeApiCall } from "./api.ts"
import type { CertificateConfig, PaymentApiSettings } from "./configuration.ts"
import { makeJson } from "./json.ts"
import { digestOf, type MmCert, readMmCert } from "./mmCert.ts"
import type { OpenedApi } from "./service.ts"

type Opening<A> = Effect.Effect<A, PaymentError, HttpTransport | Scope.Scope>

const openDocuments = (settings: PaymentApiSettings): Opening<OpenedApi["documents"]> =>
  Effect.gen(function* () {
    const { documents } = settings
    if (documents === undefined) return undefined
    const client = yield* connectAsClient(documents.credentials, settings, "documents.credentials")
    const { connection } = client
    return { client, connection, invoices: documents.invoices, readXml: yield* makeXmlReader }
  })

const openMmCert = (given: CertificateConfig): Effect.Effect<MmCert, PaymentError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.mapError(Effect.fromResult(readMmCert(given, now)), credentialsError())
  )

/** Reads the certificates and opens the connections, which live as long as the scope. */
export const openPaymentApi = (settings: PaymentApiSettings): Opening<OpenedApi> =>
  Effect.gen(function* () {
    const mmCert = yield* openRenewing(settings.credentials, digestOf, openMmCert)
    const { clientCertificate } = settings
    const client =
      clientCertificate === undefined
        ? undefined
        : yield* connectAsClient(clientCertificate, settings, "clientCertificate")
    const connection = client?.connection ?? (yield* connectAs(undefined, settings))
    const json = yield* makeJson
    const call = makeApiCall(settings, connection, mmCert, json)
    return { call, json, mmCert, client, documents: yield* openDocuments(settings) }
  })
