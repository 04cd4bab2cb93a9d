import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import type { Decline } from "../Decline.ts"
import { Attempt, Payment } from "../Payment.ts"
import { PriceLine } from "../PriceLine.ts"
import { money, type Money } from "../Money.ts"
import { PaymentState, PaymentStatus } from "../State.ts"
import type { AttemptRow, PaymentRow, StoreTransaction } from "../Store.ts"
import { decodeAction } from "./ledger.ts"

const linesJson = Schema.fromJsonString(Schema.toCodecJson(Schema.Array(PriceLine)))
export const encodeLines = Schema.encodeSync(linesJson)
export const decodeLines = Schema.decodeUnknownSync(linesJson)

const stateJson = Schema.fromJsonString(Schema.toCodecJson(PaymentState))
export const encodeState = Schema.encodeSync(stateJson)
export const decodeState = Schema.decodeUnknownSync(stateJson)
export const decodeStatus = Schema.decodeUnknownSync(PaymentStatus)

export const askedOf = (row: PaymentRow): Money | undefined =>
  row.askedMinor === undefined || row.currency === undefined ? undefined : money(row.askedMinor, row.currency)

/** What adapters saw of this attempt beyond the row; kept in the sealed `action` text. */
export interface SealedView {
  readonly action: string | undefined
  readonly actionUrl: string
  readonly paidVia: string | undefined
  readonly providerCode: string | undefined
  readonly decline: Decline | undefined
}

const toAttempt = (row: AttemptRow, sealed: Partial<SealedView>): Attempt =>
  new Attempt({
    // Ids were made by `newId`; the row's constraints hold their shape.
    id: Schema.decodeUnknownSync(Attempt.fields.id)(row.id),
    instance: row.instance,
    status: decodeStatus(row.status),
    finality: row.finality,
    createdAt: DateTime.makeUnsafe(row.createdAt),
    deadline: DateTime.makeUnsafe(row.deadline),
    ...(row.providerReference === undefined ? {} : { providerReference: row.providerReference }),
    ...(sealed.action === undefined ? {} : { nextAction: decodeAction(sealed.action) }),
    ...(sealed.action === undefined || sealed.actionUrl === undefined ? {} : { actionUrl: sealed.actionUrl }),
    ...(sealed.paidVia === undefined ? {} : { paidVia: sealed.paidVia }),
    ...(sealed.providerCode === undefined ? {} : { providerCode: sealed.providerCode }),
    ...(sealed.decline === undefined ? {} : { decline: sealed.decline })
  })

/** A payment as callers see it, out of its rows. */
export const loadPayment = async (
  tx: StoreTransaction,
  row: PaymentRow,
  actionUrl: (attemptId: string) => string
): Promise<Payment> => {
  const rows = await tx.attemptsOf(row.id)
  const attempts: Array<Attempt> = []
  for (const attempt of rows) {
    const text = await tx.getSealed(attempt.id, "action")
    const view: Partial<SealedView> = text === undefined ? {} : (JSON.parse(text) as Partial<SealedView>) // written by folding.ts
    attempts.push(toAttempt(attempt, { ...view, actionUrl: actionUrl(attempt.id) }))
  }
  const [first, ...rest] = attempts
  const last = rows.at(-1)
  if (first === undefined || last === undefined) throw new Error(`Payment ${row.id} has no attempt.`)
  return new Payment({
    id: Schema.decodeUnknownSync(Payment.fields.id)(row.id),
    provider: last.instance,
    environment: row.environment,
    merchantReference: row.merchantReference,
    purpose: row.purpose,
    lines: decodeLines(row.lines),
    ...(row.askedMinor === undefined || row.currency === undefined
      ? {}
      : { amount: money(row.askedMinor, row.currency) }),
    state: decodeState(row.state),
    attempts: [first, ...rest],
    createdAt: DateTime.makeUnsafe(row.createdAt),
    updatedAt: DateTime.makeUnsafe(row.updatedAt)
  })
}
