import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf, environmentOf } from "../configuration.ts"
import { type PortalManifest, portalManifestFor } from "../../manifest.ts"
import { options, type VissMmPaymentOptions } from "../../options.ts"
import type { VissMmPortalConfig } from "../../options.ts"

/** MM as a service of the portal: the payer goes on to MM's page (`sync`), or pays later from the document list (`async`). */
export type VissMmPortal = Provider<PortalManifest, VissMmPaymentOptions, "viss-mm", HttpTransport | Scope.Scope>

// Loaded when it is opened: an application has one of the three services, and starts without the others.
const adapter = Effect.promise(() => import("./adapter.ts"))

export const portalProvider = (config: VissMmPortalConfig): VissMmPortal => ({
  instance: "viss-mm",
  environment: environmentOf(config),
  manifest: portalManifestFor(config.mode, bankingDaysOf(config)),
  options,
  make: Effect.flatMap(adapter, ({ makePortalAdapter }) => makePortalAdapter(config))
})
