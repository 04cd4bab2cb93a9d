import {
  type Adapter,
  HttpTransport,
  type Manifest,
  NotConfigured,
  type PaymentError,
  type Provider
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeWebhook } from "./internal/callback.ts"
import { checkGate } from "./internal/check.ts"
import { readSettings, type Settings } from "./internal/configuration.ts"
import { makeCredentials } from "./internal/credentials.ts"
import { paymentError } from "./internal/errors.ts"
import { earliestQuerySeconds, makeGate } from "./internal/gate.ts"
import { createByPage } from "./internal/paymentPage.ts"
import { type EcommpayLvConfig, EcommpayLvPaymentOptions, type FundsConfirmation } from "./options.ts"

const hour = 3600
const day = 24 * hour

const fixed = {
  id: "ecommpay-lv",
  displayName: "ecommpay",
  port: 1,
  extras: {
    resume: false,
    withdraw: false,
    refund: false,
    payout: false,
    list: false,
    banks: false,
    issueInvoice: false,
    check: true
  },
  receipt: { origin: "generated", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: false },
  deadline: "kept",
  amountEvidence: "status",
  webhook: "signed",
  // Payment Page's call is made by the payer's browser; Gate's by us.
  firstContact: "either",
  // Gate has nothing to show before its callback tells the bank's address.
  actions: ["redirect", "submit_form", "wait"],
  languages: ["lv", "en", "ru"],
  repeatCreate: "after_absence",
  absenceProvesAfter: {
    // Gate answers 3061 for what it never took, surely only after its ten seconds. Payment Page is prepared without a
    // call, so that preparing it again does no harm whenever it is.
    notSubmittedSeconds: earliestQuerySeconds,
    // ASSUMPTION(ecommpay-lv#3): a page that was not used before `best_before` cannot be used an hour later.
    lapsedSeconds: hour
  },
  query: {
    earliestSeconds: earliestQuerySeconds,
    // Callbacks bring the news; this finds what they lost. Delays of a decline go "up to seven days and more".
    schedule: [
      { untilSeconds: 60, everySeconds: 10 },
      { untilSeconds: 600, everySeconds: 30 },
      { untilSeconds: hour, everySeconds: 120 },
      { untilSeconds: day, everySeconds: 900 },
      { untilSeconds: 8 * day, everySeconds: 3 * hour },
      { untilSeconds: 30 * day, everySeconds: 12 * hour }
    ]
  },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 10_000_000_000_000n,
    maxLines: 100,
    maxPurposeLength: 255,
    // `best_before` further away is ignored by the platform.
    maxDeadlineSeconds: 30 * day
  }
} as const satisfies Omit<Manifest, "softSeconds" | "outcomes">

// ASSUMPTION(ecommpay-lv#4): how long each outcome may still change. Without confirmation of funds the method page lets a
// success be taken back for seven days and more. With it, success means that the money is there, and this method has
// neither refunds nor chargebacks; an hour covers notices that are still under way.
const softSeconds: Readonly<Record<FundsConfirmation, Manifest["softSeconds"]>> = {
  off: { paid: 7 * day, declined: 14 * day, expired: 14 * day, canceled: 14 * day, reversed: 7 * day },
  decline: { paid: hour, declined: 14 * day, expired: 14 * day, canceled: 14 * day, reversed: 7 * day },
  reversal: { paid: hour, declined: 14 * day, expired: 14 * day, canceled: 14 * day, reversed: 7 * day }
}

// Only a project that looks for the money can promise it (method page, "Confirmation of crediting"). Where none looks, or
// where money that did not come is reversed, a success or a promise is undone by a later word.
const outcomes: Readonly<Record<FundsConfirmation, Manifest["outcomes"]>> = {
  off: ["received", "refused", "lapsed", "undone"],
  decline: ["promised", "received", "refused", "lapsed"],
  reversal: ["promised", "received", "refused", "lapsed", "undone"]
}

const manifestOf = (confirmation: FundsConfirmation): typeof fixed & Pick<Manifest, "softSeconds" | "outcomes"> => ({
  ...fixed,
  softSeconds: softSeconds[confirmation],
  outcomes: outcomes[confirmation]
})

/** The capabilities; a provider's own manifest has the outcomes and soft windows of its `fundsConfirmation`. */
export const manifest: ReturnType<typeof manifestOf> = manifestOf("off")

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
  const credentials = makeCredentials(settings.secrets)
  const gate = makeGate(connection, settings, credentials)
  return {
    create: Effect.fn("EcommpayLv.create")((input) =>
      (input.options.flow ?? settings.flow) === "gate" ? gate.sale(input) : createByPage(input, settings, credentials)
    ),
    status: Effect.fn("EcommpayLv.status")((attempt) => gate.status(attempt)),
    // The method's provider issues no document (method page); a confirmation is made of proven observations.
    receipt: () => Effect.succeed({ _tag: "generate" }),
    webhook: makeWebhook(settings, credentials),
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
    manifest: manifestOf(isUsable ? settings.success.fundsConfirmation : "off"),
    options: EcommpayLvPaymentOptions,
    make: isUsable ? makeAdapter(settings.success) : Effect.fail(settings.failure)
  }
}
