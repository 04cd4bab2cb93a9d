// What happens without anybody asking: folding what waits, asking about open payments, delivering events.
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import { isPaymentError, type PaymentError } from "../PaymentError.ts"
import type { EventRow, StoreTransaction, WorkRow } from "../Store.ts"
import type { PaymentEvent } from "./events.ts"
import { ask } from "./query.ts"
import { fetchDocument } from "./fetchDocument.ts"
import { foldPending } from "./pending.ts"
import { carryOn } from "./repayments/carryOn.ts"
import { now, type Runtime, transact } from "./Runtime.ts"
import { backoff } from "./schedule.ts"

/** What one pass over everything due did. */
export interface DueReport {
  readonly folded: number
  readonly asked: number
  readonly failed: number
  readonly delivered: number
}

const leaseMillis = 180_000
const minute = 60_000
const hour = 60 * minute
/** No single call may hold up the others for longer. */
const callLimit = "2 minutes"
const handlerLimit = "1 minute"

const doWork = (runtime: Runtime, work: WorkRow): Effect.Effect<unknown, PaymentError> => {
  switch (work.kind) {
    case "query":
      return ask(runtime, work.attemptId)
    case "receipt":
      return Effect.scoped(fetchDocument(runtime, work.attemptId, "xml"))
    case "repayment":
      return carryOn(runtime, work.attemptId)
  }
}

const instanceOf = async (tx: StoreTransaction, work: WorkRow): Promise<string> => {
  const attemptId = work.kind === "repayment" ? (await tx.findRepayment(work.attemptId))?.attemptId : work.attemptId
  return attemptId === undefined ? "" : ((await tx.findAttempt(attemptId))?.instance ?? "")
}

/** Sets when leased work is next due, unless folding has planned it anew meanwhile. */
const postpone = (runtime: Runtime, work: WorkRow, dueAt: number, tries: number) =>
  transact(runtime, "status", async (tx) => {
    const row = await tx.findWork(work.attemptId, work.kind)
    if (row !== undefined && row.leaseUntil === work.leaseUntil) {
      await tx.putWork({ ...work, dueAt, leaseUntil: 0, tries })
    }
  })

const downReasons: ReadonlySet<string> = new Set(["Unavailable", "RateLimited", "AuthenticationFailed"])

/** One piece of due work. What fails, breaks or hangs is tried again later, at a slower pace each time; nothing is concluded from it. */
const runWork = Effect.fnUntraced(function* (
  runtime: Runtime,
  work: WorkRow
): Effect.fn.Return<"asked" | "failed" | "down", PaymentError> {
  const exit = yield* Effect.exit(Effect.timeout(doWork(runtime, work), callLimit))
  const at = yield* now
  if (Exit.isSuccess(exit)) {
    // A document that proves no sum is not worth the next minute; a query that joined another one is.
    const next = work.kind === "receipt" ? backoff(work.tries + 4, 24 * hour) : minute
    yield* postpone(runtime, work, at + next, work.kind === "receipt" ? work.tries + 1 : 0)
    return "asked"
  }
  const error = exit.cause.reasons.find(Cause.isFailReason)?.error
  const reason = isPaymentError(error) ? error.reason : undefined
  const retryAfter = reason !== undefined && "retryAfterSeconds" in reason ? (reason.retryAfterSeconds ?? 0) * 1000 : 0
  yield* postpone(runtime, work, at + Math.max(retryAfter, backoff(work.tries, 6 * hour)), work.tries + 1)
  yield* Effect.logWarning("A provider could not be asked").pipe(
    Effect.annotateLogs({ reason: reason?._tag ?? "broke or hung", kind: work.kind, tries: work.tries + 1 })
  )
  return reason === undefined || downReasons.has(reason._tag) ? "down" : "failed"
})

/** An instance that did not answer so many times in a row is not asked any more in this pass. */
const enoughFailures = 5

/**
 * Asks about everything that is due now. An instance that does not answer is left alone until the next minute: asking about
 * each of its payments would hold up those of the others, for as long as each call hangs.
 */
