// What the adapter sends and gets, seen from our side of the wire: a second witness beside the driver.
import {
  type Connection,
  type ConnectionOptions,
  HttpTransport,
  type StreamedResponse,
  type TransportRequest,
  type TransportResponse
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** One request that left, and its answer. */
export interface Exchange {
  readonly request: TransportRequest
  /** Absent where none came. */
  readonly response?: TransportResponse
}

export interface Wire {
  /** The transport to build an engine or an adapter with. */
  readonly layer: Layer.Layer<HttpTransport>
  /** Every exchange so far, in the order in which they were answered. */
  readonly exchanges: ReadonlyArray<Exchange>
  /** The next request is sent and carried out as ever, and this comes back for its answer. */
  answerNextWith(response: TransportResponse): void
}

/** What was streamed, for the record: its body is what has been read of it so far. */
const overheard = ({ body, headers, status }: StreamedResponse) => {
  const parts: Array<Uint8Array> = []
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform: (part, controller) => {
      parts.push(part)
      controller.enqueue(part)
    }
  })
  const response: TransportResponse = {
    status,
    headers,
    get body() {
      return Buffer.concat(parts)
    }
  }
  return { response, streamed: { status, headers, body: body.pipeThrough(tap) } }
}

const asStream = ({ body, headers, status }: TransportResponse): StreamedResponse => ({
  status,
  headers,
  body: new Blob([new Uint8Array(body)]).stream()
})

export const makeWire = (inner: Layer.Layer<HttpTransport>): Wire => {
  const exchanges: Array<Exchange> = []
  let planned: TransportResponse | undefined
  const take = (): TransportResponse | undefined => {
    const next = planned
    planned = undefined
    return next
  }
  const tapped = Effect.map(HttpTransport, (transport) => ({
    connect: (options: ConnectionOptions) =>
      Effect.map(transport.connect(options), (connection): Connection => ({
        stream: (request, limits) =>
          connection.stream(request, limits).pipe(
            Effect.map((response) => {
              const next = take()
              const { response: heard, streamed } = overheard(next === undefined ? response : asStream(next))
              exchanges.push({ request, response: heard })
              return streamed
            }),
            Effect.tapError(() => Effect.sync(() => exchanges.push({ request })))
          ),
        send: (request, limits) =>
          connection.send(request, limits).pipe(
            Effect.map((response) => take() ?? response),
            Effect.tap((response) => Effect.sync(() => exchanges.push({ request, response }))),
            Effect.tapError(() => Effect.sync(() => exchanges.push({ request })))
          )
      }))
  }))
  return {
    layer: Layer.provide(Layer.effect(HttpTransport, tapped), inner),
    exchanges,
    answerNextWith: (response) => {
      planned = response
    }
  }
}
