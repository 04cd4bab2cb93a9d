// A document on its way from the provider to the archive: what passes is checked and digested, and nothing of it is held.
import { createHash } from "node:crypto"
import { TransportError } from "../HttpTransport.ts"
import { MalformedResponse, PaymentError, type PaymentErrorReason, Unavailable } from "../PaymentError.ts"
import type { DocumentCheck } from "./DocumentCheck.ts"

export const unfit = (problem: string): MalformedResponse =>
  new MalformedResponse({ message: `What the provider gave is no receipt: ${problem}.` })

/** Why a body broke off. What an adapter says of it stands; a transport's error becomes what it means for a read. */
const reasonOf = (cause: unknown): PaymentErrorReason => {
  if (cause instanceof PaymentError) return cause.reason
  return cause instanceof TransportError && cause.kind === "too_large"
    ? unfit("the document has more bytes than the adapter takes")
    : new Unavailable({ message: "The provider's document broke off on its way. Try again." })
}

export interface Passing {
  /** The document's bytes, ended by an error where they are no whole document. */
  readonly bytes: ReadableStream<Uint8Array>
  /** Of all the bytes, hex; `undefined` until the last has passed and all was well. */
  readonly sha256: () => string | undefined
  /** Why the bytes ended before their end. */
  readonly failure: () => PaymentErrorReason | undefined
  /** Gives up what has not passed yet. */
  readonly abandon: () => void
}

const checked: DocumentCheck = { take: () => undefined, end: () => undefined }

/** Without a check the bytes have been checked already. */
export const passing = (source: ReadableStream<Uint8Array>, check: DocumentCheck = checked): Passing => {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  const hash = createHash("sha256")
  let sha256: string | undefined
  let failure: PaymentErrorReason | undefined
  let abandon: (() => void) | undefined
  const bytes = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        abandon = () => {
          failure ??= new Unavailable({ message: "Nobody waited for the document any more." })
          controller.error(new Error("abandoned"))
          // A source that somebody else reads is not ours to cancel.
          ;(reader ?? source).cancel().catch(() => {})
        }
      },
      pull: async (controller) => {
        try {
          reader ??= source.getReader()
          const { done, value } = await reader.read()
          const problem = done ? check.end() : check.take(value)
          if (problem !== undefined) {
            failure = unfit(problem)
            abandon = undefined
            controller.error(new Error(problem))
            return await reader.cancel()
          }
          if (done) {
            sha256 = hash.digest("hex")
            abandon = undefined
            return controller.close()
          }
          hash.update(value)
          controller.enqueue(value)
        } catch (cause) {
          failure ??= reasonOf(cause)
          controller.error(cause)
        }
      },
      cancel: (reason) => (reader ?? source).cancel(reason)
    },
    { highWaterMark: 0 }
  )
  return { bytes, sha256: () => sha256, failure: () => failure, abandon: () => abandon?.() }
}
