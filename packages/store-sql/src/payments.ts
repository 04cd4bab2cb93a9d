import type { PaymentFilter, PaymentRow } from "@maksa/core"
import type { Insertable, Selectable } from "kysely"
import { asLimit, metOneRow, toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"
import type { PaymentTable } from "./Tables.ts"

const toColumns = (row: PaymentRow): Insertable<PaymentTable> => ({
  id: row.id,
  idempotency_digest: row.idempotencyDigest,
  input_digest: row.inputDigest,
  merchant_reference: row.merchantReference,
  environment: row.environment,
  purpose: row.purpose,
  lines: row.lines,
  asked_minor: row.askedMinor ?? null,
  currency: row.currency ?? null,
  created_at: BigInt(row.createdAt),
  updated_at: BigInt(row.updatedAt),
  status: row.status,
  finality: row.finality,
  state: row.state,
  epoch: BigInt(row.epoch),
  fulfilment: row.fulfilment
})

const fromColumns = (row: Selectable<PaymentTable>): PaymentRow => ({
  id: row.id,
  idempotencyDigest: row.idempotency_digest,
  inputDigest: row.input_digest,
  merchantReference: row.merchant_reference,
  environment: row.environment,
  purpose: row.purpose,
  lines: row.lines,
  askedMinor: row.asked_minor ?? undefined,
  currency: row.currency ?? undefined,
  createdAt: toSafeNumber(row.created_at),
  updatedAt: toSafeNumber(row.updated_at),
  status: row.status,
  finality: row.finality,
  state: row.state,
  epoch: toSafeNumber(row.epoch),
  fulfilment: row.fulfilment
})

export const insertPayment = async (scope: Scope, row: PaymentRow): Promise<boolean> => {
  const result = await scope.trx
    .insertInto("payment")
    .values(toColumns(row))
    .onConflict((conflict) => conflict.column("idempotency_digest").doNothing())
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === 1n
}

export const findPayment = async (scope: Scope, id: string): Promise<PaymentRow | undefined> => {
  const row = await scope.trx
    .selectFrom("payment")
    .selectAll()
    .where("id", "=", id)
    .$if(scope.dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst()
  return row && fromColumns(row)
}

export const findPaymentByKey = async (scope: Scope, idempotencyDigest: string): Promise<PaymentRow | undefined> => {
  const row = await scope.trx
    .selectFrom("payment")
    .selectAll()
    .where("idempotency_digest", "=", idempotencyDigest)
    .executeTakeFirst()
  return row && fromColumns(row)
}

export const updatePayment = async (scope: Scope, row: PaymentRow): Promise<void> => {
  const { id, ...columns } = toColumns(row)
  metOneRow(
    "payment",
    await scope.trx.updateTable("payment").set(columns).where("id", "=", id).executeTakeFirstOrThrow()
  )
}

/** `from` is inclusive, `to` exclusive, so that neighbouring periods share no payment. */
export const listPayments = async (scope: Scope, filter: PaymentFilter): Promise<ReadonlyArray<PaymentRow>> => {
  const { from, to, status, merchantReference, before } = filter
  let query = scope.trx.selectFrom("payment").selectAll()
  if (from !== undefined) query = query.where("created_at", ">=", BigInt(from))
  if (to !== undefined) query = query.where("created_at", "<", BigInt(to))
  if (status !== undefined) query = query.where("status", "=", status)
  if (merchantReference !== undefined) query = query.where("merchant_reference", "=", merchantReference)
  if (before !== undefined) {
    query = query.where((where) =>
      where(where.refTuple("created_at", "id"), "<", where.tuple(BigInt(before.createdAt), before.id))
    )
  }
  const rows = await query.orderBy("created_at", "desc").orderBy("id", "desc").limit(asLimit(filter.limit)).execute()
  return rows.map(fromColumns)
}
