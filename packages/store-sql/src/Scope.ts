import type { Transaction } from "kysely"
import type { CompiledQueries } from "./compiledQueries.ts"
import type { Keys } from "./keys.ts"
import type { Tables } from "./Tables.ts"

/** What differs between dialects; `sqlite.ts` has SQLite's. */
export interface Dialect {
  /** Column types and constraints that the dialects spell differently. */
  readonly types: { readonly bytes: "blob" | "bytea"; readonly serial: string; readonly id: string }
  /** Writers run side by side, so a row that is read to be changed must be locked. */
  readonly locksRows: boolean
}

/** What a store shares among its units. */
export interface Shared {
  readonly keys: Keys
  readonly dialect: Dialect
  readonly compiled: CompiledQueries
}

/** What one unit works with. */
export interface Scope extends Shared {
  /** Throws when the unit is over: a statement would land in a stranger's transaction. */
  readonly trx: Transaction<Tables>
  /** A key was deleted: the store clears what is left of it on disk after the commit. */
  noteErasure(): void
}
