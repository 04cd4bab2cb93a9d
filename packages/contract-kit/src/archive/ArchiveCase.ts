import type { DocumentArchive } from "@maksa/core"

/** An empty archive of its own for one case, and what the suite needs to do to it from outside. */
export interface ArchiveUnderTest {
  readonly archive: DocumentArchive
  /** Closes what is open and opens the same data again. */
  readonly reopen: () => Promise<DocumentArchive>
  readonly dispose: () => Promise<void>
  /** What somebody could do who has the archive's disk and not the archive. */
  readonly tamper: {
    /** Replaces text in the stored content of an entry. */
    entry(sequence: number, from: string, to: string): Promise<void>
    dropEntry(sequence: number): Promise<void>
    /** Changes one byte of what is stored of a document. */
    document(paymentId: string, sha256: string): Promise<void>
    dropDocument(paymentId: string, sha256: string): Promise<void>
  }
  /** The bytes of everything that the archive keeps on disk; absent if the suite cannot see them. */
  readonly files?: () => Promise<ReadonlyArray<Uint8Array>>
}

/** One thing that an archive promises, and how it is tried. */
export interface ArchiveCase {
  readonly area: string
  /** Short, stable, in kebab case. */
  readonly id: string
  /** The promise, as one sentence. */
  readonly sentence: string
  /** What goes wrong for citizens and agencies where it is broken. */
  readonly reason: string
  readonly exempt?: (subject: ArchiveUnderTest) => string | undefined
  /** Tries it. Rejects, with what was seen, where the promise is broken. */
  readonly check: (subject: ArchiveUnderTest) => Promise<void>
}

export const casesOf = (area: string, cases: ReadonlyArray<Omit<ArchiveCase, "area">>): ReadonlyArray<ArchiveCase> =>
  cases.map((one) => ({ area, ...one }))
