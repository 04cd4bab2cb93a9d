import { type Kysely, type Migration, sql } from "kysely"
import type { Dialect } from "../Scope.ts"

/**
 * Repayments that a provider carries out: through which attempt, how far, and their due work. Work may be about a repayment
 * from here on, so that its table no longer refers to attempts alone; what is due is taken over.
 */
export const carriedRepayments = ({ types }: Dialect): Migration => {
  const id = sql.raw<string>(types.id)
  return {
    up: async (db: Kysely<unknown>) => {
      const alter = () => db.schema.alterTable("repayment")
      const columns = [
        (table: ReturnType<typeof alter>) => table.addColumn("attempt_id", id, (c) => c.references("attempt.id")),
        (table: ReturnType<typeof alter>) =>
          table.addColumn("finality", "text", (c) =>
            c
              .notNull()
              .defaultTo("hard")
              .check(sql<boolean>`finality in ('soft', 'hard')`)
          ),
        (table: ReturnType<typeof alter>) => table.addColumn("since", "bigint", (c) => c.notNull().defaultTo(0)),
        (table: ReturnType<typeof alter>) => table.addColumn("submitted_at", "bigint"),
        (table: ReturnType<typeof alter>) => table.addColumn("last_query_at", "bigint"),
        (table: ReturnType<typeof alter>) => table.addColumn("attention", "text", (c) => c.notNull().defaultTo(""))
      ]
      for (const add of columns) await add(alter()).execute()
      await sql`update repayment set since = updated_at`.execute(db)
      await db.schema.createIndex("repayment_by_time").on("repayment").columns(["created_at", "id"]).execute()
      await db.schema
        .createIndex("repayment_by_status")
        .on("repayment")
        .columns(["status", "created_at", "id"])
        .execute()

      await db.schema
        .createTable("due_work")
        .addColumn("seq", sql.raw<string>(types.serial), (c) => c.primaryKey())
        .addColumn("kind", "text", (c) => c.notNull().check(sql<boolean>`kind in ('query', 'receipt', 'repayment')`))
        .addColumn("attempt_id", id, (c) => c.notNull())
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("lease_until", "bigint", (c) => c.notNull())
        .addColumn("tries", "bigint", (c) => c.notNull())
        .addUniqueConstraint("work_of_subject", ["attempt_id", "kind"])
        .execute()
      await sql`insert into due_work (kind, attempt_id, due_at, lease_until, tries)
        select kind, attempt_id, due_at, lease_until, tries from work order by seq`.execute(db)
      await db.schema.dropTable("work").execute()
      await db.schema.alterTable("due_work").renameTo("work").execute()
      await db.schema.createIndex("work_due").on("work").columns(["due_at", "seq", "lease_until"]).execute()
    }
  }
}
