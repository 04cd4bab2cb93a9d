// Documents on their way to a reader: kept first, with who reads them.
import * as Effect from "effect/Effect"
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

/** Keeps a document and notes its reader, both before it is given. */
export const keepAndNote = Effect.fnUntraced(function* (
  archive: DocumentArchive,
  document: NewDocument & { readonly bytes: Uint8Array },
  reader: string
): Effect.fn.Return<ArchivedDocument, PaymentError> {
  const kept = yield* use("receipt", document.paymentId, unkept, () => archive.put(document))
  yield* noteRead(archive, kept, reader)
  return kept
})

const noteRead = Effect.fnUntraced(function* (
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
  wanted: Pick<NewDocument, "paymentId" | "mediaType" | "language" | "basis">,
  reader: string
): Effect.fn.Return<{ readonly document: ArchivedDocument; readonly bytes: Uint8Array } | undefined, PaymentError> {
  const { basis, language, mediaType, paymentId } = wanted
  const message = "The archive could not be read. Try again."
  const documents = yield* use("receipt", paymentId, message, () => archive.list(paymentId))
  const newest = documents.findLast(
    (one) => one.source === "generated" && one.mediaType === mediaType && one.language === language
  )
  if (newest === undefined || newest.erasedAt !== undefined || newest.basis !== basis) return undefined
  const bytes = yield* use("receipt", paymentId, message, async () => {
    const found = await archive.get(newest.id)
    return found && new Uint8Array(await new Response(found.bytes).arrayBuffer())
  })
  if (bytes === undefined) return undefined
  yield* noteRead(archive, newest, reader)
  return { document: newest, bytes }
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
