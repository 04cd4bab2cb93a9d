import { type HttpTransport, money, type Money, NotConfigured, type PaymentError, paymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import { readSettings } from "./internal/configuration.ts"
import { wholeUnitsOf } from "./internal/data-api/wire.ts"
import type { DataApiCredentials, EcommpayLvConfig } from "./options.ts"

/** A purse at ecommpay from which payouts are paid. */
export interface Balance {
  /** As ecommpay calls it: `Project_200_balance_EUR`. A merchant's other projects have purses, too. */
  readonly name: string
  /** Below zero where it is overdrawn. */
  readonly amount: Money
}

// Loaded when it is asked: a program that only takes payments never needs it.
const adapter = Effect.promise(() => import("./internal/adapter.ts"))
const dataApi = Effect.promise(() => import("./internal/data-api/dataApi.ts"))

const asking = { instance: "ecommpay-lv" }

/** One purse; a member named like a currency holds its sum in minor units. */
const balancesOf = ({ name, ...sums }: Readonly<Record<string, unknown>>): ReadonlyArray<Balance> => {
  if (typeof name !== "string") return []
  return Object.entries(sums).flatMap(([currency, value]) => {
    const minorUnits = /^[A-Z]{3}$/.test(currency) ? wholeUnitsOf(value) : undefined
    return minorUnits === undefined ? [] : [{ name, amount: money(minorUnits, currency) }]
  })
}

/**
 * What is left for payouts, as of now: the "out" balances of all projects that the token sees. Reading only. Opens its own
 * connection and closes it.
 *
 * Fails with `NotConfigured` for a wrong configuration, with `AuthenticationFailed` for a token or secret that ecommpay does
 * not take, with `RateLimited` and `Unavailable` where asking again helps, and with `MalformedResponse` for an answer that is
 * not signed or holds a balance without a sum.
 */
export const askBalance = (
  config: EcommpayLvConfig & { readonly dataApi: DataApiCredentials }
): Effect.Effect<ReadonlyArray<Balance>, PaymentError, HttpTransport> =>
  Effect.gen(function* () {
    const settings = yield* Effect.fromResult(readSettings(config))
    const { dataApi: access } = settings
    if (access === undefined) {
      const message = "dataApi: give token and secret of the Data API."
      return yield* paymentError(asking, "balance", new NotConfigured({ message, field: "dataApi" }))
    }
    const { connect } = yield* adapter
    const { makeDataApi } = yield* dataApi
    const api = makeDataApi(yield* connect(settings), access, settings.projectId)
    return yield* api.balances(asking, balancesOf)
  }).pipe(Effect.scoped)
