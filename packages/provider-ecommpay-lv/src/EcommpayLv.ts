import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { readSettings } from "./internal/configuration.ts"
import { type manifest, manifestFor } from "./manifest.ts"
import { type EcommpayLvConfig, EcommpayLvPaymentOptions } from "./options.ts"

export type EcommpayLv = Provider<typeof manifest, EcommpayLvPaymentOptions, "ecommpay-lv", HttpTransport | Scope.Scope>

// Loaded when it is opened: an application starts without it.
const adapter = Effect.promise(() => import("./internal/adapter.ts"))

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
    make: isUsable
      ? Effect.flatMap(adapter, ({ makeAdapter }) => makeAdapter(settings.success))
      : Effect.fail(settings.failure)
  }
}
