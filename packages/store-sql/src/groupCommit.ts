import type { Kysely, Transaction } from "kysely"

/** A piece of work inside a transaction: SQL only, no other I/O, and safe to run again. */
export type Unit<DB, A> = (trx: Transaction<DB>) => Promise<A>

export interface GroupCommitOptions {
  /** Most units in one transaction; 1 commits each unit alone. */
  readonly most: number
  /** Whether the database itself failed (locked, full, unreadable): then no unit of the batch is run again. */
  readonly isStoreFault: (cause: unknown) => boolean
  /** Runs after each commit, before its units are answered. */
  readonly afterCommit: () => void
}

/** A unit that waits. Running it yields the function that answers its caller, so that a list of jobs needs no types. */
interface Job<DB> {
  run(trx: Transaction<DB>): Promise<() => void>
  reject(cause: unknown): void
}

export interface GroupCommit<DB> {
  run<A>(unit: Unit<DB, A>): Promise<A>
  /** Settles when everything that was given so far is answered. */
  idle(): Promise<void>
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * One transaction for everything that waits, as soon as a turn of the event loop brings nothing more; a caller is answered
 * only after the commit.
 *
 * A unit that throws rolls its batch back. Its neighbours run again together without it, and it runs again alone,
 * because what made it throw may have been a neighbour that did not last. If they fail a second time each runs alone,
 * so that a unit runs at most three times. Savepoints would avoid the repeats but cost every batch 15 to 20 %.
 */
export const makeGroupCommit = <DB>(db: Kysely<DB>, options: GroupCommitOptions): GroupCommit<DB> => {
  let queue: Array<Job<DB>> = []
  let draining: Promise<void> | undefined

  /** The index of the unit that threw; `undefined` if all are answered. */
  const attempt = async (batch: ReadonlyArray<Job<DB>>): Promise<number | undefined> => {
    let running: number | undefined
    try {
      const answers = await db.transaction().execute(async (trx) => {
        const answers: Array<() => void> = []
        for (const [index, job] of batch.entries()) {
          running = index
          answers.push(await job.run(trx))
        }
        running = undefined
        return answers
      })
      options.afterCommit()
      for (const answer of answers) answer()
      return undefined
    } catch (cause) {
      if (running !== undefined && batch.length > 1 && !options.isStoreFault(cause)) return running
      for (const job of batch) job.reject(cause)
      return undefined
    }
  }

  const settle = async (batch: ReadonlyArray<Job<DB>>): Promise<void> => {
    const thrower = await attempt(batch)
    if (thrower === undefined) return
    const others = batch.toSpliced(thrower, 1)
    if ((await attempt(others)) !== undefined) for (const job of others) await attempt([job])
    await attempt(batch.slice(thrower, thrower + 1))
  }

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      let seen: number
      do {
        seen = queue.length
        await nextTurn()
      } while (queue.length > seen && queue.length < options.most)
      const batch = queue.slice(0, options.most)
      queue = queue.slice(options.most)
      await settle(batch)
    }
    draining = undefined
  }

  return {
    run: <A>(unit: Unit<DB, A>) =>
      new Promise<A>((resolve, reject) => {
        queue.push({
          run: async (trx) => {
            const value = await unit(trx)
            return () => resolve(value)
          },
          reject
        })
        draining ??= drain()
      }),
    idle: async () => draining
  }
}
