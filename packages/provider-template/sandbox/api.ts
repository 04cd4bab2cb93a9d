// The provider's API for merchants: routes and what they do. Signatures, faults and HTTP are the server's.
import type { Account } from "./accounts.ts"
import { receiptOf } from "./documents.ts"
import type { Answer } from "./Faults.ts"
import { type MoneyBack, type Repayment, toWireRepayment } from "./MoneyBack.ts"
import { type Payment, toWire } from "./Payment.ts"
import { earliestQueryMillis, type Payments } from "./Payments.ts"
import { Refusal, type WireAmount } from "./wire.ts"

export interface Call {
  readonly operation: string
  /** The payment's id in the path. */
  readonly id?: string
}

const routes: ReadonlyArray<readonly [method: string, path: RegExp, operation: string]> = [
  ["POST", /^\/v1\/payments$/, "create"],
  ["GET", /^\/v1\/payments$/, "list"],
  ["GET", /^\/v1\/payments\/([^/]+)$/, "status"],
  ["GET", /^\/v1\/payments\/([^/]+)\/receipt$/, "receipt"],
  ["POST", /^\/v1\/payments\/([^/]+)\/answers$/, "resume"],
  ["POST", /^\/v1\/payments\/([^/]+)\/cancel$/, "withdraw"],
  ["POST", /^\/v1\/payments\/([^/]+)\/refunds$/, "refund"],
  ["POST", /^\/v1\/payments\/([^/]+)\/payouts$/, "payout"],
  ["GET", /^\/v1\/repayments\/([^/]+)$/, "repaymentStatus"],
  ["POST", /^\/v1\/payments\/([^/]+)\/invoice$/, "issueInvoice"],
  ["GET", /^\/v1\/banks$/, "banks"],
  ["GET", /^\/v1\/account$/, "check"]
]

export const route = (method: string, path: string): Call | undefined => {
  for (const [verb, pattern, operation] of routes) {
    const match = verb === method ? pattern.exec(path) : null
    if (match !== null) return { operation, ...(match[1] === undefined ? {} : { id: decodeURIComponent(match[1]) }) }
  }
  return undefined
}

const json = (status: number, content: object): Answer => ({
  status,
  mediaType: "application/json",
  body: new TextEncoder().encode(JSON.stringify(content))
})

export const refusalAnswer = (account: Account, { http, code }: Refusal): Answer =>
  json(http, { account: account.id, error: { code } })

const banks = [
  { id: "tiger", name: "Tiger Bank", max: { value: "1000000", currency: "EUR" } },
  { id: "lynx", name: "Lynx Bank" }
]

interface Body {
  readonly id?: string
  readonly amount?: WireAmount
  readonly fields?: Readonly<Record<string, string>>
  readonly consent_text?: string
  readonly iban?: string
  readonly name?: string
  readonly code?: string
  readonly address?: string
}

const readBody = (text: string): Body => {
  try {
    // Each use below checks the member that it needs.
    return JSON.parse(text) as Body
  } catch {
    throw new Refusal(400, "not_json")
  }
}

const required = <T>(value: T | undefined): T => {
  if (value === undefined || value === "") throw new Refusal(422, "missing_field")
  return value
}

const pageSize = 20

export const makeApi = (
  account: Account,
  payments: Payments,
  moneyBack: MoneyBack,
  now: () => number,
  origin: () => string
) => {
  const shown = (payment: Payment, status = 200): Answer =>
    json(status, { account: account.id, payment: toWire(payment, origin()) })

  const shownBack = (repayment: Repayment): Answer =>
    json(200, { account: account.id, repayment: toWireRepayment(repayment) })

  const list = (query: URLSearchParams): Answer => {
    const from = Number(query.get("from"))
    const to = Number(query.get("to"))
    const after = Number(query.get("after") ?? "0")
    const found = payments.all().filter((one) => one.createdAt >= from && one.createdAt < to)
    const page = found.slice(after, after + pageSize)
    return json(200, {
      account: account.id,
      payments: page.map((one) => ({ ...toWire(one, origin()), created_at: new Date(one.createdAt).toISOString() })),
      ...(after + pageSize < found.length ? { next: String(after + pageSize) } : {})
    })
  }

  /** Does what was asked; throws a `Refusal` that says why not. */
  return ({ id = "", operation }: Call, query: URLSearchParams, text: string): Answer => {
    switch (operation) {
      case "create": {
        const { isNew, payment } = payments.create(text)
        if (payment.order.account !== account.id) throw new Refusal(403, "foreign_account")
        return shown(payment, isNew ? 201 : 200)
      }
      case "status": {
        const payment = payments.get(id)
        if (now() < payment.createdAt + earliestQueryMillis) throw new Refusal(425, "too_early")
        return shown(payment)
      }
      case "receipt":
        return { status: 200, ...receiptOf(payments.get(id), query.get("format") ?? "") }
      case "resume": {
        const { consent_text, fields } = readBody(text)
        payments.answer(payments.get(id), fields ?? {}, consent_text)
        return shown(payments.get(id))
      }
      case "withdraw":
        payments.cancel(payments.get(id))
        return shown(payments.get(id))
      case "refund": {
        const body = readBody(text)
        return shownBack(moneyBack.ask(payments.get(id), "refund", required(body.id), required(body.amount)))
      }
      case "payout": {
        const body = readBody(text)
        required(body.iban)
        required(body.name)
        return shownBack(moneyBack.ask(payments.get(id), "payout", required(body.id), required(body.amount)))
      }
      case "repaymentStatus":
        return shownBack(moneyBack.get(id))
      case "issueInvoice": {
        const body = readBody(text)
        for (const value of [body.name, body.code, body.address]) required(value)
        return json(200, { account: account.id, document: payments.issueInvoice(payments.get(id)) })
      }
      case "list":
        return list(query)
      case "banks": {
        const value = query.get("value") ?? ""
        if (!/^\d{1,15}$/.test(value)) throw new Refusal(422, "wrong_amount")
        const able = banks.filter((bank) => bank.max === undefined || BigInt(value) <= BigInt(bank.max.value))
        return json(200, { account: account.id, banks: able })
      }
      default:
        return json(200, { account: account.id, key_expires_at: new Date(account.keyExpiresAt).toISOString() })
    }
  }
}
