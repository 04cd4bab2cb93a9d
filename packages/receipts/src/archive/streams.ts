// Bytes that pass through: never the whole document in memory.
import { createHash } from "node:crypto"
import { ArchiveError } from "./ArchiveError.ts"

export const toStream = (bytes: Uint8Array | ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
  bytes instanceof Uint8Array
    ? new ReadableStream({
        start: (controller) => {
          if (bytes.byteLength > 0) controller.enqueue(bytes)
          controller.close()
        }
      })
    : bytes

/** The same bytes, ended by an error if they are not those of the digest. The last part is held back until that is known. */
export const checkedBytes = (
  bytes: ReadableStream<Uint8Array>,
  { id, sha256 }: { readonly id: string; readonly sha256: string }
): ReadableStream<Uint8Array> => {
  const hash = createHash("sha256")
  let held: Uint8Array | undefined
  return bytes.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (part, controller) => {
        hash.update(part)
        if (held !== undefined) controller.enqueue(held)
        held = part
      },
      flush: (controller) => {
        if (hash.digest("hex") !== sha256)
          throw new ArchiveError("damaged", `the bytes of ${id} are not those that were kept`)
        if (held !== undefined) controller.enqueue(held)
      }
    })
  )
}
