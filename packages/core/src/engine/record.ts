import * as Effect from "effect/Effect"
import type { Observed } from "../Observation.ts"
import type { Operation, PaymentError } from "../PaymentError.ts"
import type { StoreTransaction } from "../Store.ts"
import { foldUnfolded } from "./folding.ts"
import { type Reception, toRow } from "./ledger.ts"
import { now, type Runtime, transact } from "./Runtime.ts"

/** The one write path of evidence. Answers how many observations were new; the commit is what an acknowledgement waits for. */
export const record = (
  runtime: Runtime,
  operation: Operation,
  observed: ReadonlyArray<Observed>,
  reception: Reception,
  also: (tx: StoreTransaction) => Promise<void> = async () => {}
): Effect.Effect<number, PaymentError> => {
  const rows = observed.map((one, index) => toRow(one, reception, index))
  return transact(runtime, operation, async (tx) => {
    let isNew = 0
    for (const row of rows) if (await tx.insertObservation(row)) isNew++
    await also(tx)
    return isNew
  })
}

/** Folds everything that waits to be folded, a batch per transaction, and wakes the delivery of events. */
export const foldPending = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation
): Effect.fn.Return<number, PaymentError> {
  const batch = 200
  let total = 0
  for (;;) {
    const at = yield* now
    const { rows, payments } = yield* transact(runtime, operation, (tx) => foldUnfolded(runtime, tx, at, batch))
    if (payments.length > 0) runtime.onDurableStep("folded")
    total += rows
    if (rows < batch) break
  }
  runtime.wake()
  return total
})
