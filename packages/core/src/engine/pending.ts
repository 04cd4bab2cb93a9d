// Rows that wait to be folded, and payments that cannot be.
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Operation, PaymentError } from "../PaymentError.ts"
import { tieUnfolded } from "./folding.ts"
import { foldRows } from "./record.ts"
import { type Aside, now, type Runtime, transact } from "./Runtime.ts"
import { backoff } from "./schedule.ts"

const longest = 3_600_000

/** The first failure is tried again with the next batch: it may have been the store's. */
const putOff = ({ tries, rows }: Pick<Aside, "tries" | "rows">, at: number): Aside => ({
  tries,
  rows,
  until: tries === 1 ? at : at + backoff(tries - 2, longest)
})

// A moment further ahead than any pace was set by a clock that has been set back since.
const isPutOff = (one: Aside | undefined, at: number): boolean =>
  one !== undefined && at < one.until && one.until <= at + longest

/** What one batch came to. */
export interface FoldedBatch {
  /** Rows folded or parked. */
  readonly rows: number
  /** More may wait. */
  readonly isFull: boolean
  /** What the first payment failed with that could not be folded. */
  readonly failure: Cause.Cause<PaymentError> | undefined
}

/**
 * Folds what waits to be folded, each payment in a transaction of its own. What one payment's transaction meets is no
 * reason to leave the others: it is reported and put off, and its rows take no place in the batches that follow.
 */
export const foldBatch = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  most: number
): Effect.fn.Return<FoldedBatch, PaymentError> {
  const { aside } = runtime
  const at = yield* now
  const limit = [...aside.values()].reduce((sum, one) => sum + one.rows, most)
  const tied = yield* transact(runtime, operation, (tx) => tieUnfolded(tx, limit))
  for (const paymentId of aside.keys()) if (!tied.byPayment.has(paymentId)) aside.delete(paymentId)

  let failure: Cause.Cause<PaymentError> | undefined
  let waiting = 0
  const foldOne = Effect.fnUntraced(function* (paymentId: string, own: Parameters<typeof foldRows>[3]) {
    const known = aside.get(paymentId)
    if (known !== undefined && isPutOff(known, at)) {
      aside.set(paymentId, { ...known, rows: own.length })
      waiting += own.length
      return
    }
    const exit = yield* Effect.exit(foldRows(runtime, operation, paymentId, own))
    if (Exit.isSuccess(exit)) {
      aside.delete(paymentId)
      return
    }
    failure ??= exit.cause
    waiting += own.length
    const tries = (known?.tries ?? 0) + 1
    aside.set(paymentId, putOff({ tries, rows: own.length }, at))
    yield* Effect.logError("A payment's evidence could not be folded; it is put off").pipe(
      Effect.annotateLogs({ paymentId, tries })
    )
  })
  yield* Effect.forEach(tied.byPayment, ([paymentId, own]) => foldOne(paymentId, own), {
    concurrency: 50,
    discard: true
  })
  return { rows: tied.rows - waiting, isFull: tied.rows >= limit, failure }
})

/** Folds everything that waits to be folded. Answers how many rows it folded or parked; fails with the first failure, after the others. */
export const foldPending = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation
): Effect.fn.Return<number, PaymentError> {
  const batch = 200
  let total = 0
  let first: Cause.Cause<PaymentError> | undefined
  for (;;) {
    const { rows, isFull, failure } = yield* foldBatch(runtime, operation, batch)
    total += rows
    first ??= failure
    if (isFull) continue
    return first === undefined ? total : yield* Effect.failCause(first)
  }
})
