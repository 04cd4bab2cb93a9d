import type { CompiledQuery, Kysely, Selectable } from "kysely"
import { compileFindAttempt, compileFindAttemptByWord } from "./attempts.ts"
import { compileInsertObservation, compileParkObservation } from "./observations.ts"
import type { AttemptTable, Tables } from "./Tables.ts"

/**
 * What every message runs, before its acknowledgement and when it is tied to its payment. Building and compiling such a
 * statement costs more than running it. Values given to the builders only stand for their places; the functions beside
 * the builders have the parameters.
 */
export interface CompiledQueries {
  readonly insertObservation: CompiledQuery
  readonly parkObservation: CompiledQuery
  readonly findAttempt: CompiledQuery<Selectable<AttemptTable>>
  readonly findAttemptByWord: CompiledQuery<Selectable<AttemptTable>>
}

export const compileQueries = (db: Kysely<Tables>): CompiledQueries => ({
  insertObservation: compileInsertObservation(db),
  parkObservation: compileParkObservation(db),
  findAttempt: compileFindAttempt(db),
  findAttemptByWord: compileFindAttemptByWord(db)
})
