import type { ArchiveEntryRow } from "@maksa/core"

/** Where an archive's entries and bytes are kept. What they mean is the archive's. */
export interface Medium {
  /** The newest entry. */
  last(): Promise<ArchiveEntryRow | undefined>
  entryAt(sequence: number): Promise<ArchiveEntryRow | undefined>
  /** Durable when it answers; `false`, and nothing kept, if the place is taken. */
  append(entry: ArchiveEntryRow): Promise<boolean>
  /** In order of the chain. */
  entriesOf(paymentId: string): Promise<ReadonlyArray<ArchiveEntryRow>>
  /** Keeps bytes of a payment under their SHA-256, durable when it answers; the same ones again change nothing. */
  putBytes(
    paymentId: string,
    bytes: ReadableStream<Uint8Array>
  ): Promise<{ readonly sha256: string; readonly size: number }>
  getBytes(paymentId: string, sha256: string): Promise<ReadableStream<Uint8Array> | undefined>
  deleteBytes(paymentId: string, sha256: string): Promise<void>
}
