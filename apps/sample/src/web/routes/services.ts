import type { Request, Response, Router } from "express"
import type { CheckoutResult } from "../../fees/Checkout.ts"
import { emptyForm, readEntered, readPaying, readPriced } from "../../fees/readForm.ts"
import { findService, type Service } from "../../fees/services.ts"
import type { Language } from "../../Language.ts"
import { serviceView } from "../../views/serviceView.ts"
import { newReference } from "../formTickets.ts"
import { fieldsOf, ipAddressOf, ticketOf } from "../request.ts"
import type { Site } from "../Site.ts"
import { broken, notFound, stale, used } from "../answers.ts"

/** Sends the payer on after a form: to pay, to the payment's page, or to a page that says why not. */
export const follow = (
  response: Response,
  language: Language,
  reference: string,
  path: string,
  result: CheckoutResult
): void => {
  switch (result._tag) {
    case "pay":
      response.redirect(303, result.url)
      return
    case "status":
      response.redirect(303, `/${language}/orders/${reference}`)
      return
    case "used":
      used(response, language, path, reference)
      return
    case "failed":
      broken(response, language, path)
  }
}

const serviceOf = (request: Request): Service | undefined => findService(String(request.params["service"]))

export const mountServices = (router: Router, site: Site, language: Language): void => {
  router.get("/services/:service", (request, response) => {
    const service = serviceOf(request)
    if (service === undefined) return notFound(response, language)
    const visitor = site.visitors.welcome(request, response)
    const ticket = site.tickets.issue(visitor, newReference(service.prefix))
    // One kind or one way is no choice: it is made for the payer.
    const variant = service.pricing === "amount" ? service.variants[0].id : ""
    response.send(serviceView({ language, service, ticket, entered: { ...emptyForm, variant }, errors: {} }))
  })

  router.post("/services/:service", async (request, response) => {
    const service = serviceOf(request)
    if (service === undefined) return notFound(response, language)
    const path = `/services/${service.id}`
    const fields = fieldsOf(request)
    const visitor = site.visitors.find(request)
    const ticketText = ticketOf(fields)
    const ticket = visitor === undefined ? undefined : site.tickets.read(visitor, ticketText)
    if (visitor === undefined || ticket === undefined) return stale(response, language, path)
    const entered = readEntered(fields)
    const priced = readPriced(service, entered)
    const paying = readPaying(service, entered, fields)
    if ("errors" in priced || "errors" in paying) {
      const errors = {
        ...("errors" in priced ? priced.errors : {}),
        ...("errors" in paying ? paying.errors : {})
      }
      response.status(422).send(serviceView({ language, service, ticket: ticketText, entered, errors }))
      return
    }
    const { reference } = ticket
    site.memory.keep(reference, entered)
    const result = await site.checkout.begin({
      ticket,
      visitor,
      service,
      language,
      priced: priced.value,
      ...paying.value,
      ipAddress: ipAddressOf(request),
      returnUrl: `${site.address}/${language}/orders/${reference}`
    })
    follow(response, language, reference, path, result)
  })
}
