import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { checkOf, mediaTypes } from "../documents/DocumentCheck.ts"
import { toStream } from "../documents/bytes.ts"
import { type Passing, passing, unfit } from "../documents/passing.ts"
import type { ReceiptFormat } from "../Manifest.ts"
import { MalformedResponse, NotFound, type PaymentError } from "../PaymentError.ts"
import { isOfAnother, namesAnotherSum } from "./document.ts"
import { foldAttempts } from "./folding.ts"
import { sha256Hex } from "./ledger.ts"
import { foldRows, record } from "./record.ts"
import { atInstance, failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"
import { askedOf } from "./view.ts"

interface Fetched {
  readonly document: Passing
  /** Another sum than the payment's was named: what it proves is recorded, and a person must see it first. */
  readonly isDisputed: boolean
}

/**
 * Fetches the provider's document of one attempt and records what it proves. `undefined`: the provider issues none. What is
 * streamed is read before the scope ends.
 */
export const fetchDocument = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string,
  format: ReceiptFormat
): Effect.fn.Return<Fetched | undefined, PaymentError, Scope.Scope> {
  const at = yield* now
  const found = yield* transact(runtime, "receipt", async (tx) => {
    const attempt = await tx.findAttempt(attemptId)
    const payment = attempt === undefined ? undefined : await tx.findPayment(attempt.paymentId)
    if (attempt === undefined || payment === undefined) return undefined
    const folded = await foldAttempts(runtime, tx, payment, at)
    return { attempt, payment, fold: folded.find((one) => one.attempt.id === attemptId)?.fold }
  })
  if (found === undefined) return yield* failWith("receipt", new NotFound({ message: "There is no such attempt." }))
  const { attempt, fold, payment } = found
  const about = { instance: attempt.instance, paymentId: payment.id }
  const { adapter } = yield* findInstance(runtime, "receipt", attempt.instance)
  const result = yield* Effect.mapError(
    adapter.receipt(attemptRecord(payment, attempt, at), format),
    atInstance(attempt.instance, payment.id)
  )
  if (result._tag === "generate") return undefined
  const { bytes, mediaType, observations } = result
  const check = checkOf(format, runtime.maxReceiptBytes)
  if (mediaType !== mediaTypes[format]) {
    return yield* failWith("receipt", unfit("the document is of another media type"), about)
  }
  if (!(bytes instanceof Uint8Array)) {
    const document = passing(bytes, check)
    yield* Effect.addFinalizer(() => Effect.sync(document.abandon))
    return { document, isDisputed: false }
  }
  const problem = check.take(bytes) ?? check.end()
  if (problem !== undefined) return yield* failWith("receipt", unfit(problem), about)
  // Another payer's document: nothing of it is kept here, nor shown.
  if (isOfAnother(attempt, observations)) {
    return yield* failWith("receipt", new MalformedResponse({ message: "The document is of another payment." }), about)
  }
  const reception = {
    channel: "receipt",
    instance: attempt.instance,
    observedAt: at,
    attemptId,
    paymentId: payment.id,
    // The same document proves the same again: one observation, however often it is fetched.
    content: new TextEncoder().encode(`${attemptId}\0${format}\0${sha256Hex(bytes)}`),
    raw: bytes
  } as const
  const rows = yield* record(runtime, "receipt", observations, reception)
  runtime.onDurableStep("receipt_committed")
  if (rows.length > 0) yield* foldRows(runtime, "receipt", payment.id, rows)
  const isDisputed = fold !== undefined && namesAnotherSum(fold, askedOf(payment), observations)
  return { document: passing(toStream(bytes)), isDisputed }
})
