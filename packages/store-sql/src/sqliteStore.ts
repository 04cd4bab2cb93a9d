import { timingSafeEqual } from "node:crypto"
import type { Store } from "@maksa/core"
import type SqliteDatabase from "better-sqlite3"
import { Kysely } from "kysely"
import { makeGroupCommit } from "./groupCommit.ts"
import { deriveKeys, keyedDigest, type Keys } from "./keys.ts"
import { migrate } from "./migrate.ts"
import { compileInsertObservation } from "./observations.ts"
import { dropOldPages, isStoreFault, openDatabase, sqlite, sqliteDialect } from "./sqlite.ts"
import { SqlTransaction } from "./SqlTransaction.ts"
import type { Shared } from "./Scope.ts"
import { StoreOpenError } from "./StoreOpenError.ts"
import type { Tables } from "./Tables.ts"

export interface SqliteStoreOptions {
  /** Path of the database file; created with mode 0600 if it is not there. Its directory must exist and be local. */
  readonly file: string
  /** At least 32 bytes, random, kept outside the database and its backups. Without it nothing sealed can be read. */
  readonly secret: string | Uint8Array
  /** How long a transaction waits for another program that holds the write lock, in milliseconds; 5000 by default. */
  readonly lockWaitMillis?: number
  /** `false`: one commit per unit, for comparison in benchmarks. */
  readonly groupCommit?: boolean
}

/** Bounds how long one transaction keeps the event loop. */
const MOST_UNITS = 256
const LOCK_WAIT_MILLIS = 5000

/**
 * Opens the store in one SQLite file, creating or upgrading it as needed.
 *
 * Several processes of one machine may share the file; SQLite's locks do not work on network file systems.
 * Rejects with `StoreOpenError`; no message shows the secret.
 */
export const sqliteStore = async (options: SqliteStoreOptions): Promise<Store> => {
  const keys = deriveKeys(options.secret)
  const database = await openDatabase(options.file, options.lockWaitMillis ?? LOCK_WAIT_MILLIS)
  return storeOver(database, keys, options)
}

/** The store over an open database, which it owns from here on. */
export const storeOver = async (
  database: SqliteDatabase.Database,
  keys: Keys,
  options: Pick<SqliteStoreOptions, "groupCommit" | "lockWaitMillis">
): Promise<Store> => {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, options.lockWaitMillis ?? LOCK_WAIT_MILLIS) })
  try {
    await migrate(db, sqlite)
    await recogniseSecret(db, keys)
  } catch (cause) {
    database.close()
    if (cause instanceof StoreOpenError) throw cause
    throw new StoreOpenError("file", "the store's file cannot be read or upgraded", { cause })
  }
  const shared: Shared = { keys, dialect: sqlite, insertObservationQuery: compileInsertObservation(db) }
  let hasErased = false
  let closing: Promise<void> | undefined
  const group = makeGroupCommit(db, {
    most: options.groupCommit === false ? 1 : MOST_UNITS,
    isStoreFault,
    afterCommit: () => {
      if (hasErased) dropOldPages(database)
      hasErased = false
    }
  })
  return {
    transact: async (unit) => {
      if (closing !== undefined) throw new Error("the store is closed")
      return group.run(async (trx) => {
        const tx = new SqlTransaction(trx, shared)
        try {
          return await unit(tx)
        } finally {
          tx.end()
          hasErased ||= tx.hasErased
        }
      })
    },
    keyedDigest: (purpose, data) => keyedDigest(keys, purpose, data),
    close: () => (closing ??= group.idle().then(() => db.destroy()))
  }
}

/** A store opened with another secret would quietly seal some rows with one key and some with another. */
const recogniseSecret = async (db: Kysely<Tables>, keys: Keys): Promise<void> => {
  const name = "secret_check"
  const { value } = await db.transaction().execute(async (trx) => {
    await trx
      .insertInto("store_meta")
      .values({ name, value: keys.check })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute()
    return trx.selectFrom("store_meta").select("value").where("name", "=", name).executeTakeFirstOrThrow()
  })
  const stored = Buffer.from(value, "utf8")
  const given = Buffer.from(keys.check, "utf8")
  if (stored.byteLength !== given.byteLength || !timingSafeEqual(stored, given)) {
    throw new StoreOpenError("secret", "this store was created with another secret")
  }
}
