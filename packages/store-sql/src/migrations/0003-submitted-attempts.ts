import { type Kysely, type Migration, sql } from "kysely"

/** Attempts by the time of their submission, for comparing with a provider's own list. */
export const submittedAttempts: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createIndex("attempt_by_submission")
      .on("attempt")
      .columns(["instance", "submitted_at", "id"])
      .where(sql.ref("submitted_at"), "is not", null)
      .execute()
  }
}
