import type { RepaymentFilter, RepaymentRow } from "@maksa/core"
import type { Insertable, Selectable } from "kysely"
import { asLimit, metOneRow, toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"
import type { RepaymentTable } from "./Tables.ts"

const toColumns = (row: RepaymentRow): Insertable<RepaymentTable> => ({
  id: row.id,
  payment_id: row.paymentId,
  attempt_id: row.attemptId ?? null,
  idempotency_digest: row.idempotencyDigest,
  input_digest: row.inputDigest,
  amount_minor: row.amountMinor,
  currency: row.currency,
  route: row.route,
  status: row.status,
  finality: row.finality,
  since: BigInt(row.since),
  submitted_at: row.submittedAt === undefined ? null : BigInt(row.submittedAt),
  last_query_at: row.lastQueryAt === undefined ? null : BigInt(row.lastQueryAt),
  attention: row.attention,
  history: row.history,
  created_at: BigInt(row.createdAt),
  updated_at: BigInt(row.updatedAt)
})

const fromColumns = (row: Selectable<RepaymentTable>): RepaymentRow => ({
  id: row.id,
  paymentId: row.payment_id,
  attemptId: row.attempt_id ?? undefined,
  idempotencyDigest: row.idempotency_digest,
  inputDigest: row.input_digest,
  amountMinor: row.amount_minor,
  currency: row.currency,
  route: row.route,
  status: row.status,
  finality: row.finality,
  since: toSafeNumber(row.since),
  submittedAt: row.submitted_at === null ? undefined : toSafeNumber(row.submitted_at),
  lastQueryAt: row.last_query_at === null ? undefined : toSafeNumber(row.last_query_at),
  attention: row.attention,
  history: row.history,
  createdAt: toSafeNumber(row.created_at),
  updatedAt: toSafeNumber(row.updated_at)
})

export const insertRepayment = async (scope: Scope, row: RepaymentRow): Promise<boolean> => {
  const result = await scope.trx
    .insertInto("repayment")
    .values(toColumns(row))
    .onConflict((conflict) => conflict.column("idempotency_digest").doNothing())
    .executeTakeFirstOrThrow()
  return result.numInsertedOrUpdatedRows === 1n
}

export const updateRepayment = async (scope: Scope, row: RepaymentRow): Promise<void> => {
  const { id, ...columns } = toColumns(row)
  const result = await scope.trx.updateTable("repayment").set(columns).where("id", "=", id).executeTakeFirstOrThrow()
  metOneRow("repayment", result)
}

const findOne = async (
  scope: Scope,
  column: "id" | "idempotency_digest",
  value: string
): Promise<RepaymentRow | undefined> => {
  const row = await scope.trx
    .selectFrom("repayment")
    .selectAll()
    .where(column, "=", value)
    .$if(scope.dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst()
  return row && fromColumns(row)
}

export const findRepayment = (scope: Scope, id: string): Promise<RepaymentRow | undefined> => findOne(scope, "id", id)

export const findRepaymentByKey = (scope: Scope, idempotencyDigest: string): Promise<RepaymentRow | undefined> =>
  findOne(scope, "idempotency_digest", idempotencyDigest)

/** Oldest first. */
export const repaymentsOf = async (scope: Scope, paymentId: string): Promise<ReadonlyArray<RepaymentRow>> => {
  const rows = await scope.trx
    .selectFrom("repayment")
    .selectAll()
    .where("payment_id", "=", paymentId)
    .orderBy("seq")
    .execute()
  return rows.map(fromColumns)
}

/** Newest first; `from` is inclusive, `to` exclusive. */
export const listRepayments = async (scope: Scope, filter: RepaymentFilter): Promise<ReadonlyArray<RepaymentRow>> => {
  const { from, to, status, before } = filter
  let query = scope.trx.selectFrom("repayment").selectAll()
  if (from !== undefined) query = query.where("created_at", ">=", BigInt(from))
  if (to !== undefined) query = query.where("created_at", "<", BigInt(to))
  if (status !== undefined) query = query.where("status", "=", status)
  if (before !== undefined) {
    query = query.where((where) =>
      where(where.refTuple("created_at", "id"), "<", where.tuple(BigInt(before.createdAt), before.id))
    )
  }
  const rows = await query.orderBy("created_at", "desc").orderBy("id", "desc").limit(asLimit(filter.limit)).execute()
  return rows.map(fromColumns)
}
