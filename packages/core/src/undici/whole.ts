import * as Effect from "effect/Effect"
import type { TransportError, TransportResponse } from "../HttpTransport.ts"
import type { Receiver } from "./Exchange.ts"

/** The whole answer at once. */
export const whole = (resume: (result: Effect.Effect<TransportResponse, TransportError>) => void): Receiver => {
  const parts: Array<Uint8Array> = []
  let size = 0
  let answer: Pick<TransportResponse, "status" | "headers"> = { status: 0, headers: {} }
  return {
    head: (status, headers) => {
      answer = { status, headers }
    },
    part: (bytes) => {
      size += bytes.byteLength
      parts.push(bytes)
    },
    // Copies also a single part: a view would keep the socket's whole buffer as long as the evidence lives.
    end: () => resume(Effect.succeed({ ...answer, body: Buffer.concat(parts, size) })),
    fail: (error) => resume(Effect.fail(error))
  }
}
