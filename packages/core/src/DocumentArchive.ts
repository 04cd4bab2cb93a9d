/**
 * The archive port: the documents that payers and accountants were given, kept as they were, and who read them.
 *
 * Every document and every reading is an entry of one chain: an entry's digest covers its content and the digest before it,
 * so that what is changed, moved or taken out afterwards is found. `@maksa/receipts` has an archive on disk and one in the
 * store; `@maksa/contract-kit` has the suite that an archive must pass.
 */
export interface DocumentArchive {
  /**
   * Keeps a document and answers once it is durable. The newest document of the same kind (payment, attempt, source, media
   * type and language) with the same bytes is answered as it is; other bytes supersede it.
   */
  put(document: NewDocument): Promise<ArchivedDocument>
  /** The document and its bytes, as a stream with back-pressure; `undefined`: never kept, or erased. Bytes that are not those that were kept end the stream with an error. */
  get(
    documentId: string
  ): Promise<{ readonly document: ArchivedDocument; readonly bytes: ReadableStream<Uint8Array> } | undefined>
  /** Documents of a payment, oldest first; erased ones too, without their bytes. */
  list(paymentId: string): Promise<ReadonlyArray<ArchivedDocument>>
  /** Notes that somebody was given a document, before they are given it. Rejects for a document that is not there. */
  recordRead(documentId: string, read: DocumentRead): Promise<void>
  /** Who was given a document, in order. */
  readsOf(documentId: string): Promise<ReadonlyArray<DocumentRead>>
  /** Destroys the bytes of a payment's documents of these classes. The entries stay: that there was a document, and its digest. Safe to repeat. */
  erase(
    paymentId: string,
    how: { readonly retention: ReadonlyArray<RetentionClass>; readonly at: number }
  ): Promise<void>
  /**
   * Reads the whole chain and every document. A chain cut at its end is whole by itself: only a head that was noted in
   * another place shows it.
   */
  verify(noted?: ArchiveHead): Promise<Verification>
}

/** `accounting`: the provider's own document, which bookkeeping must keep. `confirmation`: generated, and no accounting document. */
export type RetentionClass = "accounting" | "confirmation"

export interface DocumentFacts {
  readonly paymentId: string
  readonly attemptId: string
  readonly source: "provider" | "generated"
  readonly mediaType: string
  readonly retention: RetentionClass
  /** Of a document that there is in several. */
  readonly language?: string
  /** Of a generated document: digest of what it was made from. While that is the same, so is the document. */
  readonly basis?: string
}

export interface NewDocument extends DocumentFacts {
  /** Epoch milliseconds. */
  readonly at: number
  readonly bytes: Uint8Array | ReadableStream<Uint8Array>
}

export interface ArchivedDocument extends DocumentFacts {
  readonly id: string
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Epoch milliseconds. */
  readonly archivedAt: number
  /** Id of the document that it took the place of. */
  readonly supersedes?: string
  /** When its bytes were destroyed, epoch milliseconds. */
  readonly erasedAt?: number
}

export interface DocumentRead {
  /** Who, as the application names them. */
  readonly by: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** The newest entry of the chain: noted elsewhere now and then, it vouches for everything before it. */
export interface ArchiveHead {
  readonly sequence: number
  readonly digest: string
}

export type Verification =
  | { readonly isIntact: true; readonly entries: number; readonly head: ArchiveHead }
  | {
      readonly isIntact: false
      /** Place of the first broken entry, from 1. */
      readonly sequence: number
      readonly problem: "entry_missing" | "entry_altered" | "document_missing" | "document_altered"
    }
