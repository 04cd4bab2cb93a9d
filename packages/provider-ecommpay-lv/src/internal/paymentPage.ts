import { type CreateInput, type Observed, type PaymentError, Redirect, SubmitForm } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { SignatureError } from "../signature.ts"
import type { EcommpayLvPaymentOptions } from "../options.ts"
import type { PageOptions } from "../page.ts"
import type { Settings } from "./configuration.ts"
import type { Credentials } from "./credentials.ts"
import { invalid, type Order, toOrder } from "./order.ts"
import { bankParameters, displayParameters, pageProblem, returnParameters } from "./pageOptions.ts"
import { personalParameters } from "./personalParameters.ts"
import { beforeAllNotices } from "./wireDate.ts"

type Parameters = Readonly<Record<string, string>>

const present = (parameters: Readonly<Record<string, string | undefined>>): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** Everything but the signature, as the texts that are signed and sent. */
export const pageParameters = (order: Order, projectId: number, page: PageOptions = {}): Parameters => {
  const { person, urls } = order
  return present({
    ...personalParameters(person, page),
    project_id: String(projectId),
    payment_id: order.paymentId,
    payment_amount: String(order.amount),
    payment_currency: "EUR",
    payment_description: order.description,
    customer_id: order.customerId,
    ...bankParameters(page, order.bankId),
    ...displayParameters(page),
    best_before: order.bestBefore,
    language_code: order.language,
    merchant_callback_url: urls.webhook,
    // Unless it is told otherwise the page returns payers who finished by itself, and shows the others a button.
    ...returnParameters(page, urls.return)
  })
}

/** Which of the caller's fields a parameter comes from, for what cannot be signed. */
const sources: Readonly<Record<string, string>> = {
  payment_id: "attemptId",
  merchant_callback_url: "urls.webhook",
  redirect_success_url: "urls.return",
  redirect_fail_url: "urls.return",
  merchant_success_url: "urls.return",
  merchant_fail_url: "urls.return",
  merchant_return_url: "urls.return",
  redirect_return_url: "urls.return"
}

/** Longer addresses are cut by some browsers and proxies. */
const maxUrlLength = 2000

/** Opens the page by a link, or by a form where a link would show the payer's data to logs and to the browser's history. */
const openPage = (address: URL, isPersonal: boolean, parameters: Parameters): Redirect | SubmitForm => {
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const url = `${address.href}?${query.join("&")}`
  return isPersonal || url.length > maxUrlLength
    ? new SubmitForm({ url: address.href, fields: parameters })
    : new Redirect({ url })
}

/**
 * Prepares the page's call; nothing is sent, and ecommpay knows nothing of the payment before the payer confirms a bank
 * on the page.
 */
export const createByPage = Effect.fnUntraced(function* (
  input: CreateInput<EcommpayLvPaymentOptions>,
  settings: Settings,
  credentials: Credentials
): Effect.fn.Return<ReadonlyArray<Observed>, PaymentError> {
  const order = yield* toOrder(input, credentials)
  const { page = {} } = input.options
  const problem = pageProblem(page, order.bankId)
  if (problem !== undefined) return yield* invalid(input, "options.page", problem)
  const unsigned = pageParameters(order, settings.projectId, page)
  const signature = credentials.sign(unsigned)
  if (Result.isFailure(signature)) return yield* cannotSign(input, signature.failure)
  const isPersonal = Object.keys(present(personalParameters(order.person, page))).length > 0
  const action = openPage(settings.paymentPage, isPersonal, { ...unsigned, signature: signature.success })
  return [
    {
      says: { _tag: "action_needed", action },
      trust: "proven",
      providerTime: beforeAllNotices(input.createdAt),
      providerReference: order.paymentId
    }
  ]
})

const cannotSign = (input: CreateInput<unknown>, error: SignatureError): PaymentError =>
  invalid(input, sources[error.path] ?? error.path, `cannot be signed (${error.reason}).`)
