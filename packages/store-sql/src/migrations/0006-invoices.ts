import { type Kysely, type Migration, sql } from "kysely"
import type { Dialect } from "../Scope.ts"

/** The invoices that providers were asked to issue. */
export const invoices = ({ types }: Dialect): Migration => {
  const id = sql.raw<string>(types.id)
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("invoice")
        .addColumn("attempt_id", id, (c) => c.primaryKey().notNull().references("attempt.id"))
        .addColumn("payment_id", id, (c) => c.notNull())
        .addColumn("input_digest", "text", (c) => c.notNull())
        .addColumn("status", "text", (c) =>
          c.notNull().check(sql<boolean>`status in ('submitted', 'issued', 'not_issued')`)
        )
        .addColumn("document_id", "text")
        .addColumn("submitted_at", "bigint", (c) => c.notNull())
        .addColumn("history", "text", (c) => c.notNull())
        .execute()
    }
  }
}
