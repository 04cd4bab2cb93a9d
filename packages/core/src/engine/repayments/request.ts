// Asking for money to go back: by hand, or through the provider that took it.
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { readIban } from "../../Iban.ts"
import type { Manifest } from "../../Manifest.ts"
import { Currency } from "../../Money.ts"
import { Conflict, InvalidRequest, NotFound, type PaymentError, Refused, Unsupported } from "../../PaymentError.ts"
import type { Repayment } from "../../Repayment.ts"
import type { AttemptRow, PaymentRow, RepaymentRow, StoreTransaction } from "../../Store.ts"
import { emitRepayment } from "../outbox.ts"
import { failWith, now, type Runtime, transact } from "../Runtime.ts"
import { type Available, available } from "./available.ts"
import { encodePayee, PayeeFields } from "./payee.ts"
import { encodeHistory, toRepayment } from "./row.ts"

const RepayInput = Schema.Struct({
  paymentId: Schema.NonEmptyString,
  idempotencyKey: Schema.NonEmptyString.check(Schema.isMaxLength(255)),
  amount: Schema.Struct({ minorUnits: Schema.BigInt, currency: Currency }),
  by: Schema.NonEmptyString,
  reason: Schema.NonEmptyString,
  route: Schema.optionalKey(Schema.Literals(["manual", "refund", "payout"])),
  payee: Schema.optionalKey(PayeeFields),
  attemptId: Schema.optionalKey(Schema.NonEmptyString),
  override: Schema.optionalKey(Schema.Boolean)
})
type RepayInput = typeof RepayInput.Type

export const invalid = (message: string, field?: string): PaymentError =>
  failWith("repay", new InvalidRequest({ message, ...(field === undefined ? {} : { field }) }))

const readInput = Effect.fnUntraced(function* (input: unknown) {
  // The issue names the field; a message of the schema could show the account's number.
  const request = yield* Effect.mapError(
    Schema.decodeUnknownEffect(RepayInput, { onExcessProperty: "error" })(input),
    (error) => invalid(namesOnly(error.message))
  )
  if (request.amount.minorUnits <= 0n) return yield* invalid("The sum must be above zero.", "amount")
  const { payee, route = "manual" } = request
  if ((route === "payout") !== (payee !== undefined)) {
    return yield* invalid("A payout, and nothing else, names its payee: { iban, name }.", "payee")
  }
  if (route === "manual" && request.attemptId !== undefined) {
    return yield* invalid("What goes back by hand goes through no attempt.", "attemptId")
  }
  if (payee === undefined) return { ...request, route, payee }
  const iban = readIban(payee.iban)
  if (Result.isFailure(iban)) return yield* invalid(iban.failure, "payee.iban")
  return { ...request, route, payee: { ...payee, iban: iban.success, name: payee.name.trim() } }
})

/** What a schema says of wrong input, without quoting it. */
const namesOnly = (message: string): string => message.replaceAll(/"(?:[^"\\]|\\.)*"(?!\])/g, "a text")

type Request = Effect.Success<ReturnType<typeof readInput>>

const checkRefund = (
  declared: Manifest["extras"]["refund"],
  isWhole: boolean,
  ageMillis: number
): string | undefined => {
  if (declared === false) return undefined
  if (!declared.partial && !isWhole) return "This provider gives back only the whole sum."
  return ageMillis > declared.windowDays * 86_400_000
    ? `This provider gives back only within ${declared.windowDays} days; a payout or a transfer by hand remains.`
    : undefined
}

