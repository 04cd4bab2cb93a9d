import type { CheckResult, Connection } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { checkCertificate, nobody, reached } from "../check.ts"
import { exchange, situationOfStatus, statusTrouble } from "../exchange.ts"
import { operations } from "../wire.ts"
import { wsdlLimits } from "../soap/wsdlGuard.ts"
import type { X509Settings } from "./configuration.ts"
import type { Opened } from "./open.ts"

/** Reads the description of the service with the certificate: nothing changes at MM. */
const askService = Effect.fnUntraced(function* ({ connection, readXml }: Opened, settings: X509Settings) {
  const url = new URL(settings.paymentRequestService)
  url.search = "?singleWsdl"
  const headers = { accept: "text/xml" }
  const response = yield* exchange(connection, { method: "GET", url, headers }, wsdlLimits.maxBytes)
  yield* statusTrouble(response) ?? Effect.void
  return Result.isSuccess(readXml(response.body, wsdlLimits))
})

/** Asks for nobody's document: that there is none proves that the address and the certificate are good. */
export const askInvoices = Effect.fnUntraced(function* (
  connection: Connection,
  invoices: URL,
  { maxReceiptBytes }: { readonly maxReceiptBytes: number }
) {
  const url = new URL(`Xml/${nobody}`, invoices)
  const headers = { accept: "application/xml, text/xml" }
  const response = yield* exchange(connection, { method: "GET", url, headers }, maxReceiptBytes)
  const situation = situationOfStatus(response.status)
  if (situation === "not_found" || situation === "client_error" || situation === "no_content") return
  yield* statusTrouble(response) ?? Effect.void
})

/** What of the description is used, and what it lacks. */
const wsdlMessage = ({ plans }: Opened, { wsdl }: X509Settings): string => {
  const positions = plans.position === undefined ? `; no ${operations.position} that tells positions apart` : ""
  const draft = wsdl === undefined ? "; it is the draft of this package, not your environment's" : ""
  return `The WSDL has ${operations.save} and ${plans.status.operation}${positions}${draft}.`
}

/** Configuration, certificate, description and both addresses. Never fails: what is wrong is in the results. */
export const runChecks = Effect.fnUntraced(function* (
  opened: Opened,
  settings: X509Settings
): Effect.fn.Return<ReadonlyArray<CheckResult>> {
  const certificate = yield* checkCertificate(opened.client)
  const [service, invoices] = yield* Effect.all(
    [
      Effect.result(askService(opened, settings)),
      Effect.result(askInvoices(opened.connection, settings.invoices, settings))
    ],
    { concurrency: 2 }
  )
  const isHtml = Result.isSuccess(service) && !service.success
  return [
    { name: "configuration", isOk: true, message: `Set up for the ${settings.environment} environment.` },
    certificate,
    {
      name: "wsdl",
      isOk: true,
      message: wsdlMessage(opened, settings)
    },
    isHtml
      ? {
          name: "paymentRequestService",
          isOk: true,
          message: "The service answers and accepts the certificate, but publishes no WSDL at ?singleWsdl."
        }
      : reached("paymentRequestService", service),
    reached("invoices", invoices)
  ]
})
