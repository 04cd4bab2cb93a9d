import { type Adapter, HttpTransport, NotConfigured, type PaymentError, paymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { manifest } from "../manifest.ts"
import type { EcommpayLvPaymentOptions } from "../options.ts"
import { makeBanks } from "./banks.ts"
import { checkGate } from "./check.ts"
import { makeResume } from "./clarification.ts"
import type { Settings } from "./configuration.ts"
import { makeCredentials } from "./credentials.ts"
import { makeGate } from "./gate.ts"
import { createByPage } from "./paymentPage.ts"
import { makePayouts } from "./payouts.ts"
import { makeWebhook } from "./webhook.ts"

export const makeAdapter = Effect.fnUntraced(function* (
  settings: Settings
): Effect.fn.Return<Adapter<typeof manifest, EcommpayLvPaymentOptions>, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  const connection = yield* Effect.mapError(
    transport.connect({
      ...(settings.ca === undefined ? {} : { tls: { ca: settings.ca } }),
      connectTimeoutMillis: settings.connectMillis,
      responseTimeoutMillis: settings.responseMillis
    }),
    // All that a transport can dislike before it connects are the roots and the time limits.
    (error) => {
      const reason = new NotConfigured({
        message: `ca, timeouts: refused by the transport (${error.code}).`,
        field: "ca"
      })
      return paymentError({ instance: "ecommpay-lv" }, "start", reason)
    }
  )
  const credentials = makeCredentials(settings.projectId, settings.secrets)
  const gate = makeGate(connection, settings, credentials)
  const payouts = makePayouts(gate, settings, credentials)
  return {
    create: Effect.fn("EcommpayLv.create")((input) =>
      (input.options.flow ?? settings.flow) === "gate" ? gate.sale(input) : createByPage(input, settings, credentials)
    ),
    status: Effect.fn("EcommpayLv.status")((attempt) => gate.status(attempt)),
    // The method's provider issues no document (method page); a confirmation is made of proven observations.
    receipt: () => Effect.succeed({ _tag: "generate" }),
    webhook: makeWebhook(settings, credentials),
    resume: Effect.fn("EcommpayLv.resume")(makeResume(gate, settings)),
    banks: Effect.fn("EcommpayLv.banks")(yield* makeBanks(gate, settings)),
    payout: Effect.fn("EcommpayLv.payout")(payouts.payout),
    repaymentStatus: Effect.fn("EcommpayLv.repaymentStatus")(payouts.repaymentStatus),
    check: () => checkGate(gate)
  }
})
