import type { CheckResult } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { checkCertificate } from "../check.ts"
import { explain } from "../errors.ts"
import type { PortalSettings } from "./configuration.ts"
import type { OpenedPortal } from "./open.ts"

const name = "requestService"

/** Opens a transaction and ends it: nothing is submitted. Never fails: what is wrong is in the results. */
export const runChecks = Effect.fnUntraced(function* (
  { client, pfas, requestService }: OpenedPortal,
  settings: PortalSettings
): Effect.fn.Return<ReadonlyArray<CheckResult>> {
  const certificate = yield* checkCertificate(client)
  const asked = yield* Effect.result(Effect.flatMap(requestService.start, (id) => requestService.end(id)))
  return [
    { name: "configuration", isOk: true, message: `Set up for the ${settings.environment} environment.` },
    certificate,
    ...(yield* pfas.checks()),
    Result.isSuccess(asked)
      ? { name, isOk: true, message: "The Request Service opens transactions." }
      : { name, isOk: false, message: explain(asked.failure) }
  ]
})
