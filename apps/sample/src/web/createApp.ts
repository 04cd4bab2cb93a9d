import { join } from "node:path"
import { isPaymentError } from "@maksa/core"
import { maksa } from "@maksa/express"
import express, { type ErrorRequestHandler, type Express, type Request, type Router } from "express"
import { isLanguage, type Language, languages } from "../Language.ts"
import { broken, notFound } from "./answers.ts"
import { refuseForeignForms, securityHeaders } from "./protect.ts"
import { mountAgain } from "./routes/again.ts"
import { mountClerk } from "./routes/clerk.ts"
import { mountHealth } from "./routes/health.ts"
import { mountHome } from "./routes/home.ts"
import { mountMoneyBack } from "./routes/moneyBack.ts"
import { mountOrders } from "./routes/orders.ts"
import { mountReceipts } from "./routes/receipts.ts"
import { mountServices } from "./routes/services.ts"
import type { Site } from "./Site.ts"

/** Beside `src` and `dist` alike. */
const assets = join(import.meta.dirname, "..", "..", "assets")

const pathLanguage = (request: Request): Language => {
  const [, first = ""] = request.path.split("/")
  return isLanguage(first) ? first : (request.acceptsLanguages("lv", "en") || "lv") === "en" ? "en" : "lv"
}

const pages = (site: Site, language: Language): Router => {
  const router = express.Router()
  mountHome(router, site, language)
  mountServices(router, site, language)
  mountOrders(router, site, language)
  mountAgain(router, site, language)
  mountReceipts(router, site, language)
  mountClerk(router, site, language)
  mountMoneyBack(router, site, language)
  return router
}

const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) return next(error)
  // body-parser marks its refusals; they are the sender's fault and need no line in the log.
  const marked = error instanceof Error && "status" in error ? error.status : undefined
  if (typeof marked === "number" && marked >= 400 && marked < 500) {
    response.sendStatus(marked)
    return
  }
  // Foreign errors may hold anything, so only their name is told; ours hold no secrets and no personal data.
  const what = isPaymentError(error) ? error.message : error instanceof Error ? error.name : "unknown error"
  console.error(`A page failed: ${request.method} ${request.path}: ${what}`)
  broken(response, pathLanguage(request), "")
}

/** The site: Maksa's routes under /maksa, the pages under /lv and /en. */
export const createApp = (site: Site): Express => {
  const app = express()
  app.disable("x-powered-by")
  // Before everything that reads bodies or sets headers: providers' messages are signed over their bytes.
  app.use("/maksa", maksa(site.payments))
  mountHealth(app, site)
  app.use("/assets", express.static(assets, { maxAge: "1h" }))
  app.use(securityHeaders(site.payerOrigins), refuseForeignForms)
  app.use(express.urlencoded({ extended: false, limit: "16kb", parameterLimit: 50 }))
  app.get("/", (request, response) => response.redirect(302, `/${pathLanguage(request)}`))
  app.get("/clerk", (request, response) => response.redirect(302, `/${pathLanguage(request)}/clerk`))
  for (const language of languages) app.use(`/${language}`, pages(site, language))
  app.use((request, response) => notFound(response, pathLanguage(request)))

  app.use(onError)
  return app
}
