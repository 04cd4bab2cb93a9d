import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { bankingDaysOf } from "../config.ts"
import { configError } from "../connect.ts"
import { type PortalManifest, portalManifestFor } from "../manifest.ts"
import { options, type VissMmPaymentOptions } from "../options.ts"
import { makeVerbs } from "../verbs.ts"
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
    webhook: Effect.fn("VissMm.webhook")(function* (inbound: Parameters<typeof verbs.webhook>[0]) {
      const verdict = yield* verbs.webhook(inbound)
      if (!hasMessage(inbound)) return verdict
      return { ...verdict, ...(yield* Effect.fromResult(readPush(inbound.body, opened.readXml))) }
    })
  }
})

export const portalProvider = (config: VissMmPortalConfig): VissMmPortal => ({
  instance: "viss-mm",
  environment: config.environment,
  manifest: portalManifestFor(config.mode, bankingDaysOf(config)),
  options,
  make: makeAdapter(config)
})
