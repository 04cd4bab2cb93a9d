import { isPaymentError } from "@maksa/core"
import type { Router } from "express"
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
          response
            .type(receipt.mediaType)
            .attachment(`${merchantReference}.${format}`)
            .set("cache-control", "private, no-store")
            .send(Buffer.from(receipt.bytes))
        } catch (error) {
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
