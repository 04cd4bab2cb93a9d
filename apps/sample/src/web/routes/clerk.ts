import { randomUUID } from "node:crypto"
import { toCsv } from "@maksa/core"
import { parseDuration } from "@maksa/sandbox"
import type { Router } from "express"
import { findService } from "../../fees/services.ts"
import { toMillis } from "../../format.ts"
import type { Language } from "../../Language.ts"
import type { FeePayment } from "../../openPayments.ts"
import { clerkView } from "../../views/clerkView.ts"
import { fieldsOf } from "../request.ts"
import { clerkPaymentView } from "../../views/clerkPaymentView.ts"
import { moneyBackView } from "../../views/moneyBackView.ts"
import { canPayOut, repaymentsShown } from "./moneyBack.ts"
import { notFound } from "../answers.ts"
import type { Site } from "../Site.ts"

const mostShown = 200
const allowed: ReadonlySet<string> = new Set(["PT1H", "P1D", "P7D"])
const open: ReadonlySet<string> = new Set(["created", "requires_action", "processing"])
/** Providers are believed about the end of a payment only some time after its deadline (ecommpay: an hour). */
const graceMillis = 2 * 3_600_000

/** How far to turn: a duration, or until the last open payment's deadline is safely over. */
const millisToTurn = (by: unknown, payments: ReadonlyArray<FeePayment>, now: number): number | undefined => {
  if (typeof by === "string" && allowed.has(by)) return parseDuration(by)
  if (by !== "deadline") return undefined
  const deadlines = payments.filter(({ status }) => open.has(status)).map(({ current }) => toMillis(current.deadline))
  return deadlines.length === 0 ? 0 : Math.max(0, ...deadlines.map((deadline) => deadline + graceMillis - now))
}

export const mountClerk = (router: Router, site: Site, language: Language): void => {
  const serviceOf = (payment: FeePayment) => findService(site.orders.find(payment.merchantReference)?.service ?? "")
  const rows = async () =>
    (await site.payments.list({ limit: mostShown })).map((payment) => ({
      payment,
      service: serviceOf(payment),
      toldAt: site.orders.toldAt(payment.merchantReference)
    }))

  router.get("/clerk", async (_request, response) => {
    response.send(clerkView(language, await rows(), site.now()))
  })

  router.get("/clerk/payments/:reference", async (request, response) => {
    const merchantReference = request.params.reference
    const [payment] = await site.payments.list({ merchantReference, limit: 1 })
    if (payment === undefined) return notFound(response, language)
    const history = await site.payments.history(payment.id)
    const ticket = canPayOut(payment) ? randomUUID() : undefined
    const moneyBack = moneyBackView(merchantReference, await repaymentsShown(site, payment), ticket, language)
    response.send(clerkPaymentView({ language, payment, service: serviceOf(payment), history, moneyBack }))
  })

  router.post("/clerk/clock", async (request, response) => {
    const payments = await site.payments.list({ limit: 1000 })
    const millis = millisToTurn(fieldsOf(request)["by"], payments, site.now())
    if (millis === undefined) {
      response.status(400).type("text").send("by is PT1H, P1D, P7D or deadline")
      return
    }
    await site.turnClock(millis)
    await site.payments.runDue()
    response.redirect(303, `/${language}/clerk`)
  })

  router.get("/clerk/payments.csv", async (_request, response) => {
    const payments = await site.payments.list({ limit: 1000 })
    // Without the byte order mark spreadsheets take UTF-8 for something else.
    response
      .type("text/csv; charset=utf-8")
      .attachment("payments.csv")
      .send(`\uFEFF${toCsv(payments)}`)
  })
}
