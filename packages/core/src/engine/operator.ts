// What named people do, always with who and why.
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Observed } from "../Observation.ts"
import type { Payment } from "../Payment.ts"
import { Conflict, InvalidRequest, NotFound, type Operation, type PaymentError } from "../PaymentError.ts"
import type { AttemptRow, StoreTransaction } from "../Store.ts"
import { eraseDocuments } from "./archive.ts"
import { seeThrough } from "./command.ts"
import { load } from "./create.ts"
import { answerHints, ask } from "./query.ts"
import { foldRows, record, toRows } from "./record.ts"
import { failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"

const Who = {
  by: Schema.NonEmptyString.check(Schema.isMaxLength(200)),
  reason: Schema.NonEmptyString.check(Schema.isMaxLength(2000))
}
const Withdraw = Schema.Struct(Who)
const Decide = Schema.Struct({
  ...Who,
  status: Schema.Literals(["paid", "declined", "expired", "canceled", "reversed"]),
  /** Which attempt; default: the one that speaks for the payment. */
  attemptId: Schema.optionalKey(Schema.String),
  /** Where the proof is: a bank statement's number, a case file. */
  evidence: Schema.optionalKey(Schema.String)
})
const Tie = Schema.Struct({
  ...Who,
  /** What the provider calls the request. */
  providerReference: Schema.NonEmptyString.check(Schema.isMaxLength(200)),
  /** Which attempt; default: the only one whose name nobody knows. */
  attemptId: Schema.optionalKey(Schema.String),
  /** Where the proof is: the reconciliation, a letter of the provider. */
  evidence: Schema.optionalKey(Schema.String)
})
export type Tie = typeof Tie.Type
const Erase = Schema.Struct({
  /** Whose archived documents go too. `accounting`: only where no law asks to keep them any more. */
  documents: Schema.optionalKey(Schema.Array(Schema.Literals(["accounting", "confirmation"])))
})
export type Erase = typeof Erase.Type
export type Withdraw = typeof Withdraw.Type
export type Decide = typeof Decide.Type

const decoded = <S extends Schema.Codec<unknown, unknown>>(operation: Operation, schema: S, input: unknown) =>
  Effect.mapError(Schema.decodeUnknownEffect(schema, { onExcessProperty: "error" })(input), (error) =>
    failWith(operation, new InvalidRequest({ message: error.message }))
  )

const attemptsOf = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  paymentId: string
): Effect.fn.Return<ReadonlyArray<AttemptRow>, PaymentError> {
  const attempts = yield* transact(runtime, operation, (tx: StoreTransaction) => tx.attemptsOf(paymentId))
  return attempts.length === 0
    ? yield* failWith(operation, new NotFound({ message: "There is no such payment." }))
    : attempts
})

/** Which attempt speaks for the payment: the same order as the fold's union of attempts. */
const speaking = (attempts: ReadonlyArray<AttemptRow>): AttemptRow | undefined =>
  attempts.find((one) => one.status === "under_review") ??
  attempts.find((one) => one.status === "paid") ??
  attempts.findLast((one) => one.status === "provisional") ??
  attempts.at(-1)

const hasMoney: ReadonlySet<string> = new Set(["provisional", "paid", "under_review"])

/** Stops offering the payment to the payer. It stays watched: money that comes all the same is believed and shown. */
export const withdraw = Effect.fn("Payments.withdraw")(function* (
  runtime: Runtime,
  paymentId: string,
  input: Withdraw
): Effect.fn.Return<Payment, PaymentError> {
  const { by, reason } = yield* decoded("withdraw", Withdraw, input)
  yield* answerHints(runtime, "withdraw", paymentId)
  const attempts = yield* attemptsOf(runtime, "withdraw", paymentId)
  // Money is not withdrawn, it is given back; what is under review is for a decision.
  if (attempts.some((one) => hasMoney.has(one.status))) {
    return yield* failWith(
      "withdraw",
      new Conflict({ message: "Money has come or is on its way: give it back by a repayment, or decide." }),
      { paymentId }
    )
  }
  for (const attempt of attempts) {
    if (attempt.finality === "hard" || attempt.status === "canceled" || attempt.status === "reversed") continue
    const at = yield* now
    const { adapter } = yield* findInstance(runtime, "withdraw", attempt.instance)
    const payment = yield* transact(runtime, "withdraw", (tx) => tx.findPayment(paymentId))
    if (adapter.withdraw !== undefined && payment !== undefined && attempt.submission !== "none") {
      const reception = {
        channel: "reply",
        instance: attempt.instance,
        observedAt: at,
        attemptId: attempt.id,
        paymentId
      } as const
      const keep = Effect.fnUntraced(function* (observed: ReadonlyArray<Observed>) {
        yield* foldRows(runtime, "withdraw", paymentId, yield* record(runtime, "withdraw", observed, reception))
      })
      yield* seeThrough(runtime, Effect.flatMap(adapter.withdraw(attemptRecord(payment, attempt, at)), keep))
    }
    const rows = yield* record(runtime, "withdraw", [{ says: { _tag: "withdrawn" }, trust: "proven" }], {
      channel: "operator",
      instance: attempt.instance,
      observedAt: at,
      attemptId: attempt.id,
      paymentId,
      decision: { by, reason }
    })
    runtime.onDurableStep("operator_committed")
    yield* foldRows(runtime, "withdraw", paymentId, rows)
  }
  return yield* load(runtime, "withdraw", paymentId)
})

