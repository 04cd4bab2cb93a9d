// What happens to a repayment without anybody asking: submitted, asked about until its end is hard.
import * as Effect from "effect/Effect"
import type { RepaymentObserved } from "../../Repayment.ts"
import { type PaymentError, Unsupported } from "../../PaymentError.ts"
import type { ObservationRow, RepaymentRow } from "../../Store.ts"
import { emitRepayment } from "../outbox.ts"
import { foldPayment } from "../folding.ts"
import { foldRows } from "../record.ts"
import { atInstance, failWith, findInstance, now, type Runtime, transact } from "../Runtime.ts"
import { coalesceMillis } from "../schedule.ts"
import { attemptRecord } from "../submit.ts"
import { isAboutRepayment, recordWords, toRepaymentEntry } from "./evidence.ts"
import { move, planRepayment, windowEndOf } from "./moving.ts"
import { amountOf } from "./row.ts"
import { loadCarried, submitRepayment } from "./submit.ts"

const wordsOf = (rows: ReadonlyArray<ObservationRow>, { id }: RepaymentRow): ReadonlyArray<ObservationRow> =>
  rows.filter((row) => isAboutRepayment(row) && row.attemptId === id && row.trust === "proven")

/** Takes the turn to ask, so that several reasons, or several processes, make one call. */
const takeTurn = (runtime: Runtime, repaymentId: string, at: number) =>
  transact(runtime, "repay", async (tx) => {
    const found = await loadCarried(tx, repaymentId)
    if (found === undefined || found.row.status === "requested" || found.row.submittedAt === undefined) return undefined
    const { payment, row } = found
    const earliest =
      (runtime.instances.get(found.attempt.instance)?.provider.manifest.query.earliestSeconds ?? 0) * 1000
    const isSoonAfter = (time: number | undefined, pause: number) =>
      time !== undefined && time <= at && at < time + pause
    if (isSoonAfter(row.lastQueryAt, coalesceMillis) || isSoonAfter(row.submittedAt, earliest)) return undefined
    const asking: RepaymentRow = { ...row, lastQueryAt: at }
    await tx.updateRepayment(asking)
    const words = wordsOf(await tx.observationsOf(payment.id), row)
    if (row.status !== "submitted" || words.length > 0) return { ...found, row: asking }
    // A submission of which nothing was ever heard: its reply is lost.
    const lost = { status: "outcome_unknown", step: { action: "lose_reply", by: "maksa" } } as const
    const moved = await move(runtime, tx, payment, asking, lost, at)
    await foldPayment(runtime, tx, payment.id, at)
    return { ...found, row: moved }
  })

/** Whether the answer repeats what we believe; a refusal after the money went is its way back. */
const repeats = (row: RepaymentRow, observed: ReadonlyArray<RepaymentObserved>): boolean =>
  observed.some(({ says }) => says._tag === row.status || (says._tag === "refused" && row.status === "reversed"))

/** What the answer comes to beyond its words: an end that is hard now, or a submission that never arrived. */
const conclude = (
  runtime: Runtime,
  repaymentId: string,
  observed: ReadonlyArray<RepaymentObserved>,
  askedAt: number
): Effect.Effect<"resend" | "done", PaymentError> =>
  Effect.flatMap(now, (at) =>
    transact(runtime, "repay", async (tx) => {
      const found = await loadCarried(tx, repaymentId)
      const manifest = runtime.instances.get(found?.attempt.instance ?? "")?.provider.manifest
      if (found === undefined || manifest === undefined) return "done"
      const { payment, row } = found
      const end = windowEndOf(row, manifest)
      if (row.finality === "soft" && end !== undefined && askedAt >= end && repeats(row, observed)) {
        const hard: RepaymentRow = { ...row, finality: "hard", updatedAt: at }
        await tx.updateRepayment(hard)
        await planRepayment(runtime, tx, hard, at)
        await emitRepayment(runtime, tx, payment, at, hard)
        return "done"
      }
      const words = wordsOf(await tx.observationsOf(payment.id), row).map(toRepaymentEntry)
      const proof = manifest.absenceProvesAfter.notSubmittedSeconds
      const isNowhere =
        row.status === "outcome_unknown" &&
        observed.length > 0 &&
        [...observed, ...words].every(({ says }) => says._tag === "absent") &&
        proof !== false &&
        row.submittedAt !== undefined &&
        askedAt >= row.submittedAt + proof * 1000
      if (!isNowhere || manifest.repeatCreate !== "after_absence") {
        await planRepayment(runtime, tx, row, at)
        return "done"
      }
      const step = { action: "not_arrived", by: "maksa" } as const
      await move(runtime, tx, payment, row, { status: "approved", step }, at)
      await foldPayment(runtime, tx, payment.id, at)
      return "resend"
    })
  )

