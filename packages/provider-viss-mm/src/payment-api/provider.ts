import type { Adapter, HttpTransport, PaymentError, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf } from "../config.ts"
import { configError } from "../connect.ts"
import { paymentError, type Trouble } from "../errors.ts"
import { type PaymentApiManifest, paymentApiManifestFor } from "../manifest.ts"
import { noReference, referenceOf } from "../mapping.ts"
import { options, type VissMmPaymentOptions } from "../options.ts"
import { makeVerbs } from "../verbs.ts"
import { readPaymentApiConfig, type VissMmPaymentApiConfig } from "./config.ts"
import { openPaymentApi } from "./open.ts"
import { makePaymentApiService } from "./service.ts"

/** MM through the JSON microservice: also lists what it has, and issues documents to whom it is told. */
export type VissMmPaymentApi = Provider<
  PaymentApiManifest,
  VissMmPaymentOptions,
  "viss-mm",
  HttpTransport | Scope.Scope
>

/** The service that the configuration describes, with its settings. */
export const openPaymentApiService = Effect.fnUntraced(function* (config: VissMmPaymentApiConfig) {
  const settings = yield* Effect.mapError(Effect.fromResult(readPaymentApiConfig(config)), configError)
  return { settings, service: makePaymentApiService(yield* openPaymentApi(settings), settings) }
})

const makeAdapter = Effect.fnUntraced(function* (
  config: VissMmPaymentApiConfig
): Effect.fn.Return<Adapter<PaymentApiManifest, VissMmPaymentOptions>, PaymentError, HttpTransport | Scope.Scope> {
  const { service, settings } = yield* openPaymentApiService(config)
  return {
    ...makeVerbs(service, settings),

    list: Effect.fn("VissMm.list")((span) =>
      Effect.mapError(service.list(span), (trouble: Trouble) => paymentError("list", trouble))
    ),

    issueInvoice: Effect.fn("VissMm.issueInvoice")(function* (attempt, payer) {
      const paymentRequestId = referenceOf(attempt)
      if (paymentRequestId === undefined) return yield* noReference("issueInvoice", attempt.instance)
      return yield* Effect.mapError(service.issueInvoice(paymentRequestId, payer), (trouble) =>
        paymentError("issueInvoice", trouble, attempt.instance)
      )
    })
  }
})

export const paymentApiProvider = (config: VissMmPaymentApiConfig): VissMmPaymentApi => ({
  instance: "viss-mm",
  environment: config.environment,
  manifest: paymentApiManifestFor(bankingDaysOf(config), config.documents !== undefined),
  options,
  make: makeAdapter(config)
})
