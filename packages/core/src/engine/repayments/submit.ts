// From an approved repayment to the provider. "Submitted" is committed before the first byte leaves; after a crash it reads as
// a lost reply, which is asked about and never repeated blindly.
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { redactPayer } from "../../Payer.ts"
import { OutcomeUnknown, type PaymentError, type PaymentErrorReason } from "../../PaymentError.ts"
import type { RepaymentObserved, RepaymentStep } from "../../Repayment.ts"
import type { AttemptRow, PaymentRow, RepaymentRow, StoreTransaction } from "../../Store.ts"
import { keepTries, seeThrough } from "../command.ts"
import { foldPayment } from "../folding.ts"
import { foldRows } from "../record.ts"
import { failWith, findInstance, type Instance, now, type Runtime, transact } from "../Runtime.ts"
import { backoff } from "../schedule.ts"
import { attemptRecord, decodeInput } from "../submit.ts"
import { webhookUrl } from "../urls.ts"
import { available } from "./available.ts"
import { recordWords } from "./evidence.ts"
import { move } from "./moving.ts"
import { decodePayee, redactPayee } from "./payee.ts"
import { amountOf, decodeHistory } from "./row.ts"

const hour = 3_600_000

export interface Carried {
  readonly row: RepaymentRow
  readonly payment: PaymentRow
  readonly attempt: AttemptRow
}

export const loadCarried = async (tx: StoreTransaction, repaymentId: string): Promise<Carried | undefined> => {
  const row = await tx.findRepayment(repaymentId)
  const attempt = row?.attemptId === undefined ? undefined : await tx.findAttempt(row.attemptId)
  const payment = row === undefined ? undefined : await tx.findPayment(row.paymentId)
  return row === undefined || attempt === undefined || payment === undefined ? undefined : { row, attempt, payment }
}

const ourStep = (action: RepaymentStep["action"], reason?: string) => ({
  action,
  by: "maksa",
  ...(reason === undefined ? {} : { reason })
})

/** Takes the right to send: only one caller gets it, and it is committed before anything leaves. */
const take = (runtime: Runtime, repaymentId: string, at: number) =>
  transact(runtime, "repay", async (tx) => {
    const found = await loadCarried(tx, repaymentId)
    if (found === undefined || found.row.status !== "approved") return undefined
    const { attempt, payment, row } = found
    const isOverride = decodeHistory(row.history).some((one) => one.isOverride === true)
    const left = await available(runtime, tx, payment, isOverride, at, row.id)
    const payee = row.route === "payout" ? await tx.getSealed(row.id, "input") : undefined
    const refusal =
      row.amountMinor > left.minorUnits
        ? "The money is no longer there to be given back."
        : row.route === "payout" && payee === undefined
          ? "The payee was erased before the sum was sent."
          : undefined
    if (refusal !== undefined) {
      await move(runtime, tx, payment, row, { status: "refused", step: ourStep("refuse", refusal) }, at)
      await foldPayment(runtime, tx, payment.id, at)
      return undefined
    }
    const input = await tx.getSealed(attempt.id, "input")
    const taken = await move(
      runtime,
      tx,
      payment,
      row,
      { status: "submitted", step: ourStep("submit"), submittedAt: at },
      at
    )
    await foldPayment(runtime, tx, payment.id, at)
    return {
      row: taken,
      attempt,
      payment,
      payee: payee === undefined ? undefined : redactPayee(decodePayee(payee)),
      payer: input === undefined ? undefined : decodeInput(input).payer
    }
  })

type Taken = Exclude<Effect.Success<ReturnType<typeof take>>, undefined>

const call = (
  runtime: Runtime,
  { adapter }: Instance,
  { attempt, payee, payer, payment, row }: Taken,
  at: number
): Effect.Effect<ReadonlyArray<RepaymentObserved>, PaymentError> | undefined => {
  const record = attemptRecord(payment, attempt, at)
  const webhook = webhookUrl(runtime, attempt.instance, attempt.id)
  const known = { repaymentId: row.id, amount: amountOf(row), webhook }
  if (row.route === "refund") {
    const reason = decodeHistory(row.history)[0]?.reason ?? payment.merchantReference
    return adapter.refund?.(record, { ...known, reason })
  }
  if (payee === undefined) return undefined
  return adapter.payout?.(record, { ...known, payee, ...(payer === undefined ? {} : { payer: redactPayer(payer) }) })
}

