// Money going back, by the manual route: an operator transfers it in the bank and records it here.
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Currency, money } from "../Money.ts"
import { Conflict, InvalidRequest, NotFound, type PaymentError } from "../PaymentError.ts"
import { Repayment, RepaymentAction, RepaymentStatus, RepaymentStep, repaymentTable } from "../Repayment.ts"
import type { PaymentRow, RepaymentRow, StoreTransaction } from "../Store.ts"
import { emitRepayment, foldAttempts, foldPayment } from "./folding.ts"
import { failWith, now, type Runtime, transact } from "./Runtime.ts"

const RepayInput = Schema.Struct({
  paymentId: Schema.NonEmptyString,
  idempotencyKey: Schema.NonEmptyString.check(Schema.isMaxLength(255)),
  amount: Schema.Struct({ minorUnits: Schema.BigInt, currency: Currency }),
  by: Schema.NonEmptyString,
  reason: Schema.NonEmptyString,
  /** Allows it although the money may still be undone by the provider; `by` answers for it. */
  override: Schema.optionalKey(Schema.Boolean)
})
export type RepayInput = typeof RepayInput.Type

const StepInput = Schema.Struct({
  action: RepaymentAction,
  by: Schema.NonEmptyString,
  reason: Schema.optionalKey(Schema.String),
  evidence: Schema.optionalKey(Schema.String)
})
export type StepInput = typeof StepInput.Type

const historyJson = Schema.fromJsonString(Schema.toCodecJson(Schema.Array(RepaymentStep)))
const encodeHistory = Schema.encodeSync(historyJson)
const decodeHistory = Schema.decodeUnknownSync(historyJson)
const decodeStatus = Schema.decodeUnknownSync(RepaymentStatus)

const toRepayment = (row: RepaymentRow): Repayment =>
  new Repayment({
    id: Schema.decodeUnknownSync(Repayment.fields.id)(row.id),
    paymentId: Schema.decodeUnknownSync(Repayment.fields.paymentId)(row.paymentId),
    amount: money(row.amountMinor, row.currency),
    route: row.route,
    status: decodeStatus(row.status),
    history: decodeHistory(row.history),
    createdAt: DateTime.makeUnsafe(row.createdAt),
    updatedAt: DateTime.makeUnsafe(row.updatedAt)
  })

// What was refused or came back no longer binds money; everything else does, an unknown outcome included.
const binds = (row: RepaymentRow): boolean => row.status !== "refused" && row.status !== "reversed"

interface Available {
  readonly minorUnits: bigint
  readonly currency: string | undefined
}

/** What may still go back: the hard money of each attempt, or with an override all that is there, less what is bound. */
const available = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  isOverride: boolean,
  now: number,
  except?: string
): Promise<Available> => {
  let net = 0n
  let currency = payment.currency
  for (const { fold } of await foldAttempts(runtime, tx, payment, now)) {
    currency ??= fold.received?.currency
    if (fold.name !== "paid_hard" && !isOverride) continue
    // Paid without a named sum is paid as asked; what nobody asked or named cannot go back.
    const unnamed = fold.isUnconfirmed || fold.name === "paid_hard" ? (payment.askedMinor ?? 0n) : 0n
    const own = (fold.received?.minorUnits ?? unnamed) - (fold.undone?.minorUnits ?? 0n)
    // Money that went without ever being seen to come takes nothing from another attempt's.
    if (own > 0n) net += own
  }
  const rows = (await tx.repaymentsOf(payment.id)).filter((row) => binds(row) && row.id !== except)
  return { minorUnits: net - rows.reduce((sum, row) => sum + row.amountMinor, 0n), currency }
}

const invalid = (message: string, field?: string) =>
  failWith("repay", new InvalidRequest({ message, ...(field === undefined ? {} : { field }) }))

