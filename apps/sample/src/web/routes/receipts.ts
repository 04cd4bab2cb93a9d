import { isPaymentError } from "@maksa/core"
import type { Router } from "express"
import { pipeline } from "node:stream/promises"
import type { Language } from "../../Language.ts"
import { statusPageTexts } from "../../texts/statusPage.ts"
import { messageView } from "../../views/messageView.ts"
import { loadView } from "../findOwn.ts"
import type { Site } from "../Site.ts"
import { withOwn } from "./orders.ts"

const formats = ["pdf", "xml"] as const

/** The documents of a paid payment, for its payer only. */
export const mountReceipts = (router: Router, site: Site, language: Language): void => {
  for (const format of formats) {
    router.get(
      `/orders/:reference/receipt.${format}`,
      withOwn(site, language, async (own, _request, response) => {
        const { id, merchantReference } = own.payment
        try {
          const receipt = await site.payments.receipt(id, { format, language, reader: "payer" })
          const stream = await receipt.stream()
          response
            .type(receipt.mediaType)
            .attachment(`${merchantReference}.${format}`)
            .set({ "cache-control": "private, no-store", "content-length": String(receipt.size) })
          await pipeline(stream, response)
        } catch (error) {
          // The reader went away, or the rest cannot be read: what was begun is cut off and not taken for whole.
          if (response.headersSent) return void response.destroy()
          if (!isPaymentError(error)) throw error
          const text = statusPageTexts[language]
          const { isForgotten } = await loadView(site, own)
          response.status(409).send(
            messageView({
              language,
              path: `/orders/${merchantReference}`,
              title: text.noReceiptTitle,
              text: isForgotten ? text.forgottenReceipt : text.noReceiptText,
              links: [{ href: `/${language}/orders/${merchantReference}`, text: text.back }]
            })
          )
        }
      })
    )
  }
}
