import { type Adapter, HttpTransport, NotConfigured, type PaymentError, paymentError, type Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeWebhook } from "./internal/webhook.ts"
import { makeBanks } from "./internal/banks.ts"
import { checkGate } from "./internal/check.ts"
import { makeResume } from "./internal/clarification.ts"
import { readSettings, type Settings } from "./internal/configuration.ts"
import { makeCredentials } from "./internal/credentials.ts"
import { makeGate } from "./internal/gate.ts"
import { makePayouts } from "./internal/payouts.ts"
import { createByPage } from "./internal/paymentPage.ts"
import { type manifest, manifestFor } from "./manifest.ts"
import { type EcommpayLvConfig, EcommpayLvPaymentOptions } from "./options.ts"

export type EcommpayLv = Provider<typeof manifest, EcommpayLvPaymentOptions, "ecommpay-lv", HttpTransport | Scope.Scope>

const makeAdapter = Effect.fnUntraced(function* (
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

/**
 * ecommpay's "Open Banking in Latvia". Nothing is opened before `make` runs; a wrong or incomplete configuration fails
 * there with `NotConfigured` naming the field.
 */
export const ecommpayLv = (config: EcommpayLvConfig): EcommpayLv => {
  const settings = readSettings(config)
  const isUsable = Result.isSuccess(settings)
  return {
    instance: "ecommpay-lv",
    // A configuration that cannot be used is nobody's money.
    environment: isUsable ? settings.success.environment : "sandbox",
    manifest: manifestFor(isUsable ? settings.success.fundsConfirmation : "off"),
    options: EcommpayLvPaymentOptions,
    make: isUsable ? makeAdapter(settings.success) : Effect.fail(settings.failure)
  }
}