/** A person's decision on the newest attempt: hard, with who, why and on what evidence. */
export const decide = Effect.fn("Payments.decide")(function* (
  runtime: Runtime,
  paymentId: string,
  input: Decide
): Effect.fn.Return<Payment, PaymentError> {
  const { status, by, reason, evidence, attemptId } = yield* decoded("decide", Decide, input)
  const attempts = yield* attemptsOf(runtime, "decide", paymentId)
  const attempt = attemptId === undefined ? speaking(attempts) : attempts.find((one) => one.id === attemptId)
  if (attempt === undefined) {
    return yield* failWith("decide", new NotFound({ message: "The payment has no such attempt." }), { paymentId })
  }
  const known = yield* transact(runtime, "decide", (tx) => tx.observationsOf(paymentId))
  // Who decides knows all that is known, an earlier decision too: a clock that was set back must not date this one before it.
  const at = Math.max(
    yield* now,
    ...known.map(({ channel, observedAt }) => (channel === "operator" ? observedAt + 1 : observedAt))
  )
  const rows = yield* record(runtime, "decide", [{ says: { _tag: "decided", status }, trust: "proven" }], {
    channel: "operator",
    instance: attempt.instance,
    observedAt: at,
    attemptId: attempt.id,
    paymentId,
    decision: { by, reason, ...(evidence === undefined ? {} : { evidence }) }
  })
  runtime.onDurableStep("operator_committed")
  yield* foldRows(runtime, "decide", paymentId, rows)
  return yield* load(runtime, "decide", paymentId)
})

const isNameless = ({ providerReference, submission }: AttemptRow): boolean =>
  providerReference === undefined && (submission === "started" || submission === "answered")

/**
 * A person's word that a request at the provider is an attempt of ours whose reply was lost. It names the request and moves
 * no money: the provider is asked about it at once.
 */
export const tie = Effect.fn("Payments.tie")(function* (
  runtime: Runtime,
  paymentId: string,
  input: Tie
): Effect.fn.Return<Payment, PaymentError> {
  const { by, reason, evidence, attemptId, providerReference } = yield* decoded("tie", Tie, input)
  const attempts = yield* attemptsOf(runtime, "tie", paymentId)
  const nameless = attempts.filter((one) => isNameless(one) && (attemptId === undefined || one.id === attemptId))
  const [attempt, ...others] = nameless
  if (attempt === undefined || others.length > 0) {
    const message =
      attempt === undefined
        ? "There is no attempt here that was sent and has no name at the provider."
        : "Several attempts have no name at the provider: say which one by attemptId."
    return yield* failWith("tie", new Conflict({ message }), { paymentId })
  }
  const at = yield* now
  const reception = {
    channel: "operator",
    instance: attempt.instance,
    observedAt: at,
    attemptId: attempt.id,
    paymentId,
    decision: { by, reason, ...(evidence === undefined ? {} : { evidence }) }
  } as const
  const rows = yield* toRows(
    runtime,
    "tie",
    [{ says: { _tag: "accepted" }, trust: "proven", providerReference }],
    reception
  )
  const added = yield* transact(runtime, "tie", async (tx) => {
    const [current, owner] = [
      await tx.findAttempt(attempt.id),
      await tx.findAttemptByReference(attempt.instance, providerReference)
    ]
    // One request is one attempt's: the same money must not count for two payments.
    if (current === undefined || !isNameless(current) || owner !== undefined) return undefined
    for (const row of rows) await tx.insertObservation(row)
    return rows
  })
  if (added === undefined) {
    const message = "This request is another attempt's already, or the attempt has a name by now."
    return yield* failWith("tie", new Conflict({ message }), { paymentId })
  }
  runtime.onDurableStep("operator_committed")
  yield* foldRows(runtime, "tie", paymentId, added)
  yield* Effect.ignoreCause(ask(runtime, attempt.id))
  return yield* load(runtime, "tie", paymentId)
})

/**
 * Deletes the payment's key: what payers wrote and providers sent becomes unreadable; digests, statuses and money facts stay.
 * Archived documents go by their retention class.
 */
export const erase = Effect.fn("Payments.erase")(function* (
  runtime: Runtime,
  paymentId: string,
  input: Erase = {}
): Effect.fn.Return<void, PaymentError> {
  const { documents = ["confirmation"] } = yield* decoded("erase", Erase, input)
  yield* attemptsOf(runtime, "erase", paymentId)
  yield* transact(runtime, "erase", (tx) => tx.erase(paymentId))
  runtime.onDurableStep("operator_committed")
  yield* eraseDocuments(runtime, paymentId, documents)
})
