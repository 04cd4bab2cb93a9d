import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf } from "../config.ts"
import { configError } from "../connect.ts"
import { type manifest, manifestFor } from "../manifest.ts"
import { options, type VissMmPaymentOptions } from "../options.ts"
import { makeVerbs } from "../verbs.ts"
import { readX509Config, type VissMmConfig } from "./config.ts"
import { openX509 } from "./open.ts"
import { makeX509Service } from "./service.ts"

/** The payment module of the Latvian state platform (VISS MM) as a provider, by SOAP and REST. */
export type VissMm = Provider<typeof manifest, VissMmPaymentOptions, "viss-mm", HttpTransport | Scope.Scope>

/** The service that the configuration describes, with its settings. */
export const openX509Service = Effect.fnUntraced(function* (config: VissMmConfig) {
  const settings = yield* Effect.mapError(Effect.fromResult(readX509Config(config)), configError)
  return { settings, service: makeX509Service(yield* openX509(settings), settings) }
})

export const x509Provider = (config: VissMmConfig): VissMm => ({
  instance: "viss-mm",
  environment: config.environment,
  manifest: manifestFor(bankingDaysOf(config)),
  options,
  make: Effect.map(openX509Service(config), ({ service, settings }) => makeVerbs(service, settings))
})
