import { rigaDate } from "../dates.ts"
import { formatCents, parseDecimal, toCents } from "../Decimal.ts"
import { DeserializationError } from "../errors.ts"
import type { BankPayment, PaymentRequest } from "../PaymentRequest.ts"
import { type Members, NumberText } from "./json.ts"
import { readDate } from "./readPaymentRequest.ts"

type Test<A> = (value: A) => boolean

/** From and till of one field, both included; either may be absent. */
const between =
  <A extends number | bigint>(from: A | undefined, till: A | undefined): Test<A> =>
  (value) =>
    (from === undefined || value >= from) && (till === undefined || value <= till)

const dates = (body: Members, name: string): { readonly isGiven: boolean; readonly has: Test<number> } => {
  const from = readDate(body, `${name}From`, false)
  const till = readDate(body, `${name}Till`, true)
  return { isGiven: from !== undefined || till !== undefined, has: between(from, till) }
}

const cents = (body: Members, name: string): bigint | undefined => {
  const text = body.number(name)
  if (text === undefined) return undefined
  const value = parseDecimal(text)
  const sum = value === undefined ? undefined : toCents(value)
  if (sum === undefined) throw new DeserializationError(name)
  return sum
}

const amounts = (body: Members): Test<bigint> => between(cents(body, "AmountFrom"), cents(body, "AmountTill"))

const currency = (body: Members): Test<string> => {
  const wanted = body.text("Currency")?.trim()
  return (value) => wanted === undefined || value === wanted
}

/** Rows of `getpaymentrequests`, oldest first. */
export const listRequests = (requests: ReadonlyArray<PaymentRequest>, body: Members): ReadonlyArray<object> => {
  const created = dates(body, "CreatedDate")
  const paid = dates(body, "PaymentDate")
  const expires = dates(body, "ExpirationDate")
  const isOfSum = amounts(body)
  const isOfCurrency = currency(body)
  const onlyNotPayed = body.boolean("OnlyNotPayed")
  return requests
    .filter(
      (one) =>
        created.has(one.createdAt) &&
        expires.has(one.expiresAt) &&
        isOfSum(one.totalCents) &&
        isOfCurrency(one.currency) &&
        (!paid.isGiven || one.payments.some(({ at, status }) => status === "E" && paid.has(at))) &&
        !(onlyNotPayed && one.status === "E")
    )
    .map((one) => ({
      PaymentRequestUniqueId: one.id,
      Number: `MM-${one.id.slice(0, 8).toUpperCase()}`,
      StartDate: rigaDate(one.createdAt),
      ExpirationDate: rigaDate(one.expiresAt),
      ServiceProviderName: one.payee,
      ServiceName: one.serviceName.lv,
      TotalAmount: new NumberText(formatCents(one.totalCents)),
      Currency: one.currency,
      // The guide shows only the first word; the second is the simulator's own.
      UsageStatus: one.payments.length > 0 ? "Izmantots" : "Neizmantots"
    }))
}

/** Rows of `getpayments`: every try at a bank, the refused ones too. */
export const listPayments = (requests: ReadonlyArray<PaymentRequest>, body: Members): ReadonlyArray<object> => {
  const paid = dates(body, "PaymentDate")
  const isOfSum = amounts(body)
  const isOfCurrency = currency(body)
  const isWanted = (payment: BankPayment): boolean =>
    paid.has(payment.at) && isOfSum(payment.cents) && isOfCurrency(payment.currency)
  return requests.flatMap((request) =>
    request.payments.filter(isWanted).map((payment) => ({
      PaymentRequestUniqueId: request.id,
      PaymentDate: rigaDate(payment.at),
      ExternalId: payment.externalId,
      ServiceName: request.serviceName.lv,
      PayeeAccountNumber: request.iban,
      BankInfo: request.paymentObject ?? request.serviceName.lv,
      Amount: new NumberText(formatCents(payment.cents)),
      Currency: payment.currency,
      StatusCode: payment.status
    }))
  )
}
