// The provider's own list: payment requests of a span, each with the money of its payments.
import { fromDecimal, type ListedPayment, money, type Money, type Observed, type Span } from "@maksa/core"
import * as Result from "effect/Result"

import type { JsonInput, JsonMembers } from "./json.ts"
import { rigaInstant } from "../rigaTime.ts"
import { isGuid } from "../wire.ts"
import { type Read, textOf, unfit } from "./answers.ts"

const day = 86_400_000

/**
 * Bounds of `getpaymentrequests`.
 *
 * ASSUMPTION(viss-mm#21): CreatedDateFrom and -Till mean the moment of SavePaymentRequest, are both included, and come
 * whole: the guide knows no pages.
 */
export const requestFilter = ({ from, to }: Span): { readonly [member: string]: JsonInput } => ({
  CreatedDateFrom: rigaInstant(from),
  CreatedDateTill: rigaInstant(to - 1)
})

/** A request is paid after it was made, until its deadline, which is at most a year off; a month is for what comes late. */
export const paymentFilter = ({ from, to }: Span): { readonly [member: string]: JsonInput } => ({
  PaymentDateFrom: rigaInstant(from),
  PaymentDateTill: rigaInstant(to + 400 * day)
})

interface RequestRow {
  readonly id: string
  readonly total: Money
  readonly row: JsonMembers
}

interface PaymentRow {
  readonly id: string
  readonly word: string
  readonly amount: Money
  readonly row: JsonMembers
}

const idOf = (row: JsonMembers): Read<string> => {
  const id = textOf(row, "PaymentRequestUniqueId")?.trim()
  return id !== undefined && isGuid(id)
    ? Result.succeed(id)
    : unfit("a row has no PaymentRequestUniqueId that is a GUID")
}

const sumOf = (row: JsonMembers, name: string): Read<Money> => {
  const digits = textOf(row, name)?.trim() ?? ""
  const currency = textOf(row, "Currency")?.trim() ?? ""
  const sum = /^[A-Z]{3}$/.test(currency) ? fromDecimal(digits, currency) : undefined
  return sum === undefined || sum.minorUnits < 0n
    ? unfit(`a row has no ${name} that is a sum of money`)
    : Result.succeed(sum)
}

const readRequest = (row: JsonMembers): Read<RequestRow> =>
  Result.gen(function* () {
    return { id: yield* idOf(row), total: yield* sumOf(row, "TotalAmount"), row }
  })

const readPayment = (row: JsonMembers): Read<PaymentRow> =>
  Result.gen(function* () {
    const word = textOf(row, "StatusCode")?.trim()
    if (word === undefined) return yield* unfit("a row has no StatusCode")
    return { id: yield* idOf(row), word, amount: yield* sumOf(row, "Amount"), row }
  })

const readAll = <A>(rows: ReadonlyArray<JsonMembers>, read: (row: JsonMembers) => Read<A>): Read<ReadonlyArray<A>> =>
  Result.gen(function* () {
    const found: Array<A> = []
    for (const row of rows) found.push(yield* read(row))
    return found
  })

/** Sum of the executed payments by currency; a request has one, unless MM breaks its word. */
const received = (
  payments: ReadonlyArray<PaymentRow>
): ReadonlyArray<{ readonly currency: string; readonly cents: bigint }> => {
  const sums = new Map<string, bigint>()
  for (const { amount, word } of payments) {
    // P is under way, R a refused try among others, O and other words prove nothing: none of them ends the request.
    if (word === "E") sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + amount.minorUnits)
  }
  return [...sums].map(([currency, cents]) => ({ currency, cents }))
}

const plain = (row: JsonMembers): object =>
  Object.fromEntries(
    [...row].map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && "_tag" in value ? value.digits : value
    ])
  )

const evidenceOf = (request: RequestRow, payments: ReadonlyArray<PaymentRow>): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({ request: plain(request.row), payments: payments.map(({ row }) => plain(row)) })
  )

const observe = (request: RequestRow, payments: ReadonlyArray<PaymentRow>): ReadonlyArray<Observed> => {
  const sums = received(payments)
  // Sums in two currencies cannot be added. The one that was not asked for is told: nobody may call that paid.
  const told = sums.find(({ currency }) => currency !== request.total.currency) ?? sums[0]
  if (told === undefined) return []
  const { cents: minorUnits, currency } = told
  return [
    {
      says: { _tag: "received", amount: money(minorUnits, currency) },
      trust: "proven",
      providerReference: request.id,
      ...(sums.length > 1 ? { contractDrift: true } : {}),
      evidence: evidenceOf(request, payments)
    }
  ]
}

/**
 * Joins the rows of `getpaymentrequests` and `getpayments`: a payment request stands in the list once.
 *
 * Its state is not told, since UsageStatus says nothing about money and a payment's R never ends the request; only money
 * is. Payments of requests that were made at another time are left out: they are in the list of their own span.
 */
export const joinRows = (
  requestRows: ReadonlyArray<JsonMembers>,
  paymentRows: ReadonlyArray<JsonMembers>
): Read<ReadonlyArray<ListedPayment>> =>
  Result.gen(function* () {
    const requests = new Map<string, RequestRow>()
    for (const request of yield* readAll(requestRows, readRequest)) {
      const key = request.id.toLowerCase()
      if (requests.has(key)) return yield* unfit("a payment request stands in the list twice")
      requests.set(key, request)
    }
    const payments = Map.groupBy(yield* readAll(paymentRows, readPayment), ({ id }) => id.toLowerCase())
    return [...requests].map(([key, request]) => ({
      providerReference: request.id,
      observations: observe(request, payments.get(key) ?? []),
      // StartDate is a day alone, which is no moment: a guess could put the request outside its span.
      amount: request.total
    }))
  })
