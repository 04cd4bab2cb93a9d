import * as Effect from "effect/Effect"
import type { StreamedResponse, TransportError } from "../HttpTransport.ts"
import type { Flow, Receiver } from "./Exchange.ts"

/** Bytes read ahead of the reader before the server is stopped. */
const aheadBytes = 65_536

/** The answer's head as soon as it comes, and the body at its reader's pace: the socket is not read while nobody reads. */
export const streamed = (resume: (result: Effect.Effect<StreamedResponse, TransportError>) => void): Receiver => {
  let flow: Flow | undefined
  let open: ReadableStreamDefaultController<Uint8Array> | undefined
  return {
    head: (status, headers, given, abandon) => {
      flow = given
      const body = new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            open = controller
          },
          pull: () => flow?.resume(),
          cancel: () => {
            open = undefined
            abandon()
          }
        },
        { highWaterMark: aheadBytes, size: ({ byteLength }) => byteLength }
      )
      // Afterwards what came with the head has come: an answer that is whole by then keeps its connection, read or not.
      queueMicrotask(() => resume(Effect.succeed({ status, headers, body })))
    },
    part: (bytes) => {
      open?.enqueue(bytes)
      if (open !== undefined && (open.desiredSize ?? 0) <= 0) flow?.pause()
    },
    end: () => open?.close(),
    fail: (error) => (flow === undefined ? resume(Effect.fail(error)) : open?.error(error))
  }
}