const askOnce = Effect.fnUntraced(function* (
  runtime: Runtime,
  repaymentId: string
): Effect.fn.Return<boolean, PaymentError> {
  const askedAt = yield* now
  const taken = yield* takeTurn(runtime, repaymentId, askedAt)
  if (taken === undefined) return false
  runtime.onDurableStep("repayment_asked")
  const { attempt, payment, row } = taken
  const { adapter } = yield* findInstance(runtime, "repay", attempt.instance)
  if (adapter.repaymentStatus === undefined || row.route === "manual") {
    const message = `${attempt.instance} cannot be asked about repayments.`
    return yield* failWith("repay", new Unsupported({ message }), { instance: attempt.instance })
  }
  const asked = { repaymentId, amount: amountOf(row), route: row.route }
  const observed = yield* Effect.mapError(
    adapter.repaymentStatus(attemptRecord(payment, attempt, askedAt), asked),
    atInstance(attempt.instance, payment.id)
  )
  const rows = yield* recordWords(runtime, "repay", observed, {
    channel: "query",
    instance: attempt.instance,
    observedAt: yield* now,
    askedAt,
    attemptId: row.id,
    paymentId: payment.id
  })
  yield* foldRows(runtime, "repay", payment.id, rows)
  // Proved that nothing arrived: the same id again is the same repayment, should the proof be wrong.
  if ((yield* conclude(runtime, repaymentId, observed, askedAt)) === "resend") {
    yield* submitRepayment(runtime, repaymentId)
  }
  return true
})

/** Does what is due for one repayment. Further reasons join the call that is under way. */
export const carryOn = (runtime: Runtime, repaymentId: string): Effect.Effect<boolean, PaymentError> =>
  Effect.suspend(() => {
    const current = runtime.asking.get(repaymentId)
    if (current !== undefined)
      return Effect.as(
        Effect.promise(() => current),
        false
      )
    const { promise, resolve } = Promise.withResolvers<void>()
    runtime.asking.set(repaymentId, promise)
    return Effect.ensuring(
      Effect.flatMap(
        transact(runtime, "repay", (tx) => tx.findRepayment(repaymentId)),
        (row) =>
          row?.status === "approved"
            ? Effect.as(submitRepayment(runtime, repaymentId), true)
            : askOnce(runtime, repaymentId)
      ),
      Effect.sync(() => {
        runtime.asking.delete(repaymentId)
        resolve()
      })
    )
  })

/** Asks now about every repayment of a payment that may still change. */
export const carryOnOf = Effect.fnUntraced(function* (
  runtime: Runtime,
  paymentId: string
): Effect.fn.Return<void, PaymentError> {
  const rows = yield* transact(runtime, "repay", (tx) => tx.repaymentsOf(paymentId))
  const open = rows.filter((row) => row.finality === "soft" && row.submittedAt !== undefined)
  yield* Effect.forEach(open, (row) => Effect.ignoreCause(carryOn(runtime, row.id)), { concurrency: 8, discard: true })
})
