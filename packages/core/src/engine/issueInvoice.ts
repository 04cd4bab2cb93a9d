import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  InvalidRequest,
  NotFound,
  NotReady,
  type PaymentError,
  PaymentErrorReason,
  Unsupported
} from "../PaymentError.ts"
import { seeThrough } from "./command.ts"
import { paidFirst } from "./receipt.ts"
import { atInstance, failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"

const text = Schema.NonEmptyString.check(Schema.isMaxLength(300))
// The messages of a wrong input name the field and never its value.
const InvoicePayer = Schema.Struct({
  name: text,
  /** Personal code or registration number. */
  code: text,
  address: text
})
/** To whom an invoice is made out. Goes to the provider alone: not stored, and in no log or error. */
export type InvoicePayer = typeof InvoicePayer.Type

const encodeReason = Schema.encodeSync(PaymentErrorReason)
const decodeReason = Schema.decodeUnknownSync(PaymentErrorReason)

/** An adapter that repeats in an error what it was given repeats it to nobody; the reason stays. */
const withoutPayer = (error: PaymentError, { address, code, name }: InvoicePayer): PaymentError => {
  const { _tag, ...told } = encodeReason(error.reason)
  const isSilent = ![name, code, address].some((value) => JSON.stringify(told).includes(value))
  if (isSilent) return error
  const reason = decodeReason({ _tag, message: "What the adapter said names the payer and is not shown." })
  return failWith(error.operation, reason, error)
}

/** Has the provider issue an invoice of a paid payment. */
export const issueInvoice = Effect.fn("Payments.issueInvoice")(function* (
  runtime: Runtime,
  paymentId: string,
  input: InvoicePayer
): Effect.fn.Return<{ readonly documentId: string }, PaymentError> {
  const payer = yield* Effect.mapError(
    Schema.decodeUnknownEffect(InvoicePayer, { onExcessProperty: "error" })(input),
    ({ message }) => failWith("issueInvoice", new InvalidRequest({ message }))
  )
  const { attempt, payment } = yield* transact(runtime, "issueInvoice", async (tx) => ({
    payment: await tx.findPayment(paymentId),
    attempt: paidFirst(await tx.attemptsOf(paymentId))
  }))
  if (payment === undefined || attempt === undefined) {
    return yield* failWith("issueInvoice", new NotFound({ message: "There is no such payment." }))
  }
  const about = { instance: attempt.instance, paymentId }
  const { adapter } = yield* findInstance(runtime, "issueInvoice", attempt.instance)
  if (adapter.issueInvoice === undefined) {
    const message = `${attempt.instance} does not declare issueInvoice.`
    return yield* failWith("issueInvoice", new Unsupported({ message }), about)
  }
  if (attempt.status !== "paid") {
    const message = `An invoice is issued only of a paid payment; this one is ${payment.status}.`
    return yield* failWith("issueInvoice", new NotReady({ message }), about)
  }
  const command = adapter.issueInvoice(attemptRecord(payment, attempt, yield* now), payer)
  return yield* seeThrough(
    runtime,
    Effect.mapError(command, (error) => withoutPayer(atInstance(attempt.instance, paymentId)(error), payer))
  )
})
