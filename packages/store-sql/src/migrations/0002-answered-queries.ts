import type { Kysely, Migration } from "kysely"

/** When the last query that got an answer was asked; unknown for older attempts, which asks about them once more. */
export const answeredQueries: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("attempt").addColumn("answered_at", "bigint").execute()
  }
}
