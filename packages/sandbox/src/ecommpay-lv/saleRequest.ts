import { isIP } from "node:net"
import { findBank, largestAmount, largestLimit, limitOf } from "./Banks.ts"
import type { Askable } from "./clarification/ClarificationRequest.ts"
import { codes } from "./Codes.ts"
import { readFields, type Fields } from "./fields.ts"
import { GateRefusal } from "./GateRefusal.ts"
import type { GateRequest } from "./gateEnvelope.ts"
import type { CallbackOptions, FieldError, PaymentRequest, ReturnUrls } from "./PaymentRecord.ts"
import type { ProjectSettings } from "./ProjectSettings.ts"

const longestDelaySeconds = 600n

const readReturnUrls = (body: Fields): ReturnUrls => {
  const given = body.raw("return_url")
  // The banks schema also allows one address as plain text.
  if (typeof given === "string" && given !== "") return { return: given }
  const urls = body.optionalObject("return_url") ?? readFields({}, "return_url")
  const [success, decline, back] = [
    urls.optionalText("success", 2048),
    urls.optionalText("decline", 2048),
    urls.optionalText("return", 2048)
  ]
  return {
    ...(success === undefined ? {} : { success }),
    ...(decline === undefined ? {} : { decline }),
    ...(back === undefined ? {} : { return: back })
  }
}

export const readCallback = (body: Fields, general: Fields): CallbackOptions => {
  const url = general.optionalText("merchant_callback_url")
  const successUrl = general.optionalText("merchant_success_callback_url")
  const declineUrl = general.optionalText("merchant_decline_callback_url")
  const callback = body.optionalObject("callback")
  const delay = callback?.optionalInteger("delay", { from: 0n, to: longestDelaySeconds }) ?? 0n
  return {
    ...(url === undefined ? {} : { url }),
    ...(successUrl === undefined ? {} : { successUrl }),
    ...(declineUrl === undefined ? {} : { declineUrl }),
    delayMillis: Number(delay) * 1000,
    isDisabled: callback?.optionalFlag("force_disable") ?? false
  }
}

const readBestBefore = (payment: Fields): { readonly bestBefore?: number } => {
  const text = payment.optionalText("best_before")
  if (text === undefined) return {}
  const at = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(at)) {
    throw new GateRefusal(400, codes.malformed, "payment.best_before")
  }
  return { bestBefore: at }
}

const readGiven = (customer: Fields): ReadonlyArray<Askable> =>
  (["first_name", "last_name"] as const).filter((name) => customer.optionalText(name) !== undefined)

export const readEmail = (customer: Fields): Pick<PaymentRequest, "customerEmail"> => {
  const customerEmail = customer.optionalText("email")
  return customerEmail === undefined ? {} : { customerEmail }
}

const languageOf = (customer: Fields): PaymentRequest["language"] => {
  // A language with its country, such as `en_US` (Gate's schema of the customer).
  const asked = customer.optionalText("language")?.slice(0, 2).toLowerCase()
  return asked === "lv" || asked === "ru" ? asked : "en"
}

/** Reads `/v2/payment/banks/latvia/sale`: required fields and their form. What it means is judged by `judgeSale`. */
export const readSale = ({ body, general, id, project }: GateRequest): PaymentRequest => {
  const payment = body.object("payment")
  const amountMinor = payment.integer("amount", { from: 1n, to: largestAmount })
  const currency = payment.text("currency", 3)
  const customer = body.object("customer")
  const customerId = customer.text("id")
  if (isIP(customer.text("ip_address")) === 0) throw new GateRefusal(400, codes.malformed, "customer.ip_address")
  const bankId = body.optionalObject("account")?.optionalInteger("bank_id", { from: 0n, to: 2n ** 31n })
  return {
    type: "purchase",
    projectId: project.projectId,
    paymentId: id,
    channel: "gate",
    amountMinor,
    currency,
    description: payment.optionalText("description") ?? "",
    customerId,
    ...readEmail(customer),
    given: readGiven(customer),
    ...(bankId === undefined ? {} : { bankId: Number(bankId) }),
    ...readBestBefore(payment),
    language: languageOf(customer),
    returnUrls: readReturnUrls(body),
    callback: readCallback(body, general)
  }
}

/** What is wrong with a well-formed sale; the method takes euro only and knows its banks. */
export const judgeSale = (sale: PaymentRequest, settings: ProjectSettings): ReadonlyArray<FieldError> => {
  const { amountMinor, bankId, currency } = sale
  const isKnown = findBank(bankId) !== undefined
  const limit = bankId !== undefined && isKnown ? limitOf(bankId, settings) : largestLimit(settings)
  return [
    ...(currency === "EUR" ? [] : [{ ...codes.invalidCurrency, field: "payment.currency" }]),
    ...(amountMinor <= BigInt(limit) ? [] : [{ ...codes.amountTooLarge, field: "payment.amount" }]),
    ...(bankId === undefined || isKnown ? [] : [{ ...codes.unknownBank, field: "account.bank_id" }])
  ]
}