/** Asks for money to go back. Safe to repeat with the same key and input. */
export const repay = Effect.fn("Payments.repay")(function* (
  runtime: Runtime,
  input: RepayInput
): Effect.fn.Return<Repayment, PaymentError> {
  const request = yield* Effect.mapError(
    Schema.decodeUnknownEffect(RepayInput, { onExcessProperty: "error" })(input),
    (error) => invalid(error.message)
  )
  if (request.amount.minorUnits <= 0n) return yield* invalid("The sum must be above zero.", "amount")
  const at = yield* now
  const keyedDigest = (purpose: string, data: string) => runtime.store.keyedDigest(purpose, data)
  const idempotencyDigest = keyedDigest("repayment", `${request.paymentId}\0${request.idempotencyKey}`)
  const inputDigest = keyedDigest(
    "repayment-input",
    [request.amount.minorUnits, request.amount.currency, request.by, request.reason, request.override === true].join(
      "\0"
    )
  )
  const outcome = yield* transact(runtime, "repay", async (tx) => {
    const payment = await tx.findPayment(request.paymentId)
    if (payment === undefined) return failWith("repay", new NotFound({ message: "There is no such payment." }))
    const known = await tx.findRepaymentByKey(idempotencyDigest)
    if (known !== undefined) {
      return known.inputDigest === inputDigest
        ? known
        : failWith("repay", new Conflict({ message: "This idempotency key was used with other input." }))
    }
    const isOverride = request.override === true
    const left = await available(runtime, tx, payment, isOverride, at)
    if (left.currency !== request.amount.currency) {
      return invalid(
        left.currency === undefined ? "No money has come yet." : `The payment is in ${left.currency}.`,
        "amount"
      )
    }
    if (request.amount.minorUnits > left.minorUnits) {
      return failWith(
        "repay",
        new Conflict({
          message: isOverride
            ? "More than was received and not already given back."
            : "Only money that can no longer be undone may go back, less what is already on its way; a named operator may override."
        }),
        { paymentId: payment.id }
      )
    }
    const row: RepaymentRow = {
      id: runtime.newId("rep", at),
      paymentId: payment.id,
      idempotencyDigest,
      inputDigest,
      amountMinor: request.amount.minorUnits,
      currency: request.amount.currency,
      route: "manual",
      status: "requested",
      history: encodeHistory([
        {
          action: "request",
          by: request.by,
          at: DateTime.makeUnsafe(at),
          reason: request.reason,
          ...(isOverride ? { isOverride } : {})
        }
      ]),
      createdAt: at,
      updatedAt: at
    }
    await tx.insertRepayment(row)
    await emitRepayment(runtime, tx, payment, at, row)
    return row
  })
  if ("_tag" in outcome) return yield* outcome
  runtime.onDurableStep("repayment_committed")
  runtime.wake()
  return toRepayment(outcome)
})

/** Moves a repayment on: approved, transferred, refused, come back. */
export const stepRepayment = Effect.fn("Payments.stepRepayment")(function* (
  runtime: Runtime,
  repaymentId: string,
  input: StepInput
): Effect.fn.Return<Repayment, PaymentError> {
  const step = yield* Effect.mapError(
    Schema.decodeUnknownEffect(StepInput, { onExcessProperty: "error" })(input),
    (error) => invalid(error.message)
  )
  const at = yield* now
  const outcome = yield* transact(runtime, "repay", async (tx) => {
    const row = await tx.findRepayment(repaymentId)
    const payment = row === undefined ? undefined : await tx.findPayment(row.paymentId)
    if (row === undefined || payment === undefined) {
      return failWith("repay", new NotFound({ message: "There is no such repayment." }))
    }
    const status = repaymentTable[decodeStatus(row.status)][step.action]
    if (status === undefined) {
      return failWith("repay", new Conflict({ message: `A ${row.status} repayment cannot ${step.action}.` }))
    }
    if (step.action === "complete" && step.evidence === undefined) {
      return invalid("Say where the proof of the transfer is.", "evidence")
    }
    const history = decodeHistory(row.history)
    if (step.action === "approve" || step.action === "submit") {
      // Between the request and now the money may have gone: what leaves is checked again.
      const isOverride = history.some((one) => one.isOverride === true)
      if (row.amountMinor > (await available(runtime, tx, payment, isOverride, at, row.id)).minorUnits) {
        return failWith("repay", new Conflict({ message: "The money is no longer there to be given back." }), {
          paymentId: payment.id
        })
      }
    }
    const updated: RepaymentRow = {
      ...row,
      status,
      updatedAt: at,
      history: encodeHistory([...history, { ...step, at: DateTime.makeUnsafe(at) }])
    }
    await tx.updateRepayment(updated)
    await emitRepayment(runtime, tx, payment, at, updated)
    await foldPayment(runtime, tx, payment.id, at)
    return updated
  })
  if ("_tag" in outcome) return yield* outcome
  runtime.onDurableStep("repayment_committed")
  runtime.wake()
  return toRepayment(outcome)
})

export const repaymentsOf = (
  runtime: Runtime,
  paymentId: string
): Effect.Effect<ReadonlyArray<Repayment>, PaymentError> =>
  Effect.map(
    transact(runtime, "repay", (tx) => tx.repaymentsOf(paymentId)),
    (rows) => rows.map(toRepayment)
  )
