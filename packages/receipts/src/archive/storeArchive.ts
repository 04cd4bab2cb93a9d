import type { DocumentArchive, Store } from "@maksa/core"
import { createHash } from "node:crypto"
import { ArchiveError } from "./ArchiveError.ts"
import { archiveOver } from "./archiveOver.ts"
import type { Medium } from "./Medium.ts"
import { toStream } from "./streams.ts"

export interface StoreArchiveOptions {
  readonly store: Store
  /** Largest document, bytes; it is held in memory. Default 32 MiB. */
  readonly maxBytes?: number
}

const keyOf = (paymentId: string, sha256: string): string => `${paymentId}/${sha256}`

const collect = async (stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> => {
  const parts: Array<Uint8Array> = []
  let size = 0
  for await (const part of stream) {
    size += part.byteLength
    if (size > maxBytes) throw new ArchiveError("too_large", `the document has more than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const mediumOf = ({ maxBytes = 32 * 1024 * 1024, store }: StoreArchiveOptions): Medium => ({
  last: () => store.transact((tx) => tx.lastArchiveEntry()),
  entryAt: (sequence) =>
    store.transact(async (tx) => {
      const [row] = await tx.archiveEntriesAfter(sequence - 1, 1)
      return row?.sequence === sequence ? row : undefined
    }),
  append: (entry) => store.transact((tx) => tx.insertArchiveEntry(entry)),
  entriesOf: (paymentId) => store.transact((tx) => tx.archiveEntriesOf(paymentId)),
  putBytes: async (paymentId, stream) => {
    const bytes = await collect(stream, maxBytes)
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    await store.transact((tx) => tx.putDocument(keyOf(paymentId, sha256), bytes))
    return { sha256, size: bytes.byteLength }
  },
  getBytes: async (paymentId, sha256) => {
    const bytes = await store.transact((tx) => tx.getDocument(keyOf(paymentId, sha256)))
    return bytes && toStream(bytes)
  },
  deleteBytes: (paymentId, sha256) => store.transact((tx) => tx.deleteDocument(keyOf(paymentId, sha256)))
})

/**
 * An archive in the payment store: backed up, encrypted and moved with it. For many or large documents take `diskArchive`:
 * here each one is held in memory while it is written or read.
 */
export const storeArchive = (options: StoreArchiveOptions): DocumentArchive => archiveOver(mediumOf(options))
