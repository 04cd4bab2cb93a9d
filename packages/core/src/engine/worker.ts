// What happens without anybody asking: folding what waits, asking about open payments, delivering events.
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { PaymentError } from "../PaymentError.ts"
import type { EventRow, WorkRow } from "../Store.ts"
import type { PaymentEvent } from "./events.ts"
import { ask } from "./query.ts"
import { fetchDocument } from "./receipt.ts"
import { foldPending } from "./record.ts"
import { now, type Runtime, transact } from "./Runtime.ts"

/** What one pass over everything due did. */
export interface DueReport {
  readonly folded: number
  readonly asked: number
  readonly failed: number
  readonly delivered: number
}

const leaseMillis = 60_000
const minute = 60_000
/** After how many tries an event is set aside as dead; the delays below add up to about two days. */
const maxTries = 20

const backoff = (tries: number, capMillis: number): number => Math.min(capMillis, 5_000 * 2 ** Math.min(tries, 20))

const doWork = (runtime: Runtime, work: WorkRow): Effect.Effect<unknown, PaymentError> =>
  work.kind === "query" ? ask(runtime, work.attemptId) : fetchDocument(runtime, work.attemptId, "xml")

/** One piece of due work. What fails is tried again later, at a slower pace each time; nothing is concluded from it. */
const runWork = Effect.fnUntraced(function* (
  runtime: Runtime,
  work: WorkRow
): Effect.fn.Return<"asked" | "failed", PaymentError> {
  const result = yield* Effect.result(doWork(runtime, work))
  const at = yield* now
  const current = yield* transact(runtime, "status", (tx) => tx.findWork(work.attemptId, work.kind))
  if (Result.isSuccess(result)) {
    // Folding has set the next time; where nothing was folded (joined another call), the lease must not stay.
    if (current !== undefined && current.leaseUntil === work.leaseUntil) {
      yield* transact(runtime, "status", (tx) => tx.putWork({ ...work, dueAt: at + minute, leaseUntil: 0 }))
    }
    return "asked"
  }
  const { reason } = result.failure
  const retryAfter = "retryAfterSeconds" in reason ? (reason.retryAfterSeconds ?? 0) * 1000 : 0
  const dueAt = at + Math.max(retryAfter, backoff(work.tries, 6 * 60 * minute))
  yield* transact(runtime, "status", async (tx) => {
    const row = await tx.findWork(work.attemptId, work.kind)
    if (row !== undefined && row.leaseUntil === work.leaseUntil) {
      await tx.putWork({ ...work, dueAt, leaseUntil: 0, tries: work.tries + 1 })
    }
  })
  yield* Effect.logWarning("A provider could not be asked").pipe(
    Effect.annotateLogs({ reason: reason._tag, operation: result.failure.operation, tries: work.tries + 1 })
  )
  return "failed"
})

const deliver = Effect.fnUntraced(function* (runtime: Runtime, row: EventRow): Effect.fn.Return<boolean, PaymentError> {
  const { onEvent } = runtime
  const event = JSON.parse(row.payload) as PaymentEvent // written by folding.ts
  const result = yield* Effect.result(
    Effect.tryPromise({
      try: async () => onEvent?.(event),
      // The application's own error may hold anything: only its name is kept.
      catch: (cause) => (cause instanceof Error ? cause.name : "unknown")
    })
  )
  const at = yield* now
  const isDelivered = Result.isSuccess(result)
  const tries = row.tries + 1
  yield* transact(runtime, "status", (tx) =>
    tx.updateEvent({
      ...row,
      tries,
      status: isDelivered ? "delivered" : tries >= maxTries ? "dead" : "pending",
      dueAt: isDelivered ? row.dueAt : at + backoff(tries, 6 * 60 * minute),
      lastError: isDelivered ? undefined : result.failure
    })
  )
  if (isDelivered) runtime.onDurableStep("event_delivered")
  else
    yield* Effect.logWarning("The application's event handler failed").pipe(
      Effect.annotateLogs({ event: row.type, tries })
    )
  return isDelivered
})

const deliverDue = Effect.fnUntraced(function* (runtime: Runtime): Effect.fn.Return<number, PaymentError> {
  let delivered = 0
  for (;;) {
    const at = yield* now
    const due = yield* transact(runtime, "status", (tx) => tx.dueEvents(at, 50))
    // In order per payment: after a failure the payment's later events wait for the next pass.
    const blocked = new Set<string>()
    let progress = 0
    for (const row of due) {
      if (blocked.has(row.paymentId)) continue
      if (yield* deliver(runtime, row)) progress++
      else blocked.add(row.paymentId)
    }
    delivered += progress
    if (progress === 0) return delivered
  }
})

/** One pass over everything that is due now: folds, asks, delivers. */
export const runDue = Effect.fnUntraced(function* (runtime: Runtime): Effect.fn.Return<DueReport, PaymentError> {
  const folded = yield* foldPending(runtime, "status")
  let asked = 0
  let failed = 0
  for (;;) {
    const at = yield* now
    const claimed = yield* transact(runtime, "status", (tx) => tx.claimWork(at, 20, at + leaseMillis))
    if (claimed.length === 0) break
    const outcomes = yield* Effect.forEach(claimed, (work) => runWork(runtime, work), { concurrency: 4 })
    for (const outcome of outcomes) if (outcome === "asked") asked++
    for (const outcome of outcomes) if (outcome === "failed") failed++
  }
  const delivered = yield* deliverDue(runtime)
  return { folded, asked, failed, delivered }
})
