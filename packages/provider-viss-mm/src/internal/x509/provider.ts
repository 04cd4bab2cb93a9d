import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf, environmentOf } from "../configuration.ts"
import { type manifest, manifestFor } from "../../manifest.ts"
import { options, type VissMmPaymentOptions } from "../../options.ts"
import type { VissMmConfig } from "../../options.ts"

/** The payment module of the Latvian state platform (VISS MM) as a provider, by SOAP and REST. */
export type VissMm = Provider<typeof manifest, VissMmPaymentOptions, "viss-mm", HttpTransport | Scope.Scope>

// Loaded when it is opened: an application has one of the three services, and starts without the others.
const adapter = Effect.promise(() => import("./adapter.ts"))

export const x509Provider = (config: VissMmConfig): VissMm => ({
  instance: "viss-mm",
  environment: environmentOf(config),
  manifest: manifestFor(bankingDaysOf(config)),
  options,
  make: Effect.flatMap(adapter, ({ makeX509Adapter }) => makeX509Adapter(config))
})
