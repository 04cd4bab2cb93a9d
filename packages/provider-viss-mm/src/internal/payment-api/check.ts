import type { CheckResult } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

import { certificateResult, nobody, reached } from "../check.ts"
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
  const now = yield* Clock.currentTimeMillis
  const { documents, mmCert } = opened
  const api = reached("paymentApi", yield* Effect.result(askApi(opened)))
  const certificate: CheckResult =
    mmCert.certificate === undefined
      ? {
          name: "certificate",
          isOk: true,
          message: "MM_Cert is a whole PFX file with the private key. Its dates are not known here."
        }
      : certificateResult(mmCert.certificate, now)
  const invoices =
    documents === undefined
      ? []
      : [reached("invoices", yield* Effect.result(askInvoices(documents.connection, documents.invoices, settings)))]
  return [
    { name: "configuration", isOk: true, message: `Set up for the ${settings.environment} environment.` },
    certificate,
    api,
    ...invoices
  ]
})
