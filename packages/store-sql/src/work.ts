import type { WorkRow } from "@maksa/core"
import type { Selectable } from "kysely"
import { asLimit, toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"
import type { WorkTable } from "./Tables.ts"

const fromColumns = (row: Selectable<WorkTable>): WorkRow => ({
  kind: row.kind,
  attemptId: row.attempt_id,
  dueAt: toSafeNumber(row.due_at),
  leaseUntil: toSafeNumber(row.lease_until),
  tries: toSafeNumber(row.tries)
})

export const putWork = async (scope: Scope, row: WorkRow): Promise<void> => {
  const next = { due_at: BigInt(row.dueAt), lease_until: BigInt(row.leaseUntil), tries: BigInt(row.tries) }
  await scope.trx
    .insertInto("work")
    .values({ kind: row.kind, attempt_id: row.attemptId, ...next })
    .onConflict((conflict) => conflict.columns(["attempt_id", "kind"]).doUpdateSet(next))
    .execute()
}

export const deleteWork = async (scope: Scope, attemptId: string, kind: WorkRow["kind"]): Promise<void> => {
  await scope.trx.deleteFrom("work").where("attempt_id", "=", attemptId).where("kind", "=", kind).execute()
}

/** Longest due first. A lease ends at its time: work leased until `now` is free again. */
export const claimWork = async (
  scope: Scope,
  now: number,
  limit: number,
  leaseUntil: number
): Promise<ReadonlyArray<WorkRow>> => {
  const rows = await scope.trx
    .updateTable("work")
    .set({ lease_until: BigInt(leaseUntil) })
    .where("seq", "in", (select) =>
      select
        .selectFrom("work")
        .select("seq")
        .where("due_at", "<=", BigInt(now))
        .where("lease_until", "<=", BigInt(now))
        .orderBy("due_at")
        .orderBy("seq")
        .limit(asLimit(limit))
        .$if(scope.dialect.locksRows, (query) => query.forUpdate().skipLocked())
    )
    .returningAll()
    .execute()
  // `returning` promises no order.
  return rows
    .toSorted((a, b) => (a.due_at === b.due_at ? Number(a.seq - b.seq) : Number(a.due_at - b.due_at)))
    .map(fromColumns)
}

export const findWork = async (
  scope: Scope,
  attemptId: string,
  kind: WorkRow["kind"]
): Promise<WorkRow | undefined> => {
  const row = await scope.trx
    .selectFrom("work")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .where("kind", "=", kind)
    .executeTakeFirst()
  return row && fromColumns(row)
}

export const turnBackWork = async (scope: Scope, millis: number): Promise<void> => {
  const by = BigInt(millis)
  await scope.trx
    .updateTable("work")
    .set((row) => ({ due_at: row("due_at", "-", by), lease_until: row("lease_until", "-", by) }))
    .execute()
}
