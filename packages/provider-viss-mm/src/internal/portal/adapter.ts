import type { Inbound } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { acknowledgements, makeVerbs } from "../verbs.ts"
import { readPortalConfig } from "./configuration.ts"
import { openPortal } from "./open.ts"
import { hasMessage, readPush } from "./push.ts"
import { makePortalService } from "./service.ts"
import type { VissMmPortalConfig } from "../../options.ts"

export const makePortalAdapter = Effect.fnUntraced(function* (config: VissMmPortalConfig) {
  const settings = yield* Effect.fromResult(readPortalConfig(config))
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
