import type { World } from "../../kernel/World.ts"
import { banksFor } from "../Banks.ts"
import type { Lifecycle } from "../Lifecycle.ts"
import { bankChoicePage, recordHead } from "../pageHtml.ts"
import { badCall, callOf, html, notFound, seeOther, type PageRoute } from "../pageReplies.ts"
import type { PayerJourney } from "../PayerJourney.ts"
import type { PaymentBook } from "../PaymentBook.ts"
import { widgetScript } from "./widgetScript.ts"

/** The provider of redirect variant 1: its script, and the page to which the script takes the payer. */
export const mountWidget = (parts: {
  readonly world: World
  readonly book: PaymentBook
  readonly lifecycle: Lifecycle
  readonly journey: PayerJourney
  readonly route: PageRoute
}): void => {
  const { book, journey, lifecycle, route, world } = parts

  world.pages.get(
    "/widget.js",
    route("widget_script", () => ({
      status: 200,
      headers: { "content-type": "text/javascript; charset=utf-8", "cross-origin-resource-policy": "cross-origin" },
      body: widgetScript
    }))
  )

  world.pages.get(
    "/widget",
    route("widget", (request) => {
      const { token = "", ...options } = callOf(request)
      const record = book.findByWidgetToken(token)
      if (record === undefined) return notFound(request)
      const redirect = lifecycle.redirectOf(record)
      if (redirect === undefined) return seeOther(journey.returnUrl(record))
      // A client that makes up or loses an option is turned away, as a real provider would.
      const isAsTold = ["other", "callback_url", "creditor"].every((name) => options[name] === redirect.body[name])
      if (!isAsTold) return badCall(request)
      if (record.bankId !== undefined) return seeOther(journey.bankUrl(record))
      const action = `/ecommpay/redirect/${record.redirectToken}`
      const able = banksFor(record.request.amountMinor, lifecycle.settingsOf(record))
      const back = record.request.returnUrls.return
      return html(200, bankChoicePage(recordHead(record), able, action, back === undefined ? undefined : { url: back }))
    })
  )
}
