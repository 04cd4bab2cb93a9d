import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf, environmentOf } from "../configuration.ts"
import { type PaymentApiManifest, paymentApiManifestFor } from "../../manifest.ts"
import { options, type VissMmPaymentOptions } from "../../options.ts"
import type { VissMmPaymentApiConfig } from "../../options.ts"

/** MM through the JSON microservice: also lists what it has, and issues documents to whom it is told. */
export type VissMmPaymentApi = Provider<
  PaymentApiManifest,
  VissMmPaymentOptions,
  "viss-mm",
  HttpTransport | Scope.Scope
>

// Loaded when it is opened: an application has one of the three services, and starts without the others.
const adapter = Effect.promise(() => import("./adapter.ts"))

export const paymentApiProvider = (config: VissMmPaymentApiConfig): VissMmPaymentApi => ({
  instance: "viss-mm",
  environment: environmentOf(config),
  manifest: paymentApiManifestFor(bankingDaysOf(config), config.documents !== undefined),
  options,
  make: Effect.flatMap(adapter, ({ makePaymentApiAdapter }) => makePaymentApiAdapter(config))
})
