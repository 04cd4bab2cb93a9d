// Everything that `make` opens, in the order in which a wrong configuration is told best.
import { type Connection, type HttpTransport, notConfigured, type PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { self } from "../connect.ts"
import { type ClientConnection, connectAsClient } from "../credentials/connectAsClient.ts"
import { mmError } from "../errors.ts"
import { localWsdl } from "../soap/fetchWsdl.ts"
import { bundledWsdl, openWsdl } from "../soap/openWsdl.ts"
import { makeXmlReader, type XmlReader } from "../xml/parse.ts"
import type { WsdlError } from "../soap/WsdlError.ts"
import { type CallPlans, planCalls } from "./callPlans.ts"
import type { X509Settings } from "./configuration.ts"

/** An open adapter's parts. */
export interface Opened {
  readonly connection: Connection
  readonly client: ClientConnection
  readonly plans: CallPlans
  readonly readXml: XmlReader
}

export const wsdlProblem = ({ message }: WsdlError): PaymentError => notConfigured(self.instance, "wsdl", message)

/** Reads credentials and WSDL, and opens the connections, which live as long as the scope. */
export const openX509 = Effect.fnUntraced(function* (
  settings: X509Settings
): Effect.fn.Return<Opened, PaymentError, HttpTransport | Scope.Scope> {
  const client = yield* connectAsClient(settings.credentials, settings)
  const { connection } = client
  const place = localWsdl(settings.wsdl ?? bundledWsdl, connection)
  const local = yield* Effect.mapError(place, (trouble) => mmError(self, "start", trouble))
  const wsdl = yield* Effect.mapError(openWsdl(local), wsdlProblem)
  const plans = yield* Effect.mapError(Effect.fromResult(planCalls(wsdl, settings.statusOperation)), wsdlProblem)
  return { connection, client, plans, readXml: yield* makeXmlReader }
})
