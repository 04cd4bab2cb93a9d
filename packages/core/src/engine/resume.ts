import * as Effect from "effect/Effect"
import type { Observed } from "../Observation.ts"
import type { Payment } from "../Payment.ts"
import { Conflict, NotFound, type PaymentError, Unsupported } from "../PaymentError.ts"
import { seeThrough } from "./command.ts"
import { keepConsent } from "./consent.ts"
import { load } from "./create.ts"
import { loadAttempt } from "./query.ts"
import { foldRows, record } from "./record.ts"
import { failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"

interface Answer {
  readonly fields: Readonly<Record<string, string>>
  readonly consentText?: string
}

const send = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string,
  input: Answer
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
  const action = current.attempts.find((one) => one.id === attemptId)?.nextAction
  if (action?._tag !== "collect") {
    return yield* failWith("resume", new Conflict({ message: "Nothing is being asked from the payer." }), about)
  }
  // Nobody consents to what the provider asks only now.
  if (action.consentText !== input.consentText) {
    const message = "The consent is not to the text that is being asked: show the payer the present one."
    return yield* failWith("resume", new Conflict({ message }), about)
  }
  const at = yield* now
  // Before it leaves: what becomes of the payer's answer on the way does not take back that it was given.
  if (input.consentText !== undefined) yield* keepConsent(runtime, attempt, input.consentText, at)
  const command = adapter.resume(attemptRecord(payment, attempt, at), input)
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
  yield* Effect.flatMap(command, keep)
  return yield* load(runtime, "resume", payment.id)
})

/**
 * Sends what the payer entered for a `collect` action; a consent text goes back character for character, and its hash is kept
 * first. One at a time for each attempt.
 */
export const resume = Effect.fn("Payments.resume")(function* (
  runtime: Runtime,
  attemptId: string,
  input: Answer
): Effect.fn.Return<Payment, PaymentError> {
  if (runtime.resuming.has(attemptId)) {
    return yield* failWith("resume", new Conflict({ message: "The payer's answer is on its way already." }))
  }
  runtime.resuming.add(attemptId)
  const free = Effect.sync(() => runtime.resuming.delete(attemptId))
  return yield* seeThrough(runtime, Effect.ensuring(send(runtime, attemptId, input), free))
})
