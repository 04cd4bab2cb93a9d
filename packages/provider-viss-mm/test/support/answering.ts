import {
  connectionFromSend,
  type HttpTransport as Transport,
  HttpTransport,
  type TransportRequest,
  type TransportResponse
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** A transport that answers by itself and keeps what it was given: for answers that no simulator gives. */
export const answering = (
  answer: (request: TransportRequest) => Partial<Omit<TransportResponse, "body">> & { readonly body?: string }
): { readonly layer: Layer.Layer<Transport>; readonly requests: Array<TransportRequest> } => {
  const requests: Array<TransportRequest> = []
  const layer = Layer.succeed(HttpTransport, {
    connect: () =>
      Effect.succeed(
        connectionFromSend((request) =>
          Effect.sync(() => {
            requests.push(request)
            const { body = "", headers = {}, status = 200 } = answer(request)
            return { status, headers, body: Buffer.from(body) }
          })
        )
      )
  })
  return { layer, requests }
}

/** The body of a request, as JSON. */
export const sentJson = (request: TransportRequest | undefined): unknown =>
  JSON.parse(Buffer.from(request?.body ?? new Uint8Array()).toString("utf8"))
