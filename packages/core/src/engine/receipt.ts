import * as Effect from "effect/Effect"
import type { ReceiptFormat } from "../Manifest.ts"
import type { Payment } from "../Payment.ts"
import { NotConfigured, NotFound, NotReady, PaymentError, Unsupported } from "../PaymentError.ts"
import type { Receipt } from "../Receipts.ts"
import type { AttemptRow } from "../Store.ts"
import { load } from "./create.ts"
import { sha256Hex, toObservation } from "./ledger.ts"
import { foldRows, record } from "./record.ts"
import { atInstance, failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { attemptRecord } from "./submit.ts"

const mediaTypes = { pdf: "application/pdf", xml: "application/xml" } as const

/** Fetches the provider's document of one attempt and records what it proves. `undefined`: the provider issues none. */
export const fetchDocument = Effect.fnUntraced(function* (
  runtime: Runtime,
  attemptId: string,
  format: ReceiptFormat
): Effect.fn.Return<Uint8Array | undefined, PaymentError> {
  const found = yield* transact(runtime, "receipt", async (tx) => {
    const attempt = await tx.findAttempt(attemptId)
    const payment = attempt === undefined ? undefined : await tx.findPayment(attempt.paymentId)
    return attempt === undefined || payment === undefined ? undefined : { attempt, payment }
  })
  if (found === undefined) return yield* failWith("receipt", new NotFound({ message: "There is no such attempt." }))
  const { attempt, payment } = found
  const { adapter } = yield* findInstance(runtime, "receipt", attempt.instance)
  const at = yield* now
  const result = yield* Effect.mapError(
    adapter.receipt(attemptRecord(payment, attempt, at), format),
    atInstance(attempt.instance, payment.id)
  )
  if (result._tag === "generate") return undefined
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
  return result.bytes
})

/** The attempt whose money a document is about. */
export const paidFirst = (attempts: ReadonlyArray<AttemptRow>): AttemptRow | undefined =>
  attempts.findLast((attempt) => attempt.status === "paid") ?? attempts.at(-1)

/** The providers of a payment as payers know them, by instance; one whose manifest names none, or that is gone, is left out. */
const providerNames = (runtime: Runtime, payment: Payment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    payment.attempts.flatMap(({ instance }) => {
      const name = runtime.instances.get(instance)?.provider.manifest.displayName
      return name === undefined ? [] : [[instance, name] as const]
    })
  )

/** The document that proves the payment: the provider's own, or a generated confirmation where the provider issues none. */
export const receipt = Effect.fn("Payments.receipt")(function* (
  runtime: Runtime,
  paymentId: string,
  options: { readonly format: ReceiptFormat; readonly language?: "lv" | "en" | "ru" }
): Effect.fn.Return<Receipt, PaymentError> {
  const { format } = options
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
  const fileName = `${payment.id}.${format}`
  if (declared.origin === "provider") {
    const bytes = yield* fetchDocument(runtime, attempt.id, format)
    if (bytes === undefined) return yield* failWith("receipt", new NotReady({ message: "No document yet." }), about)
    return { origin: "provider", mediaType: mediaTypes[format], fileName, bytes, sha256: sha256Hex(bytes) }
  }
  const generator = runtime.receipts
  if (generator === undefined) {
    return yield* failWith(
      "receipt",
      new NotConfigured({
        field: "receipts",
        message: "This provider issues no documents; configure `receipts` with @maksa/receipts."
      }),
      about
    )
  }
  if (payment.status !== "paid") {
    return yield* failWith(
      "receipt",
      new NotReady({ message: `A confirmation is issued only for a paid payment; this one is ${payment.status}.` }),
      about
    )
  }
  const issuedAt = yield* now
  const rows = yield* transact(runtime, "receipt", (tx) => tx.observationsOf(paymentId))
  const observations = rows.filter((row) => row.trust === "proven").map(toObservation)
  const isSoft = payment.state.finality === "soft"
  const input = {
    payment,
    observations,
    format,
    language: options.language ?? "lv",
    providerNames: providerNames(runtime, payment),
    issuedAt,
    ...(isSoft ? { softUntil: attempt.since + provider.manifest.softSeconds.paid * 1000 } : {})
  } as const
  const bytes = yield* Effect.tryPromise({
    try: () => generator.generate(input),
    catch: (cause) =>
      cause instanceof PaymentError
        ? cause
        : failWith("receipt", new NotReady({ message: "The confirmation could not be generated." }), about)
  })
  return { origin: "generated", mediaType: mediaTypes[format], fileName, bytes, sha256: sha256Hex(bytes) }
})
