import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Observed } from "../Observation.ts"
import { MalformedResponse, type Operation, type PaymentError } from "../PaymentError.ts"
import type { ObservationRow, StoreTransaction } from "../Store.ts"
import { adoptRows, foldPayment, tieUnfolded, UnfoldableLedger } from "./folding.ts"
import { type Reception, toRow } from "./ledger.ts"
import { failWith, now, type Runtime, transact } from "./Runtime.ts"

/** Rows of evidence, or the error that the adapter gave what core cannot read back. */
export const toRows = (
  runtime: Runtime,
  operation: Operation,
  observed: ReadonlyArray<Observed>,
  reception: Reception
): Effect.Effect<ReadonlyArray<ObservationRow>, PaymentError> =>
  Effect.try({
    try: () => observed.map((one, index) => toRow(runtime.newId, one, reception, index)),
    catch: () =>
      failWith(
        operation,
        new MalformedResponse({
          message: "The adapter gave evidence that core cannot read; nothing of it was stored."
        }),
        { instance: reception.instance }
      )
  })

/** The one write path of evidence. Answers the rows that are new; the commit is what an acknowledgement waits for. */
export const record = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  observed: ReadonlyArray<Observed>,
  reception: Reception,
  also: (tx: StoreTransaction) => Promise<void> = async () => {}
): Effect.fn.Return<ReadonlyArray<ObservationRow>, PaymentError> {
  const rows = yield* toRows(runtime, operation, observed, reception)
  return yield* transact(runtime, operation, async (tx) => {
    const added: Array<ObservationRow> = []
    for (const row of rows) if (await tx.insertObservation(row)) added.push(row)
    await also(tx)
    return added
  })
})

/** Folds one payment with its new rows; what breaks in it is set aside, so that it stands in nobody's way. */
export const foldRows = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  paymentId: string,
  rows: ReadonlyArray<ObservationRow>
): Effect.fn.Return<void, PaymentError> {
  const at = yield* now
  const isBroken = yield* transact(runtime, operation, async (tx) => {
    await adoptRows(tx, rows)
    try {
      await foldPayment(runtime, tx, paymentId, at)
      return false
    } catch (cause) {
      // Only a ledger that cannot be folded is set aside. A store that fails takes everything back, and is tried again.
      if (cause instanceof UnfoldableLedger) return true
      throw cause
    }
  })
  if (isBroken) {
    yield* Effect.logError("A payment could not be folded; its evidence is kept").pipe(
      Effect.annotateLogs({ paymentId })
    )
  }
  runtime.onDurableStep("folded")
  runtime.wake()
})

/** Folds what waits to be folded, each payment in a transaction of its own. Answers how many rows it saw. */
export const foldBatch = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  most: number
): Effect.fn.Return<number, PaymentError> {
  const { rows, byPayment } = yield* transact(runtime, operation, (tx) => tieUnfolded(tx, most))
  // Each for itself: what one payment's transaction meets is no reason to leave the others.
  const exits = yield* Effect.forEach(
    byPayment,
    ([paymentId, own]) => Effect.exit(foldRows(runtime, operation, paymentId, own)),
    { concurrency: 50 }
  )
  for (const exit of exits) if (Exit.isFailure(exit)) return yield* Effect.failCause(exit.cause)
  return rows
})

/** Folds everything that waits to be folded. */
export const foldPending = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation
): Effect.fn.Return<number, PaymentError> {
  const batch = 200
  let total = 0
  for (;;) {
    const rows = yield* foldBatch(runtime, operation, batch)
    total += rows
    if (rows < batch) return total
  }
})
