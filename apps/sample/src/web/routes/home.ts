import type { Router } from "express"
import { findService } from "../../fees/services.ts"
import type { Language } from "../../Language.ts"
import { homeView } from "../../views/homeView.ts"
import type { Site } from "../Site.ts"

const mostShown = 10

export const mountHome = (router: Router, site: Site, language: Language): void => {
  router.get("/", async (request, response) => {
    const visitor = site.visitors.welcome(request, response)
    const orders = site.orders.of(visitor).slice(0, mostShown)
    const found = await Promise.all(
      orders.map(async ({ reference, service }) => {
        const payments = await site.payments.list({ merchantReference: reference, limit: 1 })
        return payments.map((payment) => ({ payment, title: findService(service)?.title[language] ?? payment.purpose }))
      })
    )
    response.send(homeView(language, found.flat()))
  })
}
