import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { toStream } from "./documents/bytes.ts"

/**
 * How far an exchange got, which decides whether a command may have happened:
 * `not_sent` no byte of the request left; `sent_no_response` it may have been carried out; `response_incomplete` the
 * answer began and broke off. What cannot be told is `sent_no_response`.
 */
export const TransportPhase = Schema.Literals(["not_sent", "sent_no_response", "response_incomplete"])
export type TransportPhase = typeof TransportPhase.Type

/** A failed exchange. `code` is the transport's own code; no header, body or URL is kept. */
export class TransportError extends Schema.TaggedError<TransportError>()("TransportError", {
  phase: TransportPhase,
  code: Schema.String,
  /** What kind of trouble, where the code tells: the client or server certificate, a time limit, a size limit. */
  kind: Schema.Literals(["connection", "tls", "timeout", "too_large", "other"])
}) {
  override get message(): string {
    return `${this.phase} (${this.code})`
  }
}

export interface TransportRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface TransportResponse {
  readonly status: number
  /** Header names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface StreamedResponse extends Pick<TransportResponse, "status" | "headers"> {
  /** At the reader's pace: bytes that nobody reads stay with the server. A body that breaks off ends with a `TransportError`. */
  readonly body: ReadableStream<Uint8Array>
}

export interface ConnectionOptions {
  /** Client certificate and trust; verification of the server cannot be turned off. */
  readonly tls?: {
    readonly cert?: string | Uint8Array
    readonly key?: string | Uint8Array
    readonly pfx?: Uint8Array
    readonly passphrase?: string
    /** Trusted roots instead of the system's. */
    readonly ca?: ReadonlyArray<string | Uint8Array>
    /** Default TLSv1.2. */
    readonly minVersion?: "TLSv1.2" | "TLSv1.3"
    readonly ciphers?: string
  }
  /** Default 5,000. */
  readonly connectTimeoutMillis?: number
  /** From the last byte sent to the first byte received; default 30,000. */
  readonly responseTimeoutMillis?: number
  /** For the whole body, however steadily it drips; default 60,000. */
  readonly bodyMillis?: number
  /** Largest accepted response body; default 1 MiB. */
  readonly maxResponseBytes?: number
  /** Connections kept open per host; default 10. */
  readonly maxConnections?: number
}

/** Keep-alive connections with one set of credentials. Redirects are not followed. */
export interface Connection {
  send(
    request: TransportRequest,
    limits?: { readonly maxResponseBytes?: number }
  ): Effect.Effect<TransportResponse, TransportError>
  /**
   * For answers too large to hold: succeeds with the head. `bodyMillis` goes on while nobody reads. The exchange is given up
   * when the scope ends or the body is cancelled.
   */
  stream(
    request: TransportRequest,
    limits?: { readonly maxResponseBytes?: number }
  ): Effect.Effect<StreamedResponse, TransportError, Scope.Scope>
}

/** A connection that streams what `send` has read whole: for transports that tests make themselves. */
export const connectionFromSend = (send: Connection["send"]): Connection => ({
  send,
  stream: (request, limits) =>
    Effect.map(send(request, limits), ({ body, headers, status }) => ({ status, headers, body: toStream(body) }))
})

/** Outbound HTTP of adapters. `@maksa/core/undici` implements it; tests may supply their own. */
export class HttpTransport extends Context.Service<
  HttpTransport,
  { connect(options: ConnectionOptions): Effect.Effect<Connection, TransportError, Scope.Scope> }
>()("@maksa/core/HttpTransport") {}
