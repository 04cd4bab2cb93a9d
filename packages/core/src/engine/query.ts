import * as Effect from "effect/Effect"
import { NotReady, type Operation, type PaymentError } from "../PaymentError.ts"
import type { AttemptRow, PaymentRow, StoreTransaction } from "../Store.ts"
import { foldAttempts } from "./folding.ts"
import { foldRows, record } from "./record.ts"
import { isRepeat } from "./repeats.ts"
import { atInstance, failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { coalesceMillis } from "./schedule.ts"
import { attemptRecord, submit } from "./submit.ts"

export const loadAttempt = async (
  tx: StoreTransaction,
  attemptId: string
): Promise<{ readonly attempt: AttemptRow; readonly payment: PaymentRow } | undefined> => {
  const attempt = await tx.findAttempt(attemptId)
  if (attempt === undefined) return undefined
  const payment = await tx.findPayment(attempt.paymentId)
  return payment === undefined ? undefined : { attempt, payment }
}

/** The deadline closes an attempt of which nothing ever left: there is nobody to ask. */
const closeUnsent = Effect.fnUntraced(function* (
  runtime: Runtime,
  attempt: AttemptRow,
  at: number
): Effect.fn.Return<void, PaymentError> {
  const rows = yield* record(runtime, "status", [{ says: { _tag: "lapsed" }, trust: "proven" }], {
    channel: "operator",
    instance: attempt.instance,
    observedAt: at,
    attemptId: attempt.id,
    paymentId: attempt.paymentId,
    content: new TextEncoder().encode(`deadline\0${attempt.id}`),
    decision: { by: "maksa", reason: "The deadline passed and nothing was ever submitted." }
  })
  yield* foldRows(runtime, "status", attempt.paymentId, rows)
})

const query = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string
): Effect.fn.Return<boolean, PaymentError> {
  const askedAt = yield* now
  // Taking the turn is committed, so that several reasons to ask, or several processes, make one call.
  const taken = yield* transact(runtime, "status", async (tx) => {
    const found = await loadAttempt(tx, attemptId)
    if (found === undefined) return undefined
    const { attempt } = found
    const last = attempt.lastQueryAt ?? 0
    // A time in the future is a clock that was set back: it coalesces nothing.
    if (last <= askedAt && askedAt < last + coalesceMillis) return undefined
    const earliest = (runtime.instances.get(attempt.instance)?.provider.manifest.query.earliestSeconds ?? 0) * 1000
    // Submitted in the future: by a clock that was set back since, so long enough ago.
    const isAhead = attempt.submittedAt !== undefined && attempt.submittedAt > askedAt
    const submittedAt = isAhead ? askedAt - earliest : attempt.submittedAt
    if (submittedAt !== undefined && askedAt < submittedAt + earliest) return undefined
    const asking: AttemptRow = { ...attempt, lastQueryAt: askedAt }
    await tx.updateAttempt(asking)
    // Whatever the provider has said of it, a hint included, shows that it was sent after all.
    const isKnown = (await tx.observationsOf(attempt.paymentId)).some(
      (row) => row.attemptId === attempt.id && row.channel !== "operator"
    )
    return { ...found, attempt: asking, submittedAt, isKnown }
  })
  if (taken === undefined) return false
  const { attempt, payment } = taken
  const isUnsent = attempt.submission === "none" || attempt.submission === "not_sent"
  if (isUnsent && !taken.isKnown) {
    if (askedAt >= attempt.deadline) yield* closeUnsent(runtime, attempt, askedAt)
    else yield* foldRows(runtime, "status", payment.id, [])
    return false
  }
  runtime.onDurableStep("query_started")
  const { provider, adapter } = yield* findInstance(runtime, "status", attempt.instance)
  const observed = yield* Effect.mapError(
    adapter.status(attemptRecord(payment, { ...attempt, submittedAt: taken.submittedAt }, askedAt)),
    atInstance(attempt.instance, payment.id)
  )
  const observedAt = yield* now
  const reception = {
    channel: "query",
    instance: attempt.instance,
    observedAt,
    askedAt,
    attemptId: attempt.id,
    paymentId: payment.id
  } as const
  // Only an answer settles the notices before it: a question that failed leaves them open.
  const rows = yield* record(
    runtime,
    "status",
    observed,
    reception,
    async (tx) => {
      const current = await tx.findAttempt(attemptId)
      if (current !== undefined) await tx.updateAttempt({ ...current, answeredAt: askedAt })
    },
    (tx, answer) => isRepeat(runtime, tx, payment, attemptId, answer, observedAt)
  )
  runtime.onDurableStep("query_committed")
  yield* foldRows(runtime, "status", payment.id, rows)

  // A proven absence of a lost submission: where the provider's own rules make it safe, send the identical bytes again.
  const after = yield* transact(runtime, "status", (tx) => tx.findAttempt(attemptId))
  const mayResend =
    provider.manifest.repeatCreate === "after_absence" &&
    after?.submission === "started" &&
    after.status === "created" &&
    observedAt < attempt.deadline
  if (mayResend) yield* submit(runtime, attemptId, attempt.submittedAt)
  return true
})

/**
 * Asks the provider about an attempt, at most once in ten seconds: further reasons to ask join the call that is under way,
 * or find it answered. Answers whether a call was made.
 */
export const ask = (runtime: Runtime, attemptId: string): Effect.Effect<boolean, PaymentError> =>
  Effect.suspend(() => {
    const current = runtime.asking.get(attemptId)
    if (current !== undefined)
      return Effect.as(
        Effect.promise(() => current),
        false
      )
    const { promise, resolve } = Promise.withResolvers<void>()
    runtime.asking.set(attemptId, promise)
    return Effect.ensuring(
      query(runtime, attemptId),
      Effect.sync(() => {
        runtime.asking.delete(attemptId)
        resolve()
      })
    )
  })

/**
 * Follows up notices that nobody has asked about yet, before anything that could collect a second time or tell the payer
 * that there is nothing to pay. `NotReady` while the provider may not be asked again so soon.
 */
export const answerHints = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  paymentId: string
): Effect.fn.Return<void, PaymentError> {
  const hinted = Effect.flatMap(now, (at) =>
    transact(runtime, operation, async (tx) => {
      const payment = await tx.findPayment(paymentId)
      const folded = payment === undefined ? [] : await foldAttempts(runtime, tx, payment, at)
      return folded.filter((one) => one.isHinted).map((one) => one.attempt.id)
    })
  )
  for (const attemptId of yield* hinted) yield* Effect.ignoreCause(ask(runtime, attemptId))
  if ((yield* hinted).length === 0) return
  return yield* failWith(
    operation,
    new NotReady({
      message: "The provider has just reported a change; what it is will be known in a moment. Try again then.",
      retryAfterSeconds: coalesceMillis / 1000
    }),
    { paymentId }
  )
})
