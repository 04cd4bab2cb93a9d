// What comes from outside: the provider's server and the payer's browser. Verified, stored, then answered.
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Inbound } from "../Inbound.ts"
import type { Observed } from "../Observation.ts"
import { InvalidRequest, type PaymentError } from "../PaymentError.ts"
import type { Acknowledgement, Verdict } from "../Provider.ts"
import type { AttemptRow, ObservationRow } from "../Store.ts"
import { WebhookError } from "../WebhookError.ts"
import * as DateTime from "effect/DateTime"
import { learnReference } from "./folding.ts"
import { sha256 } from "./ledger.ts"
import { ask } from "./query.ts"
import { isRepaymentId } from "../Ids.ts"
import { toRepaymentRows } from "./repayments/evidence.ts"
import { toRows } from "./record.ts"
import { failWith, now, type Runtime, transact } from "./Runtime.ts"
import { coalesceMillis } from "./schedule.ts"
import { tokenDigest } from "./urls.ts"

const referenceOf = (observed: Verdict["observations"][number]): string | undefined =>
  observed.about === undefined
    ? undefined
    : "attemptId" in observed.about
      ? observed.about.attemptId
      : observed.about.providerReference

/** Takes proven messages: one row each in one commit, and nothing else before the answer. */
const takeProven = Effect.fnUntraced(function* (
  runtime: Runtime,
  instance: string,
  token: string | undefined,
  inbound: Inbound,
  verdict: Verdict
): Effect.fn.Return<boolean, PaymentError> {
  const observedAt = DateTime.toEpochMillis(inbound.receivedAt)
  const rows: Array<ObservationRow> = []
  for (const [index, observed] of verdict.observations.entries()) {
    const reference = referenceOf(observed)
    // A message that does not name its attempt is about the attempt of its URL; without either nobody could ever join it.
    const attempt = reference === undefined ? yield* findByWebhookToken(runtime, token) : undefined
    if (reference === undefined && attempt?.instance !== instance) {
      return yield* failWith(
        "webhook",
        new InvalidRequest({ message: "The message does not say which attempt it is about." })
      )
    }
    rows.push(
      ...(yield* toRows(runtime, "webhook", [observed], {
        channel: "webhook",
        instance,
        observedAt,
        content: indexed(verdict.content, index),
        raw: inbound.body,
        ...(reference === undefined ? {} : { reference }),
        ...(attempt === undefined ? {} : { attemptId: attempt.id, paymentId: attempt.paymentId })
      }))
    )
  }
  const offset = verdict.observations.length
  for (const [index, { about, ...observed }] of (verdict.repayments ?? []).entries()) {
    const { repaymentId } = about
    rows.push(
      ...(yield* toRepaymentRows(runtime, "webhook", [observed], {
        channel: "webhook",
        instance,
        observedAt,
        content: indexed(verdict.content, offset + index),
        raw: inbound.body,
        // What names no repayment of ours stays parked, and must never be joined to a purchase.
        ...(isRepaymentId(repaymentId)
          ? { attemptId: repaymentId, reference: repaymentId }
          : { reference: `repayment ${repaymentId}` })
      }))
    )
  }
  return yield* transact(runtime, "webhook", async (tx) => {
    let isNew = false
    for (const row of rows) if (await tx.insertObservation(row)) isNew = true
    return isNew
  })
})

const indexed = (content: Uint8Array, index: number): Uint8Array =>
  index === 0 ? content : Buffer.concat([content, Buffer.from(`\0${index}`)])

const findByWebhookToken = (
  runtime: Runtime,
  token: string | undefined
): Effect.Effect<AttemptRow | undefined, PaymentError> =>
  token !== undefined && /^[0-9a-f]{32}$/.test(token)
    ? transact(runtime, "webhook", (tx) => tx.findAttemptByWebhookToken(tokenDigest(token)))
    : Effect.succeed(undefined)

/**
 * A hint is kept once per attempt and ten seconds, and only if its token is ours; it makes us ask. `isTrusted`: it came with
 * the token that only the provider's server knows, so what it calls the attempt finds a request whose reply was lost.
 */
const takeHint = Effect.fnUntraced(function* (
  runtime: Runtime,
  attempt: AttemptRow,
  observed: Observed,
  at: number,
  isTrusted: boolean
): Effect.fn.Return<boolean, PaymentError> {
  const bucket = `${attempt.lastQueryAt ?? 0}/${Math.floor(at / coalesceMillis)}`
  const rows = yield* toRows(runtime, "webhook", [observed], {
    channel: "webhook",
    instance: attempt.instance,
    observedAt: at,
    attemptId: attempt.id,
    paymentId: attempt.paymentId,
    content: new TextEncoder().encode(sha256("hint", attempt.id, bucket))
  })
  return yield* transact(runtime, "webhook", async (tx) => {
    let isNew = false
    for (const row of rows) if (await tx.insertObservation(row)) isNew = true
    const current = await tx.findAttempt(attempt.id)
    if (isTrusted && observed.providerReference !== undefined && current?.providerReference === undefined) {
      await learnReference(tx, current ?? attempt, observed.providerReference)
    }
    return isNew
  })
})