export const askDue = Effect.fnUntraced(function* (
  runtime: Runtime
): Effect.fn.Return<{ readonly asked: number; readonly failed: number }, PaymentError> {
  let asked = 0
  let failed = 0
  // What was planned by a clock that ran ahead would wait until the right one has caught up.
  yield* Effect.flatMap(now, (at) => transact(runtime, "status", (tx) => tx.followClock(at)))
  const inARow = new Map<string, number>()
  const askOne = Effect.fnUntraced(function* (work: WorkRow, instance: string) {
    if ((inARow.get(instance) ?? 0) >= enoughFailures)
      return yield* postpone(runtime, work, (yield* now) + minute, work.tries)
    const outcome = yield* runWork(runtime, work)
    if (outcome === "asked") asked++
    else failed++
    inARow.set(instance, outcome === "down" ? (inARow.get(instance) ?? 0) + 1 : 0)
  })
  for (;;) {
    const at = yield* now
    const claimed = yield* transact(runtime, "status", async (tx) => {
      const found: Array<{ readonly work: WorkRow; readonly instance: string }> = []
      for (const work of await tx.claimWork(at, 20, at + leaseMillis)) {
        found.push({ work, instance: await instanceOf(tx, work) })
      }
      return found
    })
    if (claimed.length === 0) return { asked, failed }
    yield* Effect.forEach(claimed, ({ work, instance }) => askOne(work, instance), { concurrency: 8, discard: true })
  }
})

const deliver = Effect.fnUntraced(function* (runtime: Runtime, row: EventRow): Effect.fn.Return<boolean, PaymentError> {
  const { onEvent } = runtime
  const event = JSON.parse(row.payload) as PaymentEvent // written by folding.ts
  const result = yield* Effect.result(
    Effect.timeout(
      Effect.tryPromise({
        try: async () => onEvent?.(event),
        // The application's own error may hold anything: only its name is kept.
        catch: (cause) => (cause instanceof Error ? cause.name : "unknown")
      }),
      handlerLimit
    )
  )
  const at = yield* now
  const isDelivered = Result.isSuccess(result)
  const tries = row.tries + 1
  // An event is never given up: a handler that is down over a weekend still hears of every payment.
  yield* transact(runtime, "status", (tx) =>
    tx.updateEvent({
      ...row,
      tries,
      status: isDelivered ? "delivered" : "pending",
      dueAt: isDelivered ? row.dueAt : at + backoff(tries, hour),
      lastError: isDelivered ? undefined : typeof result.failure === "string" ? result.failure : "timeout"
    })
  )
  if (isDelivered) runtime.onDurableStep("event_delivered")
  else {
    yield* Effect.logWarning("The application's event handler failed").pipe(
      Effect.annotateLogs({ event: row.type, tries })
    )
  }
  return isDelivered
})

/** Delivers due events. The store gives the first one of each payment, so that the later ones wait for it. */
export const deliverDue = Effect.fnUntraced(function* (runtime: Runtime): Effect.fn.Return<number, PaymentError> {
  let delivered = 0
  for (;;) {
    const at = yield* now
    const due = yield* transact(runtime, "status", (tx) => tx.dueEvents(at, 50))
    let progress = 0
    for (const row of due) if (yield* deliver(runtime, row)) progress++
    delivered += progress
    if (progress === 0) return delivered
  }
})

/** One pass over everything that is due now: folds, asks, delivers. */
export const runDue = Effect.fnUntraced(function* (runtime: Runtime): Effect.fn.Return<DueReport, PaymentError> {
  // Each for itself, as in the background worker: what one of them meets does not keep the others from their work.
  const folding = yield* Effect.exit(foldPending(runtime, "status"))
  const asking = yield* Effect.exit(askDue(runtime))
  const delivering = yield* Effect.exit(deliverDue(runtime))
  return { folded: yield* folding, ...(yield* asking), delivered: yield* delivering }
})
