import type { CheckResult } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { paymentError, type Trouble } from "../errors.ts"
import { exchange, situationOfStatus, statusTrouble } from "../exchange.ts"
import { operations } from "../internal/wire.ts"
import { wsdlLimits } from "../internal/wsdlGuard.ts"
import type { X509Settings } from "./config.ts"
import type { Opened } from "./open.ts"

const day = 86_400_000
/** An authority needs time to issue a new certificate. */
const warnDays = 30
/** An id that no payment request has: the answer "nothing there" proves that the service is. */
const nobody = "00000000-0000-0000-0000-000000000000"

const certificateResult = ({ notAfter }: Opened["certificate"], now: number): CheckResult => {
  const left = Math.floor((notAfter.getTime() - now) / day)
  const message =
    left < 0
      ? "The client certificate has expired."
      : left < warnDays
        ? `The client certificate expires in ${left} days. Order a new one.`
        : `The client certificate is valid for ${left} days.`
  return { name: "certificate", isOk: left >= 0, message, expiresAt: notAfter.getTime() }
}

const reached = (name: string, found: Result.Result<unknown, Trouble>): CheckResult =>
  Result.isSuccess(found)
    ? { name, isOk: true, message: "The service answers and accepts the certificate." }
    : { name, isOk: false, message: paymentError("status", found.failure).reason.message }

/** Reads the description of the service with the certificate: nothing changes at MM. */
const askService = Effect.fnUntraced(function* ({ connection, readXml }: Opened, settings: X509Settings) {
  const url = new URL(settings.paymentRequestService)
  url.search = "?singleWsdl"
  const headers = { accept: "text/xml" }
  const response = yield* exchange(connection, { method: "GET", url, headers }, wsdlLimits.maxBytes)
  yield* statusTrouble(response) ?? Effect.void
  return Result.isSuccess(readXml(response.body, wsdlLimits))
})

const askInvoices = Effect.fnUntraced(function* ({ connection }: Opened, settings: X509Settings) {
  const url = new URL(`Xml/${nobody}`, settings.invoices)
  const headers = { accept: "application/xml, text/xml" }
  const response = yield* exchange(connection, { method: "GET", url, headers }, settings.maxReceiptBytes)
  const situation = situationOfStatus(response.status)
  if (situation === "not_found" || situation === "client_error" || situation === "no_content") return
  yield* statusTrouble(response) ?? Effect.void
})

/** Configuration, certificate, description and both addresses. Never fails: what is wrong is in the results. */
export const runChecks = Effect.fnUntraced(function* (
  opened: Opened,
  settings: X509Settings
): Effect.fn.Return<ReadonlyArray<CheckResult>> {
  const now = yield* Clock.currentTimeMillis
  const [service, invoices] = yield* Effect.all(
    [Effect.result(askService(opened, settings)), Effect.result(askInvoices(opened, settings))],
    { concurrency: 2 }
  )
  const isHtml = Result.isSuccess(service) && !service.success
  return [
    { name: "configuration", isOk: true, message: `Set up for the ${settings.environment} environment.` },
    certificateResult(opened.certificate, now),
    {
      name: "wsdl",
      isOk: true,
      message: `The WSDL has ${operations.save} and ${operations.status}${settings.wsdl === undefined ? "; it is the draft of this package, not your environment's" : ""}.`
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