/** Whose provider is to carry it out: the attempt that is named, or the only one that has so much. */
const findCarrier = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  request: Request,
  { byAttempt }: Available,
  at: number
): Promise<AttemptRow | PaymentError> => {
  const route = request.route === "refund" ? "refund" : "payout"
  const about = { paymentId: payment.id }
  const attempts = await tx.attemptsOf(payment.id)
  const named = attempts.filter((one) => request.attemptId === undefined || one.id === request.attemptId)
  const able = named.filter((one) => runtime.instances.get(one.instance)?.adapter[route] !== undefined)
  if (able.length === 0) {
    const message = `The provider of this payment offers no ${route}; record a transfer by hand (route "manual").`
    return failWith("repay", new Unsupported({ message }), about)
  }
  const [attempt, ...others] = able.filter((one) => (byAttempt.get(one.id) ?? 0n) >= request.amount.minorUnits)
  if (attempt === undefined || others.length > 0) {
    const message =
      attempt === undefined
        ? "No single attempt has so much."
        : "Several attempts have so much: say which, by attemptId."
    return failWith("repay", new Conflict({ message }), about)
  }
  const manifest = runtime.instances.get(attempt.instance)?.provider.manifest
  const { payout, refund } = manifest?.extras ?? { payout: false, refund: false }
  const isWhole = byAttempt.get(attempt.id) === request.amount.minorUnits
  const problem =
    route === "refund"
      ? checkRefund(refund, isWhole, at - attempt.createdAt)
      : payout !== false && !payout.currencies.includes(request.amount.currency)
        ? `This provider pays out in ${payout.currencies.join(", ")}.`
        : undefined
  if (problem === undefined) return attempt
  return failWith("repay", new Refused({ message: problem }), { ...about, instance: attempt.instance })
}

const tooMuch = (isOverride: boolean): Conflict =>
  new Conflict({
    message: isOverride
      ? "More than was received and not already given back."
      : "Only money that can no longer be undone may go back, less what is already on its way; a named operator may override."
  })

/** Asks for money to go back. Safe to repeat with the same key and input. */
export const repay = Effect.fn("Payments.repay")(function* (
  runtime: Runtime,
  input: unknown
): Effect.fn.Return<Repayment, PaymentError> {
  const request = yield* readInput(input)
  const at = yield* now
  const keyedDigest = (purpose: string, data: string) => runtime.store.keyedDigest(purpose, data)
  const idempotencyDigest = keyedDigest("repayment", `${request.paymentId}\0${request.idempotencyKey}`)
  const { amount, by, override, payee, reason, route } = request
  const compared = [amount.minorUnits, amount.currency, by, reason, override === true]
  const carried =
    route === "manual" ? [] : [route, request.attemptId ?? "", payee === undefined ? "" : encodePayee(payee)]
  const inputDigest = keyedDigest("repayment-input", [...compared, ...carried].join("\0"))
  const outcome = yield* transact(runtime, "repay", async (tx) => {
    const payment = await tx.findPayment(request.paymentId)
    if (payment === undefined) return failWith("repay", new NotFound({ message: "There is no such payment." }))
    const known = await tx.findRepaymentByKey(idempotencyDigest)
    if (known !== undefined) {
      return known.inputDigest === inputDigest
        ? known
        : failWith("repay", new Conflict({ message: "This idempotency key was used with other input." }))
    }
    const isOverride = override === true
    const left = await available(runtime, tx, payment, isOverride, at)
    if (left.currency !== amount.currency) {
      return invalid(
        left.currency === undefined ? "No money has come yet." : `The payment is in ${left.currency}.`,
        "amount"
      )
    }
    if (amount.minorUnits > left.minorUnits) return failWith("repay", tooMuch(isOverride), { paymentId: payment.id })
    const carrier = route === "manual" ? undefined : await findCarrier(runtime, tx, payment, request, left, at)
    if (carrier !== undefined && "_tag" in carrier) return carrier
    const row: RepaymentRow = {
      id: runtime.newId("rep", at),
      paymentId: payment.id,
      attemptId: carrier?.id,
      idempotencyDigest,
      inputDigest,
      amountMinor: amount.minorUnits,
      currency: amount.currency,
      route,
      status: "requested",
      finality: route === "manual" ? "hard" : "soft",
      since: at,
      submittedAt: undefined,
      lastQueryAt: undefined,
      attention: "",
      history: encodeHistory([
        { action: "request", by, at: DateTime.makeUnsafe(at), reason, ...(isOverride ? { isOverride } : {}) }
      ]),
      createdAt: at,
      updatedAt: at
    }
    await tx.insertRepayment(row)
    if (payee !== undefined) await tx.putSealed(row.id, payment.id, "input", encodePayee(payee))
    await emitRepayment(runtime, tx, payment, at, row)
    return row
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
