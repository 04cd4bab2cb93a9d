import * as Effect from "effect/Effect"
import * as RcMap from "effect/RcMap"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { mediaTypes } from "../documents/DocumentCheck.ts"
import { fromArchive, fromMemory } from "../documents/given.ts"
import type { ReceiptFormat } from "../Manifest.ts"
import { InvalidRequest, NotFound, type PaymentError, Unsupported } from "../PaymentError.ts"
import type { Receipt } from "../Receipts.ts"
import type { AttemptRow } from "../Store.ts"
import { collectPassing, noteRead } from "./archive.ts"
import { confirm } from "./confirmation.ts"
import { load } from "./create.ts"
import { fetchWanted, WantedDocument } from "./keptDocument.ts"
import { failWith, findInstance, type Runtime, transact } from "./Runtime.ts"

const ReceiptOptions = Schema.Struct({
  format: Schema.Literals(["pdf", "xml"]),
  language: Schema.optional(Schema.Literals(["lv", "en", "ru"])),
  /** Whom it is given to, as the application names them: a clerk's id, "payer". Goes into the archive. */
  reader: Schema.optional(Schema.NonEmptyString.check(Schema.isMaxLength(200)))
})
export type ReceiptOptions = typeof ReceiptOptions.Type
const decodeOptions = Schema.decodeUnknownEffect(ReceiptOptions, { onExcessProperty: "error" })

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
  // When the document is kept, or nobody waits for it any more, the provider's connection is done with.
  return yield* Effect.scoped(give(runtime, attempt, format, reader))
})

const give = Effect.fnUntraced(function* (
  runtime: Runtime,
  { id: attemptId, instance, paymentId }: AttemptRow,
  format: ReceiptFormat,
  reader: string
): Effect.fn.Return<Receipt, PaymentError, Scope.Scope> {
  const wanted = new WantedDocument({ instance, paymentId, attemptId, format })
  const as = { origin: "provider", mediaType: mediaTypes[format], fileName: `${paymentId}.${format}` } as const
  const { archive, documents } = runtime
  if (archive === undefined || documents === undefined) {
    return fromMemory(as, yield* collectPassing(paymentId, yield* fetchWanted(runtime, wanted)))
  }
  const kept = yield* RcMap.get(documents, wanted)
  yield* noteRead(archive, kept, reader)
  return fromArchive(as, archive, kept)
})
