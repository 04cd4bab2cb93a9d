import express from "express"
import type { Simulator } from "../kernel/Simulator.ts"
import { createCatalogue } from "./catalogue.ts"
import { mountVissMmControl } from "./controlRoutes.ts"
import { iisErrors } from "./iisErrors.ts"
import { createJourney, pagePath } from "./Journey.ts"
import { mountIvis, ivisPath } from "./ivis/routes.ts"
import { createTransactions } from "./ivis/Transactions.ts"
import { kdvPath, mountKdv } from "./kdv/routes.ts"
import { createNotifier } from "./notify.ts"
import { mountPfas, pfasPath } from "./pfas/routes.ts"
import { mountPages } from "./pages/routes.ts"
import { createReadCaller } from "./paymentApi/caller.ts"
import { paymentApiApp, paymentApiRoot } from "./paymentApi/routes.ts"
import type { PaymentRequest } from "./PaymentRequest.ts"
import { createRequests } from "./Requests.ts"
import { invoicesPath, serviceApp, soapPath } from "./serviceRoutes.ts"
import { defaultSettings, type Settings } from "./settings.ts"
import { audiences } from "./sts/names.ts"
import { mountSts, stsPath } from "./sts/routes.ts"
import { listenTls } from "./tlsListener.ts"
import { requestView } from "./view.ts"

/** The state payment module: SOAP and REST behind client certificates, the payer's pages, notifications. */
export const vissMm = (): Simulator => ({
  name: "vissMm",
  start: async (world, { pki }) => {
    let current: Settings = defaultSettings
    const settings = (): Settings => current
    const catalogue = createCatalogue()
    const notifier = createNotifier(world, settings)
    const requests = createRequests({ world, settings, catalogue, notifier })
    const journey = createJourney({ world, settings, catalogue, requests })
    const viewOf = (request: PaymentRequest): object =>
      requestView(world, request, journey.pageUrl(request.id), journey.returnUrl(request))

    world.onReset(() => {
      current = defaultSettings
      catalogue.reset()
      requests.reset()
    })
    mountPages(world, requests, journey)
    mountKdv(world, requests, journey)

    const services = { world, requests, settings, payUrl: (id: string) => journey.pageUrl(id) }
    const app = express()
    app.disable("x-powered-by")
    app.disable("etag")
    app.use(paymentApiApp({ ...services, readCaller: createReadCaller(pki.caPem) }))
    mountSts(app, { world, pki, settings })
    mountPfas(app, { world, pki, settings, requests })
    mountIvis(app, { ...services, pki, notifier, transactions: createTransactions(world) })
    app.use(serviceApp(services))
    app.use(iisErrors(world))
    const listener = await listenTls(world, pki, app, { isStrict: () => current.strictTls, offset: 1 })
    const changeSettings = (next: Settings): void => {
      // Kept connections were made under the other rule.
      if (next.strictTls !== current.strictTls) listener.dropIdle()
      current = next
    }
    mountVissMmControl({ world, requests, journey, catalogue, settings, changeSettings, viewOf })

    const origin = `https://${new URL(world.base.pages).hostname}:${listener.port}`
    return {
      ready: {
        vissMm: {
          wsdl: `${origin}${soapPath}?singleWsdl`,
          invoices: `${origin}${invoicesPath}`,
          ui: `${world.base.pages}${pagePath}`,
          paymentApi: `${origin}${paymentApiRoot}payments/`,
          pfas: `${origin}${pfasPath}`,
          pfasAppliesTo: audiences.paymentModule,
          sts: `${origin}${stsPath}`,
          ivis: `${origin}${ivisPath}`,
          kdv: `${world.base.pages}${kdvPath}`
        }
      },
      payments: () => requests.list().map(viewOf),
      payment: (id) => {
        const found = requests.find(id)
        return found === undefined ? undefined : viewOf(found)
      },
      close: () => Promise.resolve()
    }
  }
})
