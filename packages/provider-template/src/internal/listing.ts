import type { Adapter, ListedPayment } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { manifest } from "../manifest.ts"
import type { TemplatePaymentOptions } from "../options.ts"
import type { Api } from "./api.ts"
import type { Settings } from "./configuration.ts"
import { malformed } from "./errors.ts"
import { observe } from "./mapping.ts"
import { BanksReply, type ListedWirePayment, ListReply, toMoney } from "./wire.ts"

type Verbs = Adapter<typeof manifest, TemplatePaymentOptions>

const asking = { instance: "template" }
const toListed = (payment: ListedWirePayment, pages: string): ListedPayment => {
  const createdAt = Date.parse(payment.created_at)
  return {
    providerReference: payment.number,
    attemptId: payment.id,
    observations: observe(payment, pages),
    amount: toMoney(payment.total),
    ...(Number.isNaN(createdAt) ? {} : { createdAt })
  }
}

/** A listing that never ends is a broken one. */
const maxPages = 10_000

export const makeListing = (api: Api, settings: Settings): Pick<Verbs, "list" | "banks"> => ({
  list: Effect.fnUntraced(function* ({ from, to }) {
    const found: Array<ListedPayment> = []
    let after: string | undefined
    for (let page = 0; page < maxPages; page++) {
      const query = new URLSearchParams({
        from: String(from),
        to: String(to),
        ...(after === undefined ? {} : { after })
      })
      const target = `/v1/payments?${query.toString()}`
      const { reply } = yield* api.ask({ asking, operation: "list", method: "GET", target }, ListReply)
      for (const payment of reply.payments) found.push(toListed(payment, settings.pages))
      if (reply.next === undefined) return found
      after = reply.next
    }
    return yield* malformed(asking, "list", "the listing does not end")
  }),

  banks: ({ currency, minorUnits }) => {
    const query = new URLSearchParams({ value: String(minorUnits), currency })
    const target = `/v1/banks?${query.toString()}`
    return Effect.map(api.ask({ asking, operation: "banks", method: "GET", target }, BanksReply), ({ reply }) =>
      reply.banks.map(({ id, max, min, name }) => ({
        id,
        name,
        ...(min === undefined ? {} : { min: toMoney(min) }),
        ...(max === undefined ? {} : { max: toMoney(max) })
      }))
    )
  }
})
