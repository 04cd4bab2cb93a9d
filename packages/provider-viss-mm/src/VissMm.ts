import type { Adapter, HttpTransport, PaymentError, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf } from "./config.ts"
import { configError } from "./connect.ts"
import type { manifest } from "./manifest.ts"
import { manifestFor } from "./manifest.ts"
import { options, type VissMmPaymentOptions } from "./options.ts"
import { makeVerbs } from "./verbs.ts"
import { readX509Config, type VissMmConfig } from "./x509/config.ts"
import { openX509 } from "./x509/open.ts"
import { makeX509Service } from "./x509/service.ts"

/** The payment module of the Latvian state platform (VISS MM) as a provider. */
export type VissMm = Provider<typeof manifest, VissMmPaymentOptions, "viss-mm", HttpTransport | Scope.Scope>

const makeX509 = Effect.fnUntraced(function* (
  config: VissMmConfig
): Effect.fn.Return<Adapter<typeof manifest, VissMmPaymentOptions>, PaymentError, HttpTransport | Scope.Scope> {
  const settings = yield* Effect.mapError(Effect.fromResult(readX509Config(config)), configError)
  return makeVerbs(makeX509Service(yield* openX509(settings), settings), settings)
})

/**
 * Configures VISS MM. Nothing is opened or checked until `make` runs, which fails with `NotConfigured` naming the field,
 * or with `AuthenticationFailed` for a certificate out of its dates.
 *
 * **Gotchas** Without `wsdl` the draft of this package is used: fit for the sandbox, but not MM's own.
 */
export const vissMm = (config: VissMmConfig): VissMm => ({
  instance: "viss-mm",
  environment: config.environment,
  manifest: manifestFor(bankingDaysOf(config)),
  options,
  make: makeX509(config)
})