// A conflict says that something stands under our id already: whatever it is, it is asked about.
const lostReplies: ReadonlySet<string> = new Set(["OutcomeUnknown", "MalformedResponse", "Conflict"])
/** What another try cannot mend. */
const hopeless: ReadonlySet<PaymentErrorReason["_tag"]> = new Set(["InvalidRequest", "Unsupported", "NotFound"])

/** Notes what became of our own submission, unless the provider has already said more of it. */
const settle = (
  runtime: Runtime,
  { row }: Taken,
  to: "outcome_unknown" | "approved" | "refused",
  step: Omit<RepaymentStep, "at">,
  retryAfterMillis = 0
): Effect.Effect<void, PaymentError> =>
  Effect.retry(
    Effect.flatMap(now, (at) =>
      transact(runtime, "repay", async (tx): Promise<void> => {
        const found = await loadCarried(tx, row.id)
        if (found === undefined || found.row.status !== "submitted" || found.row.submittedAt !== row.submittedAt) return
        const tries = decodeHistory(row.history).filter((one) => one.action === "not_sent").length
        const notBefore = at + Math.max(retryAfterMillis, backoff(tries, 6 * hour))
        const plan = to === "approved" ? { notBefore, tries } : {}
        await move(runtime, tx, found.payment, found.row, { status: to, step }, at, plan)
        await foldPayment(runtime, tx, found.payment.id, at)
      })
    ),
    keepTries
  )

const send = Effect.fnUntraced(function* (runtime: Runtime, repaymentId: string): Effect.fn.Return<void, PaymentError> {
  const startedAt = yield* now
  const before = yield* transact(runtime, "repay", (tx) => loadCarried(tx, repaymentId))
  if (before === undefined) return
  const instance = yield* findInstance(runtime, "repay", before.attempt.instance)
  const taken = yield* take(runtime, repaymentId, startedAt)
  if (taken === undefined) return
  runtime.onDurableStep("repayment_submitted")
  const { attempt, payment, row } = taken
  const about = { instance: attempt.instance, paymentId: payment.id }
  const command = Effect.suspend(() => call(runtime, instance, taken, startedAt) ?? Effect.succeed(undefined))
  const exit = yield* Effect.exit(command)
  const keep = Effect.fnUntraced(function* (observed: ReadonlyArray<RepaymentObserved>) {
    const observedAt = yield* now
    const reception = { channel: "reply", observedAt, attemptId: row.id, paymentId: payment.id } as const
    const words = recordWords(runtime, "repay", observed, { ...reception, instance: attempt.instance })
    const rows = yield* Effect.retry(words, keepTries)
    runtime.onDurableStep("repayment_replied")
    yield* foldRows(runtime, "repay", payment.id, rows)
  })
  if (Exit.isSuccess(exit)) {
    if (exit.value === undefined) {
      yield* settle(runtime, taken, "refused", ourStep("refuse", `The provider offers no ${row.route} any more.`))
      return
    }
    const isSilent = exit.value.length === 0
    return yield* keep(isSilent ? [{ says: { _tag: "working" }, trust: "proven" }] : exit.value)
  }
  const error = exit.cause.reasons.find(Cause.isFailReason)?.error
  // An interruption or a defect proves nothing about what the provider did.
  if (error === undefined || lostReplies.has(error.reason._tag)) {
    yield* settle(runtime, taken, "outcome_unknown", ourStep("lose_reply"))
    const message = "The provider may have sent the money; Maksa asks until it knows, and sends nothing again before."
    return yield* failWith("repay", new OutcomeUnknown({ message }), about)
  }
  const { reason } = error
  if (reason._tag === "Refused") {
    const { message, providerCode } = reason
    const code = providerCode === undefined ? {} : { providerCode }
    return yield* keep([{ says: { _tag: "refused", reason: message }, trust: "proven", ...code }])
  }
  // By the port's contract every other failure happened before a byte left.
  if (hopeless.has(reason._tag)) {
    return yield* settle(runtime, taken, "refused", ourStep("refuse", reason.message))
  }
  const wait = "retryAfterSeconds" in reason ? (reason.retryAfterSeconds ?? 0) * 1000 : 0
  yield* settle(runtime, taken, "approved", ourStep("not_sent", reason.message), wait)
  return yield* failWith("repay", reason, about)
})

/** Submits an approved repayment and waits for the reply to be durable. What is not approved is left as it is. */
export const submitRepayment = (runtime: Runtime, repaymentId: string): Effect.Effect<void, PaymentError> =>
  seeThrough(runtime, send(runtime, repaymentId))
