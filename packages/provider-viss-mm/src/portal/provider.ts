import type { HttpTransport, Inbound, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"

import { bankingDaysOf } from "../config.ts"
import { configError } from "../connect.ts"
import { type PortalManifest, portalManifestFor } from "../manifest.ts"
import { options, type VissMmPaymentOptions } from "../options.ts"
import { acknowledgements, makeVerbs } from "../verbs.ts"
import { readPortalConfig, type VissMmPortalConfig } from "./config.ts"
import { openPortal } from "./open.ts"
import { hasMessage, readPush } from "./push.ts"
import { makePortalService } from "./service.ts"

/** MM as a service of the portal: the payer goes on to MM's page (`sync`), or pays later from the document list (`async`). */
export type VissMmPortal = Provider<PortalManifest, VissMmPaymentOptions, "viss-mm", HttpTransport | Scope.Scope>

const makeAdapter = Effect.fnUntraced(function* (config: VissMmPortalConfig) {
  const settings = yield* Effect.mapError(Effect.fromResult(readPortalConfig(config)), configError)
  const opened = yield* openPortal(settings)
  const verbs = makeVerbs(makePortalService(opened, settings), settings)
  return {
    ...verbs,
    // Read at once and not inside the effect: an error that is made there keeps the fiber, and with it the message.
    webhook: (inbound: Inbound) =>
      hasMessage(inbound)
        ? Effect.fromResult(
            Result.map(readPush(inbound.body, opened.readXml), (read) => ({ ...read, ...acknowledgements }))
          ).pipe(Effect.withSpan("VissMm.webhook"))
        : verbs.webhook(inbound)
  }
})

export const portalProvider = (config: VissMmPortalConfig): VissMmPortal => ({
  instance: "viss-mm",
  environment: config.environment,
  manifest: portalManifestFor(config.mode, bankingDaysOf(config)),
  options,
  make: makeAdapter(config)
})
