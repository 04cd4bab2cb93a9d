// An invoice is issued once: that it was asked for is committed before the first byte leaves, and after a crash reads as a lost
// reply, which only a person may follow up by another one.
import * as Cause from "effect/Cause"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import {
  Conflict,
  InvalidRequest,
  NotFound,
  NotReady,
  OutcomeUnknown,
  PaymentError,
  PaymentErrorReason,
  Unsupported
} from "../PaymentError.ts"
import type { AttemptRow, InvoiceRow, PaymentRow } from "../Store.ts"
import { keepTries, lostReplies, seeThrough } from "./command.ts"
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
/** To whom an invoice is made out. Goes to the provider alone: of it only a keyed digest is stored, and nothing is in a log or error. */
export type InvoicePayer = typeof InvoicePayer.Type

const AnotherInvoice = Schema.Struct({
  by: Schema.NonEmptyString.check(Schema.isMaxLength(200)),
  reason: Schema.NonEmptyString.check(Schema.isMaxLength(2000))
})
/** Who decided that another invoice is issued of a payment that may have one, and why. */
export type AnotherInvoice = typeof AnotherInvoice.Type

const Step = Schema.Struct({
  at: Schema.DateTimeUtc,
  action: Schema.Literals(["submit", "issue", "not_issue", "lose_reply"]),
  by: Schema.String,
  reason: Schema.optionalKey(Schema.String),
  documentId: Schema.optionalKey(Schema.String)
})
type Step = typeof Step.Type
const historyJson = Schema.fromJsonString(Schema.toCodecJson(Schema.Array(Step)))
const encodeHistory = Schema.encodeSync(historyJson)
const decodeHistory = Schema.decodeUnknownSync(historyJson)
const withStep = (row: InvoiceRow | undefined, step: Step): string =>
  encodeHistory([...(row === undefined ? [] : decodeHistory(row.history)), step])

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

const read = <S extends Schema.Codec<unknown, unknown>>(schema: S, input: unknown) =>
  Effect.mapError(Schema.decodeUnknownEffect(schema, { onExcessProperty: "error" })(input), ({ message }) =>
    failWith("issueInvoice", new InvalidRequest({ message }))
  )

interface Issued {
  readonly documentId: string
}

const nobodyKnows =
  "An invoice was asked for and nobody knows whether it was issued. Look at the provider; to have another one issued, say who decided it and why."

/** Why no invoice is asked for now, or the one that there is. */
const standing = (row: InvoiceRow | undefined, inputDigest: string): Issued | PaymentErrorReason | undefined => {
  if (row === undefined || row.status === "not_issued") return undefined
  if (row.status === "submitted") return new OutcomeUnknown({ message: nobodyKnows })
  if (row.inputDigest === inputDigest && row.documentId !== undefined) return { documentId: row.documentId }
  const message =
    "An invoice was issued to somebody else already. To have another one issued, say who decided it and why."
  return new Conflict({ message })
}

interface Asked {
  readonly payment: PaymentRow
  readonly attempt: AttemptRow
}

/** Takes the right to send, committed before anything leaves: only one caller gets it, the others what stands already. */
const take = (
  runtime: Runtime,
  { attempt, payment }: Asked,
  inputDigest: string,
  again: AnotherInvoice | undefined,
  at: number
) =>
  transact(runtime, "issueInvoice", async (tx): Promise<Issued | PaymentErrorReason | undefined> => {
    await tx.findPayment(payment.id) // locks: of two callers the second one sees the first one's row
    const row = await tx.findInvoice(attempt.id)
    const found = again === undefined ? standing(row, inputDigest) : undefined
    if (found !== undefined) return found
    await tx.putInvoice({
      attemptId: attempt.id,
      paymentId: payment.id,
      inputDigest,
      status: "submitted",
      documentId: undefined,
      submittedAt: at,
      history: withStep(row, { at: DateTime.makeUnsafe(at), action: "submit", by: "maksa", ...again })
    })
    return undefined
  })