/** A hint about a repayment proves nothing: it is asked about without waiting for its usual pace. */
const askRepaymentSoon = (
  runtime: Runtime,
  instance: string,
  repaymentId: string,
  at: number
): Effect.Effect<void, PaymentError> =>
  transact(runtime, "webhook", async (tx) => {
    const repayment = await tx.findRepayment(repaymentId)
    const attempt = repayment?.attemptId === undefined ? undefined : await tx.findAttempt(repayment.attemptId)
    const work = attempt?.instance === instance ? await tx.findWork(repaymentId, "repayment") : undefined
    if (work !== undefined && work.dueAt > at) await tx.putWork({ ...work, dueAt: at, tries: 0 })
  })

// `Effect.fn` would also capture the caller's stack for each message: it is the HTTP handler's, always the same, and costs
// as much as the rest of the span.
const webhookSpan = Effect.withSpan("Payments.webhook", undefined, { captureStackTrace: false })

/**
 * A message of the provider's server. Answers the provider's own acknowledgement once the evidence is committed, or its
 * "try again" if the store could not. Folding and asking follow after the answer.
 */
export const webhook = Effect.fnUntraced(function* (
  runtime: Runtime,
  instanceName: string,
  token: string | undefined,
  inbound: Inbound
): Effect.fn.Return<Acknowledgement, WebhookError> {
  const instance = runtime.instances.get(instanceName)
  if (instance === undefined) {
    return yield* new WebhookError({ instance: instanceName, reason: "unknown_instance", message: "No such instance." })
  }
  // An adapter that throws instead of failing breaks inside the effect, where the handler answers for it.
  const verdict = yield* Effect.suspend(() => instance.adapter.webhook(inbound))
  const hints = verdict.observations.filter((observed) => observed.trust === "hint")
  const exit = yield* Effect.exit(
    Effect.gen(function* () {
      const proven = verdict.observations.filter((observed) => observed.trust === "proven")
      const repayments = verdict.repayments?.filter((observed) => observed.trust === "proven") ?? []
      if (proven.length > 0 || repayments.length > 0) {
        yield* takeProven(runtime, instanceName, token, inbound, { ...verdict, observations: proven, repayments })
      }
      const at = yield* now
      for (const { about, trust } of verdict.repayments ?? []) {
        if (trust === "hint") yield* askRepaymentSoon(runtime, instanceName, about.repaymentId, at)
      }
      if (hints.length === 0) return
      const byToken = yield* findByWebhookToken(runtime, token)
      for (const hint of hints) {
        const reference = referenceOf(hint)
        const attempt =
          byToken ??
          (reference === undefined
            ? undefined
            : yield* transact(runtime, "webhook", (tx) => tx.findAttemptByReference(instanceName, reference)))
        // An unknown token costs no call and gets the same answer.
        if (attempt?.instance === instanceName) {
          yield* takeHint(runtime, attempt, hint, at, byToken !== undefined)
        }
      }
    })
  )
  if (Exit.isFailure(exit)) return verdict.tryAgain
  runtime.onDurableStep("webhook_committed")
  runtime.wake()
  return verdict.acknowledge
}, webhookSpan)

/** The payer's browser came back: a hint that makes us ask. Answers the attempt, or nothing for a token that is not ours. */
export const payerReturned = Effect.fn("Payments.return")(function* (
  runtime: Runtime,
  instanceName: string,
  token: string
): Effect.fn.Return<AttemptRow | undefined, PaymentError> {
  const attempt = yield* findByPayerToken(runtime, token)
  if (attempt === undefined || attempt.instance !== instanceName) return undefined
  // The payer is not kept waiting for what cannot be asked now, or breaks.
  const asking = yield* Effect.exit(
    Effect.timeoutOrElse(ask(runtime, attempt.id), { duration: "5 seconds", orElse: () => Effect.succeed(false) })
  )
  if (Exit.isFailure(asking) || !asking.value) yield* Effect.ignore(askSoon(runtime, attempt.id))
  return attempt
})

/** The payer comes back when something has happened: an open attempt does not wait for its usual pace then. */
const askSoon = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string
): Effect.fn.Return<void, PaymentError> {
  const dueAt = (yield* now) + coalesceMillis
  yield* transact(runtime, "return", async (tx) => {
    const work = await tx.findWork(attemptId, "query")
    if (work !== undefined && work.dueAt > dueAt) await tx.putWork({ ...work, dueAt, tries: 0 })
  })
})

export const findByPayerToken = (
  runtime: Runtime,
  token: string
): Effect.Effect<AttemptRow | undefined, PaymentError> =>
  /^[0-9a-f]{32}$/.test(token)
    ? transact(runtime, "return", (tx) => tx.findAttemptByPayerToken(tokenDigest(token)))
    : Effect.succeed(undefined)
