import type { Adapter, HttpTransport, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { self } from "../connect.ts"
import { mmError, type Trouble } from "../errors.ts"
import type { PaymentApiManifest } from "../../manifest.ts"
import { noReference, referenceOf } from "../mapping.ts"
import type { VissMmPaymentOptions } from "../../options.ts"
import { makeVerbs } from "../verbs.ts"
import { readPaymentApiConfig } from "./configuration.ts"
import { openPaymentApi } from "./open.ts"
import { makePaymentApiService } from "./service.ts"
import type { VissMmPaymentApiConfig } from "../../options.ts"

/** The service that the configuration describes, with its settings. */
export const openPaymentApiService = Effect.fnUntraced(function* (config: VissMmPaymentApiConfig) {
  const settings = yield* Effect.fromResult(readPaymentApiConfig(config))
  return { settings, service: makePaymentApiService(yield* openPaymentApi(settings), settings) }
})

export const makePaymentApiAdapter = Effect.fnUntraced(function* (
  config: VissMmPaymentApiConfig
): Effect.fn.Return<Adapter<PaymentApiManifest, VissMmPaymentOptions>, PaymentError, HttpTransport | Scope.Scope> {
  const { service, settings } = yield* openPaymentApiService(config)
  return {
    ...makeVerbs(service, settings),

    list: Effect.fn("VissMm.list")((span) =>
      Effect.mapError(service.list(span), (trouble: Trouble) => mmError(self, "list", trouble))
    ),

    issueInvoice: Effect.fn("VissMm.issueInvoice")(function* (attempt, payer) {
      const paymentRequestId = referenceOf(attempt)
      if (paymentRequestId === undefined) return yield* noReference(attempt, "issueInvoice")
      return yield* Effect.mapError(service.issueInvoice(paymentRequestId, payer), (trouble) =>
        mmError(attempt, "issueInvoice", trouble)
      )
    })
  }
})