/** Notes what came of a submission; a later one of the same attempt has its own outcome. */
const settle = (
  runtime: Runtime,
  attemptId: string,
  submittedAt: number,
  outcome: { readonly action: Exclude<Step["action"], "submit">; readonly documentId?: string }
): Effect.Effect<void, PaymentError> =>
  Effect.retry(
    Effect.flatMap(now, (at) =>
      transact(runtime, "issueInvoice", async (tx) => {
        const row = await tx.findInvoice(attemptId)
        if (row === undefined) return
        const isOurs = row.status === "submitted" && row.submittedAt === submittedAt
        const status = { issue: "issued", not_issue: "not_issued", lose_reply: "submitted" } as const
        const history = withStep(row, { at: DateTime.makeUnsafe(at), by: "maksa", ...outcome })
        await tx.putInvoice(
          isOurs
            ? { ...row, status: status[outcome.action], documentId: outcome.documentId, history }
            : { ...row, history }
        )
      })
    ),
    keepTries
  )

const send = Effect.fnUntraced(function* (
  runtime: Runtime,
  asked: Asked,
  payer: InvoicePayer,
  again: AnotherInvoice | undefined
): Effect.fn.Return<Issued, PaymentError> {
  const { attempt, payment } = asked
  const about = { instance: attempt.instance, paymentId: payment.id }
  const { adapter } = yield* findInstance(runtime, "issueInvoice", attempt.instance)
  if (adapter.issueInvoice === undefined) {
    const message = `${attempt.instance} does not declare issueInvoice.`
    return yield* failWith("issueInvoice", new Unsupported({ message }), about)
  }
  if (attempt.status !== "paid") {
    const message = `An invoice is issued only of a paid payment; this one is ${payment.status}.`
    return yield* failWith("issueInvoice", new NotReady({ message }), about)
  }
  const at = yield* now
  const { address, code, name } = payer
  const inputDigest = runtime.store.keyedDigest("input", JSON.stringify([name, code, address]))
  const found = yield* take(runtime, asked, inputDigest, again, at)
  if (found !== undefined) return "documentId" in found ? found : yield* failWith("issueInvoice", found, about)
  runtime.onDurableStep("invoice_submitted")
  const command = adapter.issueInvoice(attemptRecord(payment, attempt, at), payer)
  const exit = yield* Effect.exit(
    Effect.mapError(command, (error) => withoutPayer(atInstance(attempt.instance, payment.id)(error), payer))
  )
  const note = (outcome: Parameters<typeof settle>[3]) => settle(runtime, attempt.id, at, outcome)
  if (Exit.isSuccess(exit)) {
    const { documentId } = exit.value
    yield* note({ action: "issue", documentId })
    runtime.onDurableStep("invoice_replied")
    return { documentId }
  }
  const error = exit.cause.reasons.find(Cause.isFailReason)?.error
  // An interruption or a defect proves nothing about what the provider did.
  if (error === undefined || lostReplies.has(error.reason._tag)) {
    yield* Effect.ignore(note({ action: "lose_reply" }))
    return yield* error ?? failWith("issueInvoice", new OutcomeUnknown({ message: nobodyKnows }), about)
  }
  // By the port's contract every other failure is a refusal or happened before a byte left.
  yield* note({ action: "not_issue" })
  return yield* error
})

/** Has the provider issue the invoice of a paid payment, once: asked again for the same payer, it answers the same document. */
export const issueInvoice = Effect.fn("Payments.issueInvoice")(function* (
  runtime: Runtime,
  paymentId: string,
  input: InvoicePayer,
  another?: AnotherInvoice
): Effect.fn.Return<Issued, PaymentError> {
  const payer = yield* read(InvoicePayer, input)
  const again = another === undefined ? undefined : yield* read(AnotherInvoice, another)
  const { attempt, payment } = yield* transact(runtime, "issueInvoice", async (tx) => ({
    payment: await tx.findPayment(paymentId),
    attempt: paidFirst(await tx.attemptsOf(paymentId))
  }))
  if (payment === undefined || attempt === undefined) {
    return yield* failWith("issueInvoice", new NotFound({ message: "There is no such payment." }))
  }
  return yield* seeThrough(runtime, send(runtime, { attempt, payment }, payer, again))
})
