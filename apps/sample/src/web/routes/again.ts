import type { Router } from "express"
import { emptyForm, readEntered, readPaying } from "../../fees/readForm.ts"
import type { Language } from "../../Language.ts"
import { againView } from "../../views/againView.ts"
import { stale } from "../answers.ts"
import { loadView } from "../findOwn.ts"
import { fieldsOf, ipAddressOf, ticketOf } from "../request.ts"
import type { Site } from "../Site.ts"
import { withOwn } from "./orders.ts"
import { follow } from "./services.ts"

/** A further try at a payment that was not made, by the same or another way. */
export const mountAgain = (router: Router, site: Site, language: Language): void => {
  router.get(
    "/orders/:reference/pay",
    withOwn(site, language, async (own, _request, response) => {
      const { payment, service, visitor } = own
      const { merchantReference: reference } = payment
      if (!(await loadView(site, own)).canTryAgain) {
        response.redirect(303, `/${language}/orders/${reference}`)
        return
      }
      const entered = { ...emptyForm, ...site.memory.recall(reference) }
      const ticket = site.tickets.issue(visitor, reference)
      response.send(againView({ language, service, payment, ticket, entered, errors: {} }))
    })
  )

  router.post(
    "/orders/:reference/pay",
    withOwn(site, language, async ({ payment, service, visitor }, request, response) => {
      const { merchantReference: reference } = payment
      const path = `/orders/${reference}/pay`
      const fields = fieldsOf(request)
      const ticketText = ticketOf(fields)
      const ticket = site.tickets.read(visitor, ticketText)
      if (ticket === undefined || ticket.reference !== reference) return stale(response, language, path)
      const entered = readEntered(fields)
      const paying = readPaying(service, entered, fields)
      if ("errors" in paying) {
        const { errors } = paying
        response.status(422).send(againView({ language, service, payment, ticket: ticketText, entered, errors }))
        return
      }
      site.memory.keep(reference, entered)
      const result = await site.checkout.again({
        ticket,
        paymentId: payment.id,
        service,
        language,
        ...paying.value,
        ipAddress: ipAddressOf(request),
        returnUrl: `${site.address}/${language}/orders/${reference}`
      })
      follow(response, language, reference, path, result)
    })
  )
}
