import * as Effect from "effect/Effect"
import type { Observed } from "../Observation.ts"
import { MalformedResponse, type Operation, type PaymentError } from "../PaymentError.ts"
import type { ObservationRow, StoreTransaction } from "../Store.ts"
import { adoptRows, foldPayment, UnfoldableLedger } from "./folding.ts"
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

/**
 * The one write path of evidence. Answers the rows that are new; the commit is what an acknowledgement waits for. What
 * `isKnown` says adds nothing to the ledger is left out.
 */
export const record = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  observed: ReadonlyArray<Observed>,
  reception: Reception,
  also: (tx: StoreTransaction) => Promise<void> = async () => {},
  isKnown: (tx: StoreTransaction, rows: ReadonlyArray<ObservationRow>) => Promise<boolean> = async () => false
): Effect.fn.Return<ReadonlyArray<ObservationRow>, PaymentError> {
  const rows = yield* toRows(runtime, operation, observed, reception)
  return yield* transact(runtime, operation, async (tx) => {
    const added: Array<ObservationRow> = []
    if (!(await isKnown(tx, rows))) for (const row of rows) if (await tx.insertObservation(row)) added.push(row)
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
