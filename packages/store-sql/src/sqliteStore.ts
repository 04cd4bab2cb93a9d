import type { Store } from "@maksa/core"
import { deriveKeys } from "./keys.ts"
import { openDatabase } from "./sqlite.ts"
import { storeOver } from "./storeOver.ts"

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

const LOCK_WAIT_MILLIS = 5000
/** Bounds how long one transaction keeps the event loop. */
const MOST_UNITS = 256

/**
 * Opens the store in one SQLite file, creating or upgrading it as needed.
 *
 * Several processes of one machine may share the file; SQLite's locks do not work on network file systems.
 * Rejects with `StoreOpenError`; no message shows the secret.
 */
export const sqliteStore = async (options: SqliteStoreOptions): Promise<Store> => {
  const keys = deriveKeys(options.secret)
  const lockWaitMillis = options.lockWaitMillis ?? LOCK_WAIT_MILLIS
  const database = await openDatabase(options.file, lockWaitMillis)
  return storeOver(database, keys, { lockWaitMillis, mostUnits: options.groupCommit === false ? 1 : MOST_UNITS })
}
