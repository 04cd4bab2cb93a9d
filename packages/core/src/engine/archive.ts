// Documents on their way to a reader: kept first, with who reads them.
import * as Effect from "effect/Effect"
import { collect } from "../documents/bytes.ts"
import type { Passing } from "../documents/passing.ts"
import type { ArchivedDocument, DocumentArchive, NewDocument, RetentionClass } from "../DocumentArchive.ts"
import { type Operation, type PaymentError, Unavailable } from "../PaymentError.ts"
import { failWith, now, type Runtime } from "./Runtime.ts"

const use = <A>(
  operation: Operation,
  paymentId: string,
  message: string,
  call: () => Promise<A>
): Effect.Effect<A, PaymentError> =>
  Effect.tryPromise({
    try: call,
    // The archive's own error may name files.
    catch: () => failWith(operation, new Unavailable({ message }), { paymentId })
  })

const unkept = "The archive could not keep the document, so it was not given. Try again."

/** Keeps a document. */
export const keep = (archive: DocumentArchive, document: NewDocument): Effect.Effect<ArchivedDocument, PaymentError> =>
  use("receipt", document.paymentId, unkept, () => archive.put(document))

/** Keeps a document that is on its way; where it broke off or is none, that is said and not what the archive made of it. */
export const keepPassing = Effect.fnUntraced(function* (
  archive: DocumentArchive,
  facts: Omit<NewDocument, "bytes">,
  { bytes, failure, sha256 }: Passing
): Effect.fn.Return<ArchivedDocument, PaymentError> {
  const exit = yield* Effect.exit(keep(archive, { ...facts, bytes }))
  const about = { paymentId: facts.paymentId }
  const reason = failure()
  if (reason !== undefined) return yield* failWith("receipt", reason, about)
  const kept = yield* exit
  // An archive that kept anything else than the whole of what came has not kept it.
  return kept.sha256 === sha256() ? kept : yield* failWith("receipt", new Unavailable({ message: unkept }), about)
})

/** The whole document in memory, where there is no archive. */
export const collectPassing = (
  paymentId: string,
  { bytes, failure }: Passing
): Effect.Effect<Uint8Array, PaymentError> =>
  Effect.tryPromise({
    try: () => collect(bytes),
    catch: () =>
      failWith("receipt", failure() ?? new Unavailable({ message: "The document could not be read." }), { paymentId })
  })

/** Notes a reader, before the document is given. */
export const noteRead = Effect.fnUntraced(function* (
  archive: DocumentArchive,
  { id, paymentId }: ArchivedDocument,
  by: string
): Effect.fn.Return<void, PaymentError> {
  const at = yield* now
  yield* use("receipt", paymentId, unkept, () => archive.recordRead(id, { by, at }))
})

/** The newest confirmation of a kind, if it was made from the same: a payer is then given the same bytes again. */
export const findKept = Effect.fnUntraced(function* (
  archive: DocumentArchive,
  wanted: Pick<NewDocument, "paymentId" | "mediaType" | "language" | "basis">
): Effect.fn.Return<ArchivedDocument | undefined, PaymentError> {
  const { basis, language, mediaType, paymentId } = wanted
  const message = "The archive could not be read. Try again."
  const documents = yield* use("receipt", paymentId, message, () => archive.list(paymentId))
  const newest = documents.findLast(
    (one) => one.source === "generated" && one.mediaType === mediaType && one.language === language
  )
  return newest === undefined || newest.erasedAt !== undefined || newest.basis !== basis ? undefined : newest
})

export const eraseDocuments = Effect.fnUntraced(function* (
  { archive }: Runtime,
  paymentId: string,
  retention: ReadonlyArray<RetentionClass>
): Effect.fn.Return<void, PaymentError> {
  if (archive === undefined) return
  const at = yield* now
  const message = "Archived documents could not be destroyed; everything else is erased. Try again."
  yield* use("erase", paymentId, message, () => archive.erase(paymentId, { retention, at }))
})
