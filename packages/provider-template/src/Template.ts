import {
  type Adapter,
  type Connection,
  HttpTransport,
  NotConfigured,
  type PaymentError,
  type Provider,
  paymentError
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeApi } from "./internal/api.ts"
import { checkAccount } from "./internal/check.ts"
import { readSettings, type Settings } from "./internal/configuration.ts"
import { makeCredentials } from "./internal/credentials.ts"
import { createByForm } from "./internal/form.ts"
import { makeListing } from "./internal/listing.ts"
import { makeMoneyBack } from "./internal/moneyBack.ts"
import { makeOrders } from "./internal/orders.ts"
import { makeReceipt } from "./internal/receipt.ts"
import { makeWebhook } from "./internal/webhook.ts"
import { manifest } from "./manifest.ts"
import { type TemplateConfig, TemplatePaymentOptions } from "./options.ts"

export type Template = Provider<typeof manifest, TemplatePaymentOptions, "template", HttpTransport | Scope.Scope>

const connect = Effect.fnUntraced(function* (
  settings: Settings
): Effect.fn.Return<Connection, PaymentError, HttpTransport | Scope.Scope> {
  const transport = yield* HttpTransport
  const limits = { connectTimeoutMillis: settings.connectMillis, responseTimeoutMillis: settings.responseMillis }
  return yield* Effect.mapError(transport.connect(limits), (error) => {
    const message = `timeouts: refused by the transport (${error.code}).`
    return paymentError({ instance: "template" }, "start", new NotConfigured({ message, field: "timeouts" }))
  })
})

const makeAdapter = Effect.fnUntraced(function* (
  settings: Settings
): Effect.fn.Return<Adapter<typeof manifest, TemplatePaymentOptions>, PaymentError, HttpTransport | Scope.Scope> {
  const connection = yield* connect(settings)
  const credentials = makeCredentials(settings)
  const api = makeApi(connection, settings, credentials)
  const orders = makeOrders(api, settings)
  const receipt = yield* makeReceipt(api)
  const moneyBack = makeMoneyBack(api)
  const listing = makeListing(api, settings)
  return {
    create: Effect.fn("Template.create")((input) =>
      input.options.flow === "form" ? createByForm(input, settings, credentials) : orders.create(input)
    ),
    status: Effect.fn("Template.status")(orders.status),
    receipt: Effect.fn("Template.receipt")(receipt),
    webhook: makeWebhook(settings, credentials),
    resume: Effect.fn("Template.resume")(orders.resume),
    withdraw: Effect.fn("Template.withdraw")(orders.withdraw),
    refund: Effect.fn("Template.refund")(moneyBack.refund),
    payout: Effect.fn("Template.payout")(moneyBack.payout),
    repaymentStatus: Effect.fn("Template.repaymentStatus")(moneyBack.repaymentStatus),
    list: Effect.fn("Template.list")(listing.list),
    banks: Effect.fn("Template.banks")(listing.banks),
    issueInvoice: Effect.fn("Template.issueInvoice")(orders.issueInvoice),
    check: () => checkAccount(api)
  }
})

/**
 * A provider that does not exist. Nothing is opened before `make` runs; a wrong or incomplete configuration fails there
 * with `NotConfigured` naming the field.
 */
export const template = (config: TemplateConfig): Template => {
  const settings = readSettings(config)
  return {
    instance: "template",
    // A configuration that cannot be used is nobody's money.
    environment: Result.isSuccess(settings) ? settings.success.environment : "sandbox",
    manifest,
    options: TemplatePaymentOptions,
    make: Result.isSuccess(settings) ? makeAdapter(settings.success) : Effect.fail(settings.failure)
  }
}
