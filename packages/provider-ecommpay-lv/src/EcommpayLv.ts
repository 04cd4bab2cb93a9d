import type { HttpTransport, Provider } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { readSettings } from "./internal/configuration.ts"
import { type ListingManifest, listingManifestFor, type manifest, manifestFor } from "./manifest.ts"
import { type DataApiCredentials, type EcommpayLvConfig, EcommpayLvPaymentOptions } from "./options.ts"

export type EcommpayLv = Provider<typeof manifest, EcommpayLvPaymentOptions, "ecommpay-lv", HttpTransport | Scope.Scope>

/** With access to the Data API: its payments can be reconciled. */
export type EcommpayLvWithList = Provider<
  ListingManifest,
  EcommpayLvPaymentOptions,
  "ecommpay-lv",
  HttpTransport | Scope.Scope
>

// Loaded when it is opened: an application starts without it.
const adapter = Effect.promise(() => import("./internal/adapter.ts"))

const common = { instance: "ecommpay-lv", options: EcommpayLvPaymentOptions } as const

/**
 * ecommpay's "Open Banking in Latvia". Nothing is opened before `make` runs; a wrong or incomplete configuration fails
 * there with `NotConfigured` naming the field. With `dataApi` it also lists, for `payments.reconcile`.
 */
export function ecommpayLv(config: EcommpayLvConfig & { readonly dataApi: DataApiCredentials }): EcommpayLvWithList
export function ecommpayLv(config: EcommpayLvConfig): EcommpayLv
export function ecommpayLv(config: EcommpayLvConfig): EcommpayLv | EcommpayLvWithList {
  const read = readSettings(config)
  if (Result.isFailure(read)) {
    // A configuration that cannot be used is nobody's money.
    return { ...common, environment: "sandbox", manifest: manifestFor("off"), make: Effect.fail(read.failure) }
  }
  const settings = read.success
  const { dataApi, environment, fundsConfirmation } = settings
  return dataApi === undefined
    ? {
        ...common,
        environment,
        manifest: manifestFor(fundsConfirmation),
        make: Effect.flatMap(adapter, ({ makeAdapter }) => makeAdapter(settings))
      }
    : {
        ...common,
        environment,
        manifest: listingManifestFor(fundsConfirmation),
        make: Effect.flatMap(adapter, ({ makeListingAdapter }) => makeListingAdapter(settings, dataApi))
      }
}
