// A provider's document in the archive, for one reader or for many who ask for it at the same time.
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { mediaTypes } from "../documents/DocumentCheck.ts"
import type { ArchivedDocument, DocumentArchive } from "../DocumentArchive.ts"
import type { ReceiptFormat } from "../Manifest.ts"
import { Conflict, NotReady, type PaymentError } from "../PaymentError.ts"
import { keepPassing } from "./archive.ts"
import { fetchDocument } from "./fetchDocument.ts"
import { failWith, now, type Runtime } from "./Runtime.ts"

/** Which document is wanted; equal ones are fetched once while anybody waits. */
export class WantedDocument extends Data.Class<{
  readonly instance: string
  readonly paymentId: string
  readonly attemptId: string
  readonly format: ReceiptFormat
}> {}

/** Fetches the document or fails, in words for the reader. */
export const fetchWanted = Effect.fnUntraced(function* (
  runtime: Runtime,
  { attemptId, format, instance, paymentId }: WantedDocument
) {
  const about = { instance, paymentId }
  const fetched = yield* fetchDocument(runtime, attemptId, format)
  if (fetched === undefined) return yield* failWith("receipt", new NotReady({ message: "No document yet." }), about)
  if (fetched.isDisputed) {
    const message =
      "The provider's document names another sum than the payment. It is recorded as evidence; see to that first."
    return yield* failWith("receipt", new Conflict({ message }), about)
  }
  return fetched.document
})

/** Fetches the document into the archive. When nobody waits for it any more, the provider's connection is done with. */
export const keepWanted = Effect.fnUntraced(function* (
  runtime: Runtime,
  archive: DocumentArchive,
  wanted: WantedDocument
): Effect.fn.Return<ArchivedDocument, PaymentError, Scope.Scope> {
  const { attemptId, format, paymentId } = wanted
  const document = yield* fetchWanted(runtime, wanted)
  const mediaType = mediaTypes[format]
  const facts = { paymentId, attemptId, source: "provider", mediaType, retention: "accounting" } as const
  return yield* keepPassing(archive, { ...facts, at: yield* now }, document)
})
