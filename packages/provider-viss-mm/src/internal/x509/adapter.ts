import * as Effect from "effect/Effect"

import { makeVerbs } from "../verbs.ts"
import { readX509Config } from "./configuration.ts"
import { openX509 } from "./open.ts"
import { makeX509Service } from "./service.ts"
import type { VissMmConfig } from "../../options.ts"

/** The service that the configuration describes, with its settings. */
export const openX509Service = Effect.fnUntraced(function* (config: VissMmConfig) {
  const settings = yield* Effect.fromResult(readX509Config(config))
  return { settings, service: makeX509Service(yield* openX509(settings), settings) }
})

export const makeX509Adapter = (config: VissMmConfig) =>
  Effect.map(openX509Service(config), ({ service, settings }) => makeVerbs(service, settings))
