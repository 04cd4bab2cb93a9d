import type { CheckResult } from "@maksa/core"
import * as Effect from "effect/Effect"

import { checkCertificate, nobody, reached } from "../check.ts"
import type { Trouble } from "../errors.ts"
import { askInvoices } from "../x509/check.ts"
import type { PaymentApiSettings } from "./configuration.ts"
import type { OpenedApi } from "./service.ts"

/** Asks about nobody's request: MM's own word that it knows none proves address, token and certificate. */
const askApi = ({ call }: OpenedApi): Effect.Effect<void, Trouble> =>
  call("checkpaymentrequeststatus", { PaymentRequestId: nobody }).pipe(
    Effect.asVoid,
    Effect.catch((trouble) => (trouble.situation === "business_fault" ? Effect.void : Effect.fail(trouble)))
  )

/** Never fails: what is wrong is in the results. */
export const runChecks = Effect.fnUntraced(function* (
  opened: OpenedApi,
  settings: PaymentApiSettings
): Effect.fn.Return<ReadonlyArray<CheckResult>> {
  const { client, documents, mmCert } = opened
  const certificates = [
    yield* checkCertificate(mmCert),
    ...(client === undefined ? [] : [yield* checkCertificate(client, "clientCertificate")]),
    ...(documents === undefined ? [] : [yield* checkCertificate(documents.client, "documentsCertificate")])
  ]
  const api = reached("paymentApi", yield* Effect.result(askApi(opened)))
  const invoices =
    documents === undefined
      ? []
      : [reached("invoices", yield* Effect.result(askInvoices(documents.connection, documents.invoices, settings)))]
  return [
    { name: "configuration", isOk: true, message: `Set up for the ${settings.environment} environment.` },
    ...certificates,
    api,
    ...invoices
  ]
})
