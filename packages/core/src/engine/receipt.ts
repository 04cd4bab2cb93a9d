import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ReceiptFormat } from "../Manifest.ts"
import {
  Conflict,
  InvalidRequest,
  MalformedResponse,
  NotFound,
  NotReady,
  type PaymentError,
  Unsupported
} from "../PaymentError.ts"
import type { Receipt } from "../Receipts.ts"
import type { AttemptRow } from "../Store.ts"
import { keepAndNote } from "./archive.ts"
import { confirm, mediaTypes } from "./confirmation.ts"
import { load } from "./create.ts"
import { isOfAnother, namesAnotherSum } from "./document.ts"
import { foldAttempts } from "./folding.ts"
import { sha256Hex } from "./ledger.ts"
import { foldRows, record } from "./record.ts"
import { atInstance, failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"
import { askedOf } from "./view.ts"

const ReceiptOptions = Schema.Struct({
  format: Schema.Literals(["pdf", "xml"]),
  language: Schema.optional(Schema.Literals(["lv", "en", "ru"])),
  /** Whom it is given to, as the application names them: a clerk's id, "payer". Goes into the archive. */
  reader: Schema.optional(Schema.NonEmptyString.check(Schema.isMaxLength(200)))
})
export type ReceiptOptions = typeof ReceiptOptions.Type
const decodeOptions = Schema.decodeUnknownEffect(ReceiptOptions, { onExcessProperty: "error" })

interface Fetched {
  readonly bytes: Uint8Array
  /** Another sum than the payment's was named: what it proves is recorded, and a person must see it first. */
  readonly isDisputed: boolean
}

/** Fetches the provider's document of one attempt and records what it proves. `undefined`: the provider issues none. */
export const fetchDocument = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string,
  format: ReceiptFormat
): Effect.fn.Return<Fetched | undefined, PaymentError> {
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
  // Another payer's document: nothing of it is kept here, nor shown.
  if (isOfAnother(attempt, result.observations)) {
    return yield* failWith("receipt", new MalformedResponse({ message: "The document is of another payment." }), about)
  }
  const reception = {
    channel: "receipt",
    instance: attempt.instance,
    observedAt: at,
    attemptId,
    paymentId: payment.id,
    // The same document proves the same again: one observation, however often it is fetched.
    content: new TextEncoder().encode(`${attemptId}\0${format}\0${sha256Hex(result.bytes)}`),
    raw: result.bytes
  } as const
  const rows = yield* record(runtime, "receipt", result.observations, reception)
  runtime.onDurableStep("receipt_committed")
  if (rows.length > 0) yield* foldRows(runtime, "receipt", payment.id, rows)
  const isDisputed = fold !== undefined && namesAnotherSum(fold, askedOf(payment), result.observations)
  return { bytes: result.bytes, isDisputed }
})

/** The attempt whose money a document is about. */
export const paidFirst = (attempts: ReadonlyArray<AttemptRow>): AttemptRow | undefined =>
  attempts.findLast((attempt) => attempt.status === "paid") ?? attempts.at(-1)

/** The document that proves the payment: the provider's own, or a generated confirmation where the provider issues none. */
export const receipt = Effect.fn("Payments.receipt")(function* (
  runtime: Runtime,
  paymentId: string,
  options: ReceiptOptions
): Effect.fn.Return<Receipt, PaymentError> {
  const {
    format,
    language = "lv",
    reader = "unnamed"
  } = yield* Effect.mapError(decodeOptions(options), ({ message }) =>
    failWith("receipt", new InvalidRequest({ message }))
  )
  const payment = yield* load(runtime, "receipt", paymentId)
  const about = { instance: payment.provider, paymentId }
  const attempt = paidFirst(yield* transact(runtime, "receipt", (tx) => tx.attemptsOf(paymentId)))
  if (attempt === undefined) return yield* failWith("receipt", new NotFound({ message: "There is no attempt." }), about)
  const { provider } = yield* findInstance(runtime, "receipt", attempt.instance)
  const { receipt: declared } = provider.manifest
  if (!declared.formats.includes(format)) {
    return yield* failWith(
      "receipt",
      new Unsupported({ message: `No ${format} receipts; there are ${declared.formats.join(", ")}.` }),
      about
    )
  }
  if (declared.origin === "generated") return yield* confirm(runtime, payment, attempt, { format, language, reader })
  const fetched = yield* fetchDocument(runtime, attempt.id, format)
  if (fetched === undefined) return yield* failWith("receipt", new NotReady({ message: "No document yet." }), about)
  if (fetched.isDisputed) {
    const message =
      "The provider's document names another sum than the payment. It is recorded as evidence; see to that first."
    return yield* failWith("receipt", new Conflict({ message }), about)
  }
  const { bytes } = fetched
  const mediaType = mediaTypes[format]
  const given = {
    origin: "provider",
    mediaType,
    fileName: `${payment.id}.${format}`,
    bytes,
    sha256: sha256Hex(bytes)
  } as const
  if (runtime.archive === undefined) return given
  const facts = { paymentId, attemptId: attempt.id, source: "provider", mediaType, retention: "accounting" } as const
  const kept = yield* keepAndNote(runtime.archive, { ...facts, at: yield* now, bytes }, reader)
  return { ...given, documentId: kept.id }
})
