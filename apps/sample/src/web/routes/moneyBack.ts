// Money back to payers: one clerk asks, another one approves.
import { fromDecimal, isPaymentError, money } from "@maksa/core"
import type { Request, Response, Router } from "express"
import type { Language } from "../../Language.ts"
import type { FeePayment } from "../../openPayments.ts"
import { moneyBackTexts } from "../../texts/moneyBack.ts"
import { messageView } from "../../views/messageView.ts"
import type { RepaymentShown } from "../../views/moneyBackView.ts"
import { notFound } from "../answers.ts"
import { fieldsOf, ticketOf } from "../request.ts"
import type { Site } from "../Site.ts"

/** What went back, and whom a payout that waits for approval goes to. */
export const repaymentsShown = async (site: Site, payment: FeePayment): Promise<ReadonlyArray<RepaymentShown>> => {
  const shown: Array<RepaymentShown> = []
  for (const repayment of await site.payments.repayments(payment.id)) {
    const isWaiting = repayment.route === "payout" && repayment.status === "requested"
    shown.push({ repayment, payee: isWaiting ? await site.payments.payee(repayment.id) : undefined })
  }
  return shown
}

/** ecommpay alone pays out, and only what can no longer be undone goes back. */
export const canPayOut = ({ provider, state }: FeePayment): boolean =>
  provider === "ecommpay-lv" && state.status === "paid" && state.finality === "hard"

/** Does what a clerk asked for, or says why not. */
const attempted = async (
  response: Response,
  language: Language,
  path: string,
  act: () => Promise<unknown>
): Promise<void> => {
  try {
    await act()
    response.redirect(303, `/${language}${path}`)
  } catch (error) {
    if (!isPaymentError(error)) throw error
    const text = moneyBackTexts[language]
    const links = [{ href: `/${language}${path}`, text: text.title }]
    const reason = `${text.refusedText} ${error.reason.message}`
    response.status(422).send(messageView({ language, path, title: text.refusedTitle, text: reason, links }))
  }
}

const textIn = (request: Request, name: string): string => {
  const value = fieldsOf(request)[name]
  return typeof value === "string" ? value.trim() : ""
}

export const mountMoneyBack = (router: Router, site: Site, language: Language): void => {
  router.post("/clerk/payments/:reference/payout", async (request, response) => {
    const merchantReference = request.params.reference
    const [payment] = await site.payments.list({ merchantReference, limit: 1 })
    if (payment === undefined) return notFound(response, language)
    const given = (name: string) => textIn(request, name)
    await attempted(response, language, `/clerk/payments/${merchantReference}`, () =>
      site.payments.repay({
        paymentId: payment.id,
        idempotencyKey: ticketOf(fieldsOf(request)),
        // No sum at all is refused like any sum that is not above zero.
        amount: fromDecimal(given("amount").replace(",", "."), "EUR") ?? money(0n, "EUR"),
        by: given("by"),
        reason: given("reason"),
        route: "payout",
        payee: {
          iban: given("iban"),
          name: given("name"),
          email: given("email"),
          address: given("address"),
          city: given("city"),
          postalCode: given("postalCode")
        }
      })
    )
  })

  router.post("/clerk/repayments/:id/approve", async (request, response) => {
    const { id } = request.params
    const found = (await site.payments.listRepayments({ limit: 1000 })).find((one) => one.id === id)
    const payment = found === undefined ? undefined : await site.payments.get(found.paymentId)
    if (payment === undefined) return notFound(response, language)
    await attempted(response, language, `/clerk/payments/${payment.merchantReference}`, () =>
      site.payments.stepRepayment(id, { action: "approve", by: textIn(request, `approver-${id}`) })
    )
  })
}
