import type { Request, Response } from "express"
import type { Reply } from "../kernel/HttpFaults.ts"
import type { World } from "../kernel/World.ts"
import { banksFor, findBank } from "./Banks.ts"
import { bankChoicePage, brokenPage, recordHead } from "./pageHtml.ts"
import { PageRefusal } from "./pageParameters.ts"
import { answerReply, callOf, formOf, html, notFound, seeOther, token, type PageRoute } from "./pageReplies.ts"
import { pageLanguage } from "./PageSession.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import type { PayerDetails } from "./payerDetails.ts"
import type { PayerJourney } from "./PayerJourney.ts"
import type { PaymentPage } from "./PaymentPage.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import type { PaymentBook } from "./PaymentBook.ts"
import { isOpen } from "./Statuses.ts"
import { mountWidget } from "./widget/widgetRoutes.ts"

/** Routes of everything that payers see: Payment Page, its results, and where `redirect_data` of Gate leads. */
export const mountPages = (parts: {
  readonly world: World
  readonly page: PaymentPage
  readonly details: PayerDetails
  readonly journey: PayerJourney
  readonly book: PaymentBook
  readonly lifecycle: Lifecycle
}): void => {
  const { book, details, journey, lifecycle, page, world } = parts

  const refused = (request: Request, error: unknown): Reply => {
    if (!(error instanceof PageRefusal)) throw error
    world.log(error.message)
    const isExpired = error.problem === "expired"
    const asked = callOf(request)["language_code"]
    return html(isExpired ? 410 : 400, brokenPage(pageLanguage(asked, request.get("accept-language")), isExpired))
  }
  const paymentIdOf = (request: Request): string | undefined => {
    const record = journey.findByPage(token(request)) ?? book.findByRedirectToken(token(request))
    return callOf(request)["payment_id"] ?? page.session(token(request))?.paymentId ?? record?.request.paymentId
  }

  const route: PageRoute = (operation, answer) => [
    (request, _response: Response, next) => {
      const at = new Date(world.clock.now()).toISOString()
      // The query of a call may hold personal data.
      const made = { simulator: "ecommpay", operation, method: request.method, path: request.path, at }
      const paymentId = paymentIdOf(request)
      world.calls.record(paymentId === undefined ? made : { ...made, paymentId })
      next()
    },
    world.withFaults(
      operation,
      (request) => ({ simulator: "ecommpay", paymentId: paymentIdOf(request) }),
      async (request) => {
        try {
          return await answer(request)
        } catch (error) {
          return refused(request, error)
        }
      }
    )
  ]

  const openPage = route("payment_page", (request) =>
    answerReply(page.show(page.open(callOf(request), request.get("accept-language"))))
  )
  world.pages.get("/payment", openPage)
  world.pages.post("/payment", openPage)

  world.pages.get(
    "/payment/banks/:token",
    route("payment_page", (request) => {
      const session = page.session(token(request))
      return session === undefined ? notFound(request) : answerReply(page.show(session, true))
    })
  )
  world.pages.post(
    "/payment/choose/:token",
    route("choose_bank", async (request) => {
      const session = page.session(token(request))
      if (session === undefined) return notFound(request)
      return seeOther(await page.chooseBank(session, Number(formOf(request)["bank_id"])))
    })
  )
  world.pages.get(
    "/payment/bank/:token",
    route("payment_page", (request) => {
      const record = journey.findByPage(token(request))
      if (record === undefined) return notFound(request)
      return isOpen(record.status) ? seeOther(details.nextUrl(record)) : answerReply(page.result(record))
    })
  )
  world.pages.get(
    "/payment/again/:token",
    route("payment_page", (request) => {
      const record = journey.findByPage(token(request))
      return record === undefined ? notFound(request) : answerReply(page.again(record))
    })
  )
  const aboutDetails = (answer: (record: PaymentRecord, request: Request) => Promise<Reply> | Reply) =>
    route("payer_details", (request) => {
      const record = journey.findByPage(token(request))
      return record === undefined ? notFound(request) : answer(record, request)
    })
  world.pages.get(
    "/payment/details/:token",
    aboutDetails((record) => {
      const shown = details.page(record)
      return shown === undefined ? seeOther(details.nextUrl(record)) : html(200, shown)
    })
  )
  world.pages.post(
    "/payment/details/:token",
    aboutDetails(async (record, request) => {
      const form = formOf(request)
      if (form["refuse"] !== undefined) return seeOther(await details.refuse(record))
      return seeOther(
        await details.supply(record, {
          psuConsent: form["psu_consent"],
          firstName: form["first_name"],
          lastName: form["last_name"],
          number: form["number"]
        })
      )
    })
  )
  world.pages.get(
    "/payment/result/:token",
    route("payment_page", (request) => {
      const record = journey.findByPage(token(request))
      return record === undefined ? notFound(request) : answerReply(page.result(record))
    })
  )

  const toProvider = route("redirect", (request) => {
    const record = book.findByRedirectToken(token(request))
    if (record === undefined) return notFound(request)
    const redirect = lifecycle.redirectOf(record)
    if (redirect === undefined) return seeOther(journey.returnUrl(record))
    const form = formOf(request)
    const bank = findBank(Number(form["bank_id"]))
    // A client that ignores `redirect_data.method` or leaves `body` out is turned away, as a real provider would.
    const isAsTold = request.method === redirect.method
    const hasBody = redirect.method === "GET" || form["request_token"] === record.redirectToken
    if (bank === undefined && !(isAsTold && hasBody)) return notFound(request)
    record.bankId ??= bank?.id
    if (record.bankId !== undefined) return seeOther(journey.bankUrl(record))
    const action = `/ecommpay/redirect/${token(request)}`
    const back = record.request.returnUrls.return
    const able = banksFor(record.request.amountMinor, lifecycle.settingsOf(record))
    return html(200, bankChoicePage(recordHead(record), able, action, back === undefined ? undefined : { url: back }))
  })
  mountWidget({ world, book, lifecycle, journey, route })
  world.pages.get("/ecommpay/redirect/:token", toProvider)
  world.pages.post("/ecommpay/redirect/:token", toProvider)
}
