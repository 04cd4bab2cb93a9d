import { type Kysely, type Migration, Migrator, sql } from "kysely"
import { initial } from "./migrations/0001-initial.ts"
import { answeredQueries } from "./migrations/0002-answered-queries.ts"
import { submittedAttempts } from "./migrations/0003-submitted-attempts.ts"
import { archive } from "./migrations/0004-archive.ts"
import { carriedRepayments } from "./migrations/0005-carried-repayments.ts"
import { invoices } from "./migrations/0006-invoices.ts"
import type { Dialect } from "./Scope.ts"
import { StoreOpenError } from "./StoreOpenError.ts"
import type { Tables } from "./Tables.ts"

const migrationTableName = "maksa_migration"
const migrationLockTableName = "maksa_migration_lock"

const migrations = (dialect: Dialect): Record<string, Migration> => ({
  "0001-initial": initial(dialect),
  "0002-answered-queries": answeredQueries,
  "0003-submitted-attempts": submittedAttempts,
  "0004-archive": archive(dialect),
  "0005-carried-repayments": carriedRepayments(dialect),
  "0006-invoices": invoices(dialect)
})

const tablesOf = async (db: Kysely<Tables>): Promise<ReadonlySet<string>> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  return new Set(tables.map((table) => table.name))
}

const refuseNewer = async (
  db: Kysely<Tables>,
  tables: ReadonlySet<string>,
  known: Record<string, Migration>
): Promise<void> => {
  if (!tables.has(migrationTableName)) return
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTableName)}`.execute(db)
  const unknown = rows.map((row) => row.name).filter((name) => !Object.hasOwn(known, name))
  if (unknown.length > 0) {
    throw new StoreOpenError(
      "newer_schema",
      `a newer version of @maksa/store-sql has written this store (${unknown.join(", ")}): upgrade the package; nothing was changed`
    )
  }
}

/**
 * Brings the schema up to date in one transaction; of several processes that open at once, one does the work. `approve` may
 * refuse by throwing before anything is changed; it gets the names of the tables that there are.
 */
export const migrate = async (
  db: Kysely<Tables>,
  dialect: Dialect,
  approve: (tables: ReadonlySet<string>) => Promise<void> = async () => {}
): Promise<void> => {
  const known = migrations(dialect)
  const tables = await tablesOf(db)
  await refuseNewer(db, tables, known)
  await approve(tables)
  const migrator = new Migrator({
    db,
    migrationTableName,
    migrationLockTableName,
    provider: { getMigrations: async () => known }
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await refuseNewer(db, await tablesOf(db), known) // it may have been upgraded in between
    throw error
  }
}
