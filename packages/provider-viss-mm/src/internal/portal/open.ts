import type { HttpTransport, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { configError, connectAs, credentialsError, self } from "../connect.ts"
import { mmError } from "../errors.ts"
import { type CertificateFacts, readCredentials } from "../credentials/credentials.ts"
import { makeXmlReader, type XmlReader } from "../xml/parse.ts"
import { openPfas, openSecurity } from "../sts/open.ts"
import type { PfasService } from "../sts/PfasService.ts"
import { wsdlProblem } from "../x509/open.ts"
import type { PortalSettings } from "./configuration.ts"
import { makeRequestService, type RequestService } from "./RequestService.ts"

/** An open adapter's parts. */
export interface OpenedPortal {
  readonly certificate: CertificateFacts
  readonly requestService: RequestService
  readonly pfas: PfasService
  readonly readXml: XmlReader
}

/** Reads credentials and WSDL, and opens the connections, which live as long as the scope. */
export const openPortal = Effect.fnUntraced(function* (
  settings: PortalSettings
): Effect.fn.Return<OpenedPortal, PaymentError, HttpTransport | Scope.Scope> {
  const credentials = yield* Effect.mapError(readCredentials(settings.credentials), credentialsError())
  const connection = yield* connectAs(credentials, settings)
  const readXml = yield* makeXmlReader
  const security = yield* Effect.mapError(openSecurity(settings.sts, credentials, { connection, readXml }), configError)
  const { appliesTo, endpoint } = settings.requestService
  return {
    certificate: credentials.certificate,
    requestService: makeRequestService({ ...security, appliesTo, endpoint }, settings.requestService),
    pfas: yield* Effect.mapError(openPfas(settings.pfas, security, settings), (problem) =>
      problem._tag === "Trouble" ? mmError(self, "start", problem) : wsdlProblem(problem)
    ),
    readXml
  }
})
