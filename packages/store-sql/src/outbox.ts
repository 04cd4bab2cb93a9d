import type { EventRow } from "@maksa/core"
import { type Insertable, type Selectable, sql } from "kysely"
import { asLimit, metOneRow, toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"
import type { EventTable } from "./Tables.ts"

const toColumns = (row: EventRow): Insertable<EventTable> => ({
  id: row.id,
  payment_id: row.paymentId,
  type: row.type,
  created_at: BigInt(row.createdAt),
  payload: row.payload,
  due_at: BigInt(row.dueAt),
  tries: BigInt(row.tries),
  status: row.status,
  last_error: row.lastError ?? null
})

const fromColumns = (row: Selectable<EventTable>): EventRow => ({
  id: row.id,
  paymentId: row.payment_id,
  type: row.type,
  createdAt: toSafeNumber(row.created_at),
  payload: row.payload,
  dueAt: toSafeNumber(row.due_at),
  tries: toSafeNumber(row.tries),
  status: row.status,
  lastError: row.last_error ?? undefined
})

export const insertEvent = async (scope: Scope, row: EventRow): Promise<void> => {
  await scope.trx.insertInto("event").values(toColumns(row)).execute()
}

export const updateEvent = async (scope: Scope, row: EventRow): Promise<void> => {
  const { id, ...columns } = toColumns(row)
  metOneRow("event", await scope.trx.updateTable("event").set(columns).where("id", "=", id).executeTakeFirstOrThrow())
}

/**
 * Longest due first; of equally due ones the first inserted. An event waits for every earlier one of its payment, so that
 * each payment's come in their order, whatever the clock said, and put-off ones do not crowd out those of others.
 */
export const dueEvents = async (scope: Scope, now: number, limit: number): Promise<ReadonlyArray<EventRow>> => {
  const rows = await scope.trx
    .selectFrom("event")
    .selectAll()
    .where("status", "=", sql.lit("pending")) // not bound: so that every planner sees that the partial index serves
    .where("due_at", "<=", BigInt(now))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("event as earlier")
            .select(sql.lit(1).as("one"))
            .whereRef("earlier.payment_id", "=", "event.payment_id")
            .whereRef("earlier.seq", "<", "event.seq")
            .where("earlier.status", "=", sql.lit("pending"))
        )
      )
    )
    .orderBy("due_at")
    .orderBy("seq")
    .limit(asLimit(limit))
    .execute()
  return rows.map(fromColumns)
}

export const eventsOf = async (scope: Scope, paymentId: string): Promise<ReadonlyArray<EventRow>> => {
  const rows = await scope.trx
    .selectFrom("event")
    .selectAll()
    .where("payment_id", "=", paymentId)
    .orderBy("seq")
    .execute()
  return rows.map(fromColumns)
}

export const turnBackEvents = async (scope: Scope, millis: number): Promise<void> => {
  await scope.trx
    .updateTable("event")
    .set((row) => ({ due_at: row("due_at", "-", BigInt(millis)) }))
    .where("status", "=", sql.lit("pending"))
    .execute()
}
