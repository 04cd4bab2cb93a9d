import {
  type Adapter,
  type Connection,
  HttpTransport,
  NotConfigured,
  type PaymentError,
  paymentError
} from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { ListingManifest, manifest } from "../manifest.ts"
import type { EcommpayLvPaymentOptions } from "../options.ts"
import { makeBanks } from "./banks.ts"
import { checkDataApi, checkGate } from "./check.ts"
import { makeResume } from "./clarification.ts"
import type { DataApiSettings, Settings } from "./configuration.ts"
import { makeCredentials } from "./credentials.ts"
import { makeDataApi } from "./data-api/dataApi.ts"
import { makeList } from "./data-api/listing.ts"
import { makeGate } from "./gate.ts"
import { createByPage } from "./paymentPage.ts"
import { makePayouts } from "./payouts.ts"
import { makeWebhook } from "./webhook.ts"

type Plain = Adapter<typeof manifest, EcommpayLvPaymentOptions>
type Listing = Adapter<ListingManifest, EcommpayLvPaymentOptions>

/** The connection to all services of the platform; the scope ends it. */
export const connect = Effect.fnUntraced(function* (
  settings: Settings
): Effect.fn.Return<Connection, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  return yield* Effect.mapError(
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
})

const makePlain = Effect.fnUntraced(function* (connection: Connection, settings: Settings) {
  const credentials = makeCredentials(settings.projectId, settings.secrets)
  const gate = makeGate(connection, settings, credentials)
  const payouts = makePayouts(gate, settings, credentials)
  const adapter: Plain = {
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
  return { adapter, gate }
})

export const makeAdapter = Effect.fnUntraced(function* (
  settings: Settings
): Effect.fn.Return<Plain, PaymentError, HttpTransport | Scope.Scope> {
  const { adapter } = yield* makePlain(yield* connect(settings), settings)
  return adapter
})

/** With the Data API beside Gate. */
export const makeListingAdapter = Effect.fnUntraced(function* (
  settings: Settings,
  access: DataApiSettings
): Effect.fn.Return<Listing, PaymentError, HttpTransport | Scope.Scope> {
  const connection = yield* connect(settings)
  const { adapter, gate } = yield* makePlain(connection, settings)
  const dataApi = makeDataApi(connection, access, settings.projectId)
  return {
    ...adapter,
    list: Effect.fn("EcommpayLv.list")(makeList(dataApi, gate, settings)),
    check: () => Effect.zipWith(checkGate(gate), checkDataApi(dataApi), (one, other) => [...one, ...other])
  }
})
