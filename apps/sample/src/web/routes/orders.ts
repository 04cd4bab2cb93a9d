import { isPaymentError } from "@maksa/core"
import type { Request, Response, Router } from "express"
import { versionOf } from "../../fees/PaymentView.ts"
import type { Language } from "../../Language.ts"
import { statusView } from "../../views/statusView.ts"
import { notFound } from "../answers.ts"
import { findOwn, loadView, type Own } from "../findOwn.ts"
import type { Site } from "../Site.ts"

/** Runs `work` with the visitor's own payment, or answers 404. */
export const withOwn =
  (site: Site, language: Language, work: (own: Own, request: Request, response: Response) => Promise<void>) =>
  async (request: Request, response: Response): Promise<void> => {
    const own = await findOwn(site, request)
    if (own === undefined) notFound(response, language)
    else await work(own, request, response)
  }

export const mountOrders = (router: Router, site: Site, language: Language): void => {
  const back = (response: Response, { payment }: Own): void =>
    response.redirect(303, `/${language}/orders/${payment.merchantReference}`)

  router.get(
    "/orders/:reference",
    withOwn(site, language, async (own, _request, response) => {
      response.send(statusView(await loadView(site, own), language))
    })
  )

  // What the page asks for every few seconds while something may still happen.
  router.get(
    "/orders/:reference/state",
    withOwn(site, language, async (own, _request, response) => {
      response.json({ version: versionOf(await loadView(site, own)) })
    })
  )

  router.post(
    "/orders/:reference/check",
    withOwn(site, language, async (own, _request, response) => {
      try {
        await site.payments.refresh(own.payment.id)
      } catch (error) {
        // The provider cannot tell now: the page shows what is known, which is the truth.
        if (!isPaymentError(error)) throw error
      }
      back(response, own)
    })
  )

  router.post(
    "/orders/:reference/cancel",
    withOwn(site, language, async (own, _request, response) => {
      try {
        await site.payments.withdraw(own.payment.id, { by: "payer", reason: "Canceled on the payment's page." })
      } catch (error) {
        // Money has come meanwhile, or is just being asked about: the page shows it.
        if (!isPaymentError(error)) throw error
      }
      back(response, own)
    })
  )
}
