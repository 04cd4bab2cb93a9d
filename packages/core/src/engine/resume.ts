import * as Effect from "effect/Effect"
import type { Observed } from "../Observation.ts"
import type { Payment } from "../Payment.ts"
import { Conflict, NotFound, type PaymentError, Unsupported } from "../PaymentError.ts"
import { seeThrough } from "./command.ts"
import { load } from "./create.ts"
import { loadAttempt } from "./query.ts"
import { foldRows, record } from "./record.ts"
import { failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"

/** Sends what the payer entered for a `collect` action; a consent text goes back character for character. */
export const resume = Effect.fn("Payments.resume")(function* (
  runtime: Runtime,
  attemptId: string,
  input: { readonly fields: Readonly<Record<string, string>>; readonly consentText?: string }
): Effect.fn.Return<Payment, PaymentError> {
  const found = yield* transact(runtime, "resume", (tx) => loadAttempt(tx, attemptId))
  if (found === undefined) return yield* failWith("resume", new NotFound({ message: "There is no such attempt." }))
  const { attempt, payment } = found
  const about = { instance: attempt.instance, paymentId: payment.id }
  const { adapter } = yield* findInstance(runtime, "resume", attempt.instance)
  if (adapter.resume === undefined) {
    return yield* failWith("resume", new Unsupported({ message: "This provider asks payers for nothing." }), about)
  }
  const current = yield* load(runtime, "resume", payment.id)
  if (current.attempts.find((one) => one.id === attemptId)?.nextAction?._tag !== "collect") {
    return yield* failWith("resume", new Conflict({ message: "Nothing is being asked from the payer." }), about)
  }
  const at = yield* now
  const send = adapter.resume(attemptRecord(payment, attempt, at), input)
  const keep = Effect.fnUntraced(function* (observed: ReadonlyArray<Observed>) {
    const observedAt = yield* now
    const rows = yield* record(runtime, "resume", observed, {
      channel: "reply",
      instance: attempt.instance,
      observedAt,
      attemptId,
      paymentId: payment.id
    })
    runtime.onDurableStep("reply_committed")
    yield* foldRows(runtime, "resume", payment.id, rows)
  })
  yield* seeThrough(runtime, Effect.flatMap(send, keep))
  return yield* load(runtime, "resume", payment.id)
})
