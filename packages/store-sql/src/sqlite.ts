import { closeSync, openSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import SqliteDatabase from "better-sqlite3"
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect as KyselyDialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler
} from "kysely"
import type { Dialect } from "./Scope.ts"
import { StoreOpenError } from "./StoreOpenError.ts"

/** What SQLite spells its own way. `integer primary key` is the row id, so a row gets its number for nothing. */
export const sqlite: Dialect = { types: { bytes: "blob", serial: "integer", id: "text" }, locksRows: false }

/** How long SQLite itself waits for a lock, in milliseconds. It blocks the event loop, so longer waits are ours. */
const NATIVE_WAIT_MILLIS = 20
const RETRY_MILLIS = 10

const codeOf = (cause: unknown): string => (cause instanceof SqliteDatabase.SqliteError ? cause.code : "")
const isBusy = (cause: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(cause))

/** Whether the database failed, not the unit. */
export const isStoreFault = (cause: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|NOMEM|PROTOCOL|PERM|AUTH)/.test(codeOf(cause))

const whileBusy = async <A>(waitMillis: number, step: () => A): Promise<A> => {
  const end = performance.now() + waitMillis
  for (;;) {
    try {
      return step()
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= end) throw cause
    }
    await sleep(RETRY_MILLIS)
  }
}

/** Opens the file, creating it readable by its owner only, and makes commits durable. */
export const openDatabase = async (file: string, waitMillis: number): Promise<SqliteDatabase.Database> => {
  if (file === "" || file === ":memory:") throw new StoreOpenError("file", "a durable store needs the name of a file")
  let database: SqliteDatabase.Database | undefined
  try {
    // SQLite gives the -wal and -shm files the mode of this one.
    closeSync(openSync(file, "a", 0o600))
    // While the schema is made SQLite may do the waiting: some of its statements run outside our transactions.
    database = new SqliteDatabase(file, { timeout: waitMillis })
    const opened = database
    opened.defaultSafeIntegers(true)
    const mode = await whileBusy(waitMillis, () => opened.pragma("journal_mode = WAL", { simple: true }))
    if (mode !== "wal") throw new StoreOpenError("file", "the file system does not support SQLite's write-ahead log")
    opened.pragma("synchronous = FULL") // each commit is on disk before it is answered
    opened.pragma("fullfsync = ON") // macOS: through the drive's cache; ignored elsewhere
    opened.pragma("checkpoint_fullfsync = ON")
    opened.pragma("foreign_keys = ON")
    opened.pragma("secure_delete = ON") // erased keys are overwritten, not only unlinked
    return opened
  } catch (cause) {
    database?.close()
    if (cause instanceof StoreOpenError) throw cause
    throw new StoreOpenError("file", `the store's file cannot be opened: ${reasonOf(cause)}`, { cause })
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : "unknown reason")

/** Ends the opening: from here on long waits for a lock leave the event loop free. */
export const shortenNativeWait = (database: SqliteDatabase.Database): void => {
  database.pragma(`busy_timeout = ${NATIVE_WAIT_MILLIS}`)
}

/** Empties the write-ahead log, where old pages outlive a deletion. Other readers may delay it to a later time. */
export const dropOldPages = (database: SqliteDatabase.Database): void => {
  try {
    database.pragma("wal_checkpoint(TRUNCATE)")
  } catch (cause) {
    // The erasure itself is committed; a later checkpoint does the same.
    if (!isStoreFault(cause)) throw cause
  }
}

/** Runs statements prepared once each; Kysely's own driver prepares on every call. */
class Connection implements DatabaseConnection {
  readonly #database: SqliteDatabase.Database
  readonly #statements = new Map<string, SqliteDatabase.Statement>()
  constructor(database: SqliteDatabase.Database) {
    this.#database = database
  }
  // oxlint-disable-next-line require-await
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#database.prepare(sql)
      this.#statements.set(sql, statement)
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Kysely knows the rows' type, the driver cannot
    if (statement.reader) return { rows: statement.all(...parameters) as Array<R> }
    const { changes } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("the store does not stream")
  }
}

/** One connection, handed on in order; Kysely's own driver wakes every waiter each time. */
class FifoDriver implements Driver {
  readonly #database: SqliteDatabase.Database
  readonly #connection: Connection
  readonly #waitMillis: number
  readonly #waiting: Array<() => void> = []
  #isHeld = false
  constructor(database: SqliteDatabase.Database, waitMillis: number) {
    this.#database = database
    this.#connection = new Connection(database)
    this.#waitMillis = waitMillis
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#isHeld = true
    return this.#connection
  }
  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift()
    if (next === undefined) this.#isHeld = false
    else next()
  }
  /** Takes the write lock at once: a later upgrade fails if another program has written in between. */
  async beginTransaction(): Promise<void> {
    await whileBusy(this.#waitMillis, () => this.#database.exec("begin immediate"))
  }
  async commitTransaction(): Promise<void> {
    this.#database.exec("commit")
  }
  async rollbackTransaction(): Promise<void> {
    // A full disk or a failed read has rolled back already.
    if (this.#database.inTransaction) this.#database.exec("rollback")
  }
  async destroy(): Promise<void> {
    this.#database.close()
  }
}

/** SQLite's schema changes are transactional; Kysely's adapter does not use it. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

export const sqliteDialect = (database: SqliteDatabase.Database, waitMillis: number): KyselyDialect => ({
  createAdapter: () => new TransactionalAdapter(),
  createDriver: () => new FifoDriver(database, waitMillis),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler()
})
