import { timingSafeEqual } from "node:crypto"
import type { Store } from "@maksa/core"
import type SqliteDatabase from "better-sqlite3"
import { Kysely } from "kysely"
import { compileQueries } from "./compiledQueries.ts"
import { makeGroupCommit } from "./groupCommit.ts"
import { keyedDigest, type Keys } from "./keys.ts"
import { migrate } from "./migrate.ts"
import type { Shared } from "./Scope.ts"
import { dropOldPages, isStoreFault, shortenNativeWait, sqlite, sqliteDialect } from "./sqlite.ts"
import { SqlTransaction } from "./SqlTransaction.ts"
import { StoreOpenError } from "./StoreOpenError.ts"
import type { Tables } from "./Tables.ts"

export interface StoreSettings {
  readonly lockWaitMillis: number
  /** Most units in one transaction. */
  readonly mostUnits: number
}

/** The store over an open database, which it owns from here on. */
export const storeOver = async (
  database: SqliteDatabase.Database,
  keys: Keys,
  settings: StoreSettings
): Promise<Store> => {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, settings.lockWaitMillis) })
  try {
    await migrate(db, sqlite, (tables) => refuseOtherSecret(db, tables, keys))
    await recogniseSecret(db, keys)
    shortenNativeWait(database)
  } catch (cause) {
    database.close()
    if (cause instanceof StoreOpenError) throw cause
    throw new StoreOpenError("file", "the store's file cannot be read or upgraded", { cause })
  }
  const shared: Shared = { keys, dialect: sqlite, compiled: compileQueries(db) }
  let hasErased = false
  let closing: Promise<void> | undefined
  const group = makeGroupCommit(db, {
    most: settings.mostUnits,
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

const secretCheck = "secret_check"

const otherSecret = (stored: string, keys: Keys): StoreOpenError | undefined => {
  const [a, b] = [Buffer.from(stored, "utf8"), Buffer.from(keys.check, "utf8")]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
    ? undefined
    : new StoreOpenError("secret", "this store was created with another secret")
}

/** Who has another secret changes nothing: an upgraded file would not open any more for the program that has the right one. */
const refuseOtherSecret = async (db: Kysely<Tables>, tables: ReadonlySet<string>, keys: Keys): Promise<void> => {
  if (!tables.has("store_meta")) return
  const row = await db.selectFrom("store_meta").select("value").where("name", "=", secretCheck).executeTakeFirst()
  const refusal = row && otherSecret(row.value, keys)
  if (refusal !== undefined) throw refusal
}

/** A store opened with another secret would quietly seal some rows with one key and some with another. */
const recogniseSecret = async (db: Kysely<Tables>, keys: Keys): Promise<void> => {
  const name = secretCheck
  const { value } = await db.transaction().execute(async (trx) => {
    await trx
      .insertInto("store_meta")
      .values({ name, value: keys.check })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute()
    return trx.selectFrom("store_meta").select("value").where("name", "=", name).executeTakeFirstOrThrow()
  })
  const refusal = otherSecret(value, keys)
  if (refusal !== undefined) throw refusal
}
