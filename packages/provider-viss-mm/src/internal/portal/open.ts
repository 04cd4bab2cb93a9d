import type { Connection, HttpTransport, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { self } from "../connect.ts"
import { type Client, digestOf, openClient } from "../credentials/connectAsClient.ts"
import { connectionOf, openRenewing, type Renewing } from "../credentials/renewing.ts"
import { mmError } from "../errors.ts"
import { openPfas, openSecurity, type Security } from "../sts/open.ts"
import type { PfasService } from "../sts/PfasService.ts"
import { wsdlProblem } from "../x509/open.ts"
import { makeXmlReader, type XmlReader } from "../xml/parse.ts"
import type { PortalSettings } from "./configuration.ts"
import { makeRequestService, type RequestService } from "./RequestService.ts"

/** An open adapter's parts. */
export interface OpenedPortal {
  readonly client: Renewing<Client>
  readonly requestService: RequestService
  readonly pfas: PfasService
  readonly readXml: XmlReader
}

/** A client with the tokens that are issued to its certificate. */
interface SecureClient extends Client {
  readonly security: Security
}

/** Connection and tokens of the moment. A token may go over a newer connection: it says by itself whose it is. */
const securityOf = (client: Renewing<SecureClient>, connection: Connection): Security => ({
  ...client.current().security,
  connection,
  tokens: {
    tokenFor: (appliesTo) => Effect.flatMap(client.inUse, ({ security }) => security.tokens.tokenFor(appliesTo)),
    forget: (appliesTo, refused) => Effect.suspend(() => client.current().security.tokens.forget(appliesTo, refused))
  }
})

/** Reads credentials and WSDL, and opens the connections, which live as long as the scope. */
export const openPortal = Effect.fnUntraced(function* (
  settings: PortalSettings
): Effect.fn.Return<OpenedPortal, PaymentError, HttpTransport | Scope.Scope> {
  const readXml = yield* makeXmlReader
  const client = yield* openRenewing(settings.credentials, digestOf, (config) =>
    Effect.gen(function* () {
      const opened: Client = yield* openClient(config, settings)
      const channel = { connection: opened.connection, readXml }
      const security = yield* openSecurity(settings.sts, opened.credentials, channel)
      return { ...opened, security } satisfies SecureClient
    })
  )
  const security = securityOf(client, connectionOf(client, settings.credentials))
  const { appliesTo, endpoint } = settings.requestService
  return {
    client,
    requestService: makeRequestService({ ...security, appliesTo, endpoint }, settings.requestService),
    pfas: yield* Effect.mapError(openPfas(settings.pfas, security, settings), (problem) =>
      problem._tag === "Trouble" ? mmError(self, "start", problem) : wsdlProblem(problem)
    ),
    readXml
  }
})
