// Receipts as the application is given them.
import { createHash } from "node:crypto"
import type { ArchivedDocument, DocumentArchive } from "../DocumentArchive.ts"
import { PaymentError, Unavailable } from "../PaymentError.ts"
import type { Receipt } from "../Receipts.ts"
import { collect, toStream } from "./bytes.ts"

export type GivenAs = Pick<Receipt, "origin" | "mediaType" | "fileName">

/** Where there is no archive. */
export const fromMemory = (as: GivenAs, bytes: Uint8Array): Receipt => ({
  ...as,
  size: bytes.byteLength,
  sha256: createHash("sha256").update(bytes).digest("hex"),
  bytes: async () => new Uint8Array(bytes),
  stream: async () => toStream(new Uint8Array(bytes))
})

/** Read from the archive each time, so that a reader who takes long holds no document. */
export const fromArchive = (
  as: GivenAs,
  archive: DocumentArchive,
  { id, paymentId, sha256, size }: ArchivedDocument
): Receipt => {
  const unread = () =>
    // The archive's own error may name files.
    new PaymentError({
      operation: "receipt",
      paymentId,
      reason: new Unavailable({ message: "The archive could not be read. Try again." })
    })
  const stream = async () => {
    const found = await archive.get(id).catch(() => undefined)
    if (found === undefined) throw unread()
    return found.bytes
  }
  const bytes = async () => {
    const opened = await stream()
    return collect(opened).catch(() => {
      throw unread()
    })
  }
  return { ...as, size, sha256, documentId: id, bytes, stream }
}
