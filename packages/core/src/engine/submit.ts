// From a committed intent to the provider and back. `submission_started` is committed before the first byte leaves; after a
// crash it reads as a lost reply.
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import type { Observed } from "../Observation.ts"
import { redactPayer, PayerInput } from "../Payer.ts"
import { OutcomeUnknown, PaymentError } from "../PaymentError.ts"
import type { AttemptRecord, CreateInput } from "../Provider.ts"
import type { AttemptRow, PaymentRow } from "../Store.ts"
import { keepTries, lostReplies, seeThrough } from "./command.ts"
import { foldAttempts, foldPayment } from "./folding.ts"
import { foldRows, record } from "./record.ts"
import { failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { nextUrl, returnUrl, webhookUrl } from "./urls.ts"
import { askedOf, decodeLines } from "./view.ts"

// What `create` works from, sealed with the payment's key: the payer's data, the typed options and the agency's page.
const SealedInput = Schema.fromJsonString(
  Schema.Struct({
    payer: Schema.optionalKey(PayerInput),
    language: Schema.Literals(["lv", "en", "ru"]),
    returnUrl: Schema.String,
    /** The options as the caller wrote them; decoded again by the provider's schema. */
    options: Schema.Unknown
  })
)
export type SealedInput = typeof SealedInput.Type
export const encodeInput = Schema.encodeSync(SealedInput)
export const decodeInput = Schema.decodeUnknownSync(SealedInput)

export const attemptRecord = (payment: PaymentRow, attempt: AttemptRow, at: number): AttemptRecord => {
  const asked = askedOf(payment)
  return {
    paymentId: payment.id,
    attemptId: attempt.id,
    instance: attempt.instance,
    merchantReference: payment.merchantReference,
    ...(attempt.providerReference === undefined ? {} : { providerReference: attempt.providerReference }),
    ...(asked === undefined ? {} : { total: asked }),
    lines: decodeLines(payment.lines),
    createdAt: attempt.createdAt,
    ...(attempt.submittedAt === undefined ? {} : { submittedAt: attempt.submittedAt }),
    deadline: attempt.deadline,
    now: at
  }
}

/**
 * Takes the right to send: only one caller gets it, and it is committed before anything leaves. Sent is only the newest
 * attempt, before its deadline, of which the provider has said nothing yet; a repeat of `create` changes none of that.
 */
const takeSubmission = (runtime: Runtime, attemptId: string, at: number, resendOf: number | undefined) =>
  transact(runtime, "create", async (tx) => {
    const attempt = await tx.findAttempt(attemptId)
    const payment = attempt === undefined ? undefined : await tx.findPayment(attempt.paymentId)
    if (attempt === undefined || payment === undefined || at >= attempt.deadline) return undefined
    const isFresh = attempt.submission === "none" || attempt.submission === "not_sent"
    const isResend = resendOf !== undefined && attempt.submission === "started" && attempt.submittedAt === resendOf
    if (!isFresh && !isResend) return undefined
    const folded = await foldAttempts(runtime, tx, payment, at)
    const newest = folded.at(-1)
    if (newest?.attempt.id !== attemptId || newest.fold.name !== "created" || newest.fold.hasEvidence) return undefined
    // A notice under a token that only the provider's server knows: the request did arrive.
    if (newest.entries.some((entry) => entry.trust === "hint")) return undefined
    const sealed = await tx.getSealed(attemptId, "input")
    if (sealed === undefined) return undefined
    const started: AttemptRow = { ...attempt, submission: "started", submittedAt: at }
    await tx.updateAttempt(started)
    // Should the process end now, the answer is looked up by this work.
    await foldPayment(runtime, tx, payment.id, at, true)
    return { attempt: started, payment, input: decodeInput(sealed) }
  })

/**
 * Sends one attempt to its provider, if nobody has. `resendOf` repeats a submission of which a query proved that it never
 * arrived, with identical bytes. Answers false if there was nothing to send.
 */
const send = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string,
  resendOf: number | undefined
): Effect.fn.Return<boolean, PaymentError> {
  const startedAt = yield* now
  const taken = yield* takeSubmission(runtime, attemptId, startedAt, resendOf)
  if (taken === undefined) return false
  runtime.onDurableStep("submission_committed")
  const { attempt, payment, input } = taken
  const about = { instance: attempt.instance, paymentId: payment.id }
  const { provider, adapter } = yield* findInstance(runtime, "create", attempt.instance)
  const options = yield* Effect.orDie(Schema.decodeUnknownEffect(provider.options)(input.options))
  const request: CreateInput<unknown> = {
    // A resend gives the provider the first submission's moment, so that the bytes are the same.
    ...attemptRecord(payment, attempt, attempt.createdAt),
    purpose: payment.purpose,
    ...(input.payer === undefined ? {} : { payer: redactPayer(input.payer) }),
    language: input.language,
    options,
    urls: {
      return: returnUrl(runtime, attempt.instance, attempt.id),
      webhook: webhookUrl(runtime, attempt.instance, attempt.id),
      next: nextUrl(runtime, attempt.id)
    }
  }
  // Whoever waits may stop waiting; what was sent is sent, and its reply is kept.
  const exit = yield* Effect.exit(Effect.suspend(() => adapter.create(request)))
  const observedAt = yield* now
  const reception = {
    channel: "reply",
    instance: attempt.instance,
    observedAt,
    attemptId: attempt.id,
    paymentId: payment.id
  } as const
  const settle =
    (submission: AttemptRow["submission"]) => async (tx: Parameters<Parameters<typeof transact>[2]>[0]) => {
      const current = await tx.findAttempt(attempt.id)
      // A later submission of the same attempt has its own outcome: "not sent" speaks only for this one.
      const isOurs = current?.submission === "started" && current.submittedAt === startedAt
      if (current !== undefined && (submission === "answered" || isOurs)) {
        await tx.updateAttempt({ ...current, submission })
      }
    }

  const unknown = failWith(
    "create",
    new OutcomeUnknown({
      message: "The provider may have carried it out; Maksa asks until it knows. Do not create it again."
    }),
    about
  )
  // The reply may hold the only reference to what was begun: a store that is busy for a moment must not cost it.
  const keep = Effect.fnUntraced(function* (observed: ReadonlyArray<Observed>) {
    const rows = yield* Effect.retry(record(runtime, "create", observed, reception, settle("answered")), keepTries)
    runtime.onDurableStep("reply_committed")
    yield* foldRows(runtime, "create", payment.id, rows)
  })

  if (Exit.isSuccess(exit)) {
    yield* Effect.mapError(keep(exit.value), () => unknown)
    return true
  }
  const error = exit.cause.reasons.find(Cause.isFailReason)?.error
  const isLost = error === undefined || lostReplies.has(error.reason._tag)
  if (isLost) yield* Effect.ignore(foldRows(runtime, "create", payment.id, []))
  // An interruption or a defect proves nothing about what the provider did.
  if (error === undefined) return yield* Cause.hasInterruptsOnly(exit.cause) ? Effect.interrupt : Effect.fail(unknown)
  if (isLost) return yield* unknown
  if (error.reason._tag === "Refused") {
    const { decline, providerCode } = error.reason
    yield* keep([
      {
        says: { _tag: "refused" },
        trust: "proven",
        ...(providerCode === undefined ? {} : { providerCode }),
        ...(decline === undefined ? {} : { decline })
      }
    ])
  } else {
    // By the port's contract every other failure happened before a byte left.
    const keepUnsent = transact(runtime, "create", async (tx) => {
      await settle("not_sent")(tx)
      await foldPayment(runtime, tx, payment.id, observedAt)
    })
    yield* Effect.retry(keepUnsent, keepTries)
  }
  return yield* new PaymentError({ operation: "create", reason: error.reason, ...about })
})

/** Sends one attempt and waits for the reply to be durable. */
export const submit = (runtime: Runtime, attemptId: string, resendOf?: number): Effect.Effect<boolean, PaymentError> =>
  seeThrough(runtime, send(runtime, attemptId, resendOf))
