import { type Kysely, type Migration, sql } from "kysely"
import type { Dialect } from "../Scope.ts"

/** The archive of documents: the chain of its entries, and the sealed bytes. */
export const archive = ({ types }: Dialect): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("archive_entry")
      .addColumn("sequence", "bigint", (c) => c.primaryKey().notNull())
      .addColumn("payment_id", sql.raw<string>(types.id), (c) => c.notNull())
      .addColumn("content", "text", (c) => c.notNull())
      .addColumn("digest", "text", (c) => c.notNull())
      .execute()
    await db.schema
      .createIndex("archive_entry_of_payment")
      .on("archive_entry")
      .columns(["payment_id", "sequence"])
      .execute()
    await db.schema
      .createTable("archive_document")
      .addColumn("key", "text", (c) => c.primaryKey().notNull())
      .addColumn("sealed", types.bytes, (c) => c.notNull())
      .execute()
  }
})
