// Repayments between their row and what callers see.
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { money, type Money } from "../../Money.ts"
import { Repayment, RepaymentAttention, RepaymentStatus, RepaymentStep } from "../../Repayment.ts"
import type { RepaymentRow } from "../../Store.ts"

const historyJson = Schema.fromJsonString(Schema.toCodecJson(Schema.Array(RepaymentStep)))
export const encodeHistory = Schema.encodeSync(historyJson)
export const decodeHistory = Schema.decodeUnknownSync(historyJson)
export const decodeRepaymentStatus = Schema.decodeUnknownSync(RepaymentStatus)
const decodeAttention = Schema.decodeUnknownSync(Schema.Array(RepaymentAttention))

export const amountOf = (row: RepaymentRow): Money => money(row.amountMinor, row.currency)

export const toRepayment = (row: RepaymentRow): Repayment =>
  new Repayment({
    // Ids were made by `newId`; the row's constraints hold their shape.
    id: Schema.decodeUnknownSync(Repayment.fields.id)(row.id),
    paymentId: Schema.decodeUnknownSync(Repayment.fields.paymentId)(row.paymentId),
    ...(row.attemptId === undefined
      ? {}
      : { attemptId: Schema.decodeUnknownSync(Repayment.fields.attemptId.schema)(row.attemptId) }),
    amount: amountOf(row),
    route: row.route,
    status: decodeRepaymentStatus(row.status),
    finality: row.finality,
    attention: decodeAttention(row.attention === "" ? [] : row.attention.split(",")),
    history: decodeHistory(row.history),
    createdAt: DateTime.makeUnsafe(row.createdAt),
    updatedAt: DateTime.makeUnsafe(row.updatedAt)
  })

// What was refused or came back no longer binds money; everything else does, an unknown outcome included.
export const binds = (row: RepaymentRow): boolean => row.status !== "refused" && row.status !== "reversed"
