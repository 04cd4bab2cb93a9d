// What comes from outside: the provider's server and the payer's browser. Verified, stored, then answered.
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Inbound } from "../Inbound.ts"
import type { Observed } from "../Observation.ts"
import type { PaymentError } from "../PaymentError.ts"
import type { Acknowledgement, Verdict } from "../Provider.ts"
import type { AttemptRow } from "../Store.ts"
import { WebhookError } from "../WebhookError.ts"
import * as DateTime from "effect/DateTime"
import { learnReference } from "./folding.ts"
import { sha256, toRow } from "./ledger.ts"
import { ask } from "./query.ts"
import { now, type Runtime, transact } from "./Runtime.ts"
import { coalesceMillis } from "./schedule.ts"
import { tokenDigest } from "./urls.ts"

const referenceOf = (observed: Verdict["observations"][number]): string | undefined =>
  observed.about === undefined
    ? undefined
    : "attemptId" in observed.about
      ? observed.about.attemptId
      : observed.about.providerReference

/** Takes proven messages: one row each in one commit, and nothing else before the answer. */
const takeProven = (runtime: Runtime, instance: string, inbound: Inbound, verdict: Verdict) => {
  const observedAt = DateTime.toEpochMillis(inbound.receivedAt)
  const rows = verdict.observations.map((observed, index) => {
    const reference = referenceOf(observed)
    return toRow(
      observed,
      {
        channel: "webhook",
        instance,
        observedAt,
        content: verdict.content,
        raw: inbound.body,
        ...(reference === undefined ? {} : { reference })
      },
      index
    )
  })
  return transact(runtime, "webhook", async (tx) => {
    let isNew = false
    for (const row of rows) if (await tx.insertObservation(row)) isNew = true
    return isNew
  })
}

/** A hint is kept once per attempt and ten seconds, and only if its token is ours; it makes us ask. */
const takeHint = (runtime: Runtime, attempt: AttemptRow, observed: Observed, at: number) => {
  const row = toRow(
    observed,
    {
      channel: "webhook",
      instance: attempt.instance,
      observedAt: at,
      attemptId: attempt.id,
      paymentId: attempt.paymentId,
      content: new TextEncoder().encode(sha256("hint", attempt.id, String(Math.floor(at / coalesceMillis))))
    },
    0
  )
  return transact(runtime, "webhook", async (tx) => {
    const isNew = await tx.insertObservation(row)
    const current = await tx.findAttempt(attempt.id)
    if (current === undefined) return isNew
    // Only the provider's server knows this token, so what it calls the attempt finds a request whose reply was lost.
    if (observed.providerReference !== undefined && current.providerReference === undefined) {
      await learnReference(tx, current, observed.providerReference)
    }
    const dueAt = Math.max(at, (current.lastQueryAt ?? 0) + coalesceMillis)
    const planned = await tx.findWork(attempt.id, "query")
    if (planned === undefined || planned.dueAt > dueAt) {
      await tx.putWork({ kind: "query", attemptId: attempt.id, dueAt, leaseUntil: 0, tries: 0 })
    }
    return isNew
  })
}

/**
 * A message of the provider's server. Answers the provider's own acknowledgement once the evidence is committed, or its
 * "try again" if the store could not. Folding and asking follow after the answer.
 */
export const webhook = Effect.fn("Payments.webhook")(function* (
  runtime: Runtime,
  instanceName: string,
  token: string | undefined,
  inbound: Inbound
): Effect.fn.Return<Acknowledgement, WebhookError> {
  const instance = runtime.instances.get(instanceName)
  if (instance === undefined) {
    return yield* new WebhookError({ instance: instanceName, reason: "unknown_instance", message: "No such instance." })
  }
  const verdict = yield* instance.adapter.webhook(inbound)
  const hints = verdict.observations.filter((observed) => observed.trust === "hint")
  const exit = yield* Effect.exit(
    Effect.gen(function* () {
      if (hints.length === 0) return yield* takeProven(runtime, instanceName, inbound, verdict)
      const at = yield* now
      const isProvenToo = hints.length < verdict.observations.length
      if (isProvenToo) {
        const proven = verdict.observations.filter((observed) => observed.trust === "proven")
        yield* takeProven(runtime, instanceName, inbound, { ...verdict, observations: proven })
      }
      // An unknown token costs no call and gets the same answer.
      for (const hint of hints) {
        const reference = referenceOf(hint)
        const attempt = yield* transact(runtime, "webhook", (tx) =>
          token !== undefined
            ? tx.findAttemptByWebhookToken(tokenDigest(token))
            : reference !== undefined
              ? tx.findAttemptByReference(instanceName, reference)
              : Promise.resolve(undefined)
        )
        if (attempt !== undefined && attempt.instance === instanceName) yield* takeHint(runtime, attempt, hint, at)
      }
      return true
    })
  )
  if (Exit.isFailure(exit)) return verdict.tryAgain
  runtime.onDurableStep("webhook_committed")
  runtime.wake()
  return verdict.acknowledge
})

/** The payer's browser came back: a hint that makes us ask. Answers the attempt, or nothing for a token that is not ours. */
export const payerReturned = Effect.fn("Payments.return")(function* (
  runtime: Runtime,
  instanceName: string,
  token: string
): Effect.fn.Return<AttemptRow | undefined, PaymentError> {
  const attempt = yield* findByPayerToken(runtime, token)
  if (attempt === undefined || attempt.instance !== instanceName) return undefined
  // What could not be asked now is asked later by due work; the payer is not kept waiting for it.
  yield* Effect.ignore(
    Effect.timeoutOrElse(ask(runtime, attempt.id), { duration: "5 seconds", orElse: () => Effect.succeed(false) })
  )
  return attempt
})

export const findByPayerToken = (
  runtime: Runtime,
  token: string
): Effect.Effect<AttemptRow | undefined, PaymentError> =>
  /^[0-9a-f]{32}$/.test(token)
    ? transact(runtime, "return", (tx) => tx.findAttemptByPayerToken(tokenDigest(token)))
    : Effect.succeed(undefined)
