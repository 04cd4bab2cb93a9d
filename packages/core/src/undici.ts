import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { Agent, buildConnector } from "undici"
import {
  type Connection,
  type ConnectionOptions,
  HttpTransport,
  type StreamedResponse,
  type TransportError,
  type TransportRequest
} from "./HttpTransport.ts"
import { Exchange, type Receiver } from "./undici/Exchange.ts"
import { failure } from "./undici/failure.ts"
import { streamed } from "./undici/streamed.ts"
import { whole } from "./undici/whole.ts"

type Limits = Parameters<Connection["send"]>[1]

const start = (
  agent: Agent,
  options: ConnectionOptions,
  { body, headers, method, url }: TransportRequest,
  limits: Limits,
  receiver: Receiver
): Exchange => {
  const exchange = new Exchange(receiver, {
    maxBytes: limits?.maxResponseBytes ?? options.maxResponseBytes ?? 1_048_576,
    maxMillis: options.bodyMillis ?? 60_000
  })
  agent.dispatch({ origin: url.origin, path: url.pathname + url.search, method, headers, body: body ?? null }, exchange)
  return exchange
}

const send =
  (agent: Agent, options: ConnectionOptions): Connection["send"] =>
  (request, limits) =>
    Effect.callback((resume) => {
      const exchange = start(agent, options, request, limits, whole(resume))
      return Effect.sync(() => exchange.abandon())
    })

const stream =
  (agent: Agent, options: ConnectionOptions): Connection["stream"] =>
  (request, limits) =>
    Effect.suspend(() => {
      let exchange: Exchange | undefined
      const abandon = Effect.sync(() => exchange?.abandon())
      const begun = Effect.callback<StreamedResponse, TransportError>((resume) => {
        exchange = start(agent, options, request, limits, streamed(resume))
        return abandon
      })
      return Effect.andThen(
        Effect.addFinalizer(() => abandon),
        begun
      )
    })

const text = (value: string | Uint8Array): string | Buffer => (typeof value === "string" ? value : Buffer.from(value))

interface TlsSocket {
  on(event: "session", listener: (session: Uint8Array) => void): void
}

/** undici's connector gives the socket, which its types do not tell. A plain one has no sessions and never says so. */
const givesSessions = (socket: unknown): socket is TlsSocket =>
  typeof socket === "object" && socket !== null && "on" in socket && typeof socket.on === "function"

/**
 * Opens sockets. undici keeps TLS sessions by weak references, which a garbage collection between two calls ends; the
 * last one of every host is held here, so that a new connection resumes it instead of doing the full handshake.
 *
 * HTTP/1.1 only: a server that asks for the client certificate after the handshake, as IIS does for one path of a site,
 * cannot do so over HTTP/2 (RFC 9113, 9.2.3).
 */
const connector = (options: ConnectionOptions): buildConnector.connector => {
  const { tls } = options
  const open = buildConnector({
    allowH2: false,
    timeout: options.connectTimeoutMillis ?? 5_000,
    maxCachedSessions: 100,
    // Not left to the default, which NODE_TLS_REJECT_UNAUTHORIZED would change.
    rejectUnauthorized: true,
    minVersion: tls?.minVersion ?? "TLSv1.2",
    ...(tls?.ciphers === undefined ? {} : { ciphers: tls.ciphers }),
    ...(tls?.cert === undefined ? {} : { cert: text(tls.cert) }),
    ...(tls?.key === undefined ? {} : { key: text(tls.key) }),
    ...(tls?.pfx === undefined ? {} : { pfx: Buffer.from(tls.pfx) }),
    ...(tls?.passphrase === undefined ? {} : { passphrase: tls.passphrase }),
    ...(tls?.ca === undefined ? {} : { ca: tls.ca.map(text) })
  })
  const sessions = new Map<string, Uint8Array>()
  return (to, done) => {
    const socket: unknown = open(to, done)
    if (givesSessions(socket)) socket.on("session", (session) => sessions.set(to.hostname, session))
  }
}

const connect = (options: ConnectionOptions): Effect.Effect<Connection, TransportError, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.try({
        try: () =>
          new Agent({
            connections: options.maxConnections ?? 10,
            pipelining: 1,
            keepAliveTimeout: 30_000,
            headersTimeout: options.responseTimeoutMillis ?? 30_000,
            bodyTimeout: options.responseTimeoutMillis ?? 30_000,
            maxHeaderSize: 32_768,
            connect: connector(options)
          }),
        catch: (cause) => failure("not_sent", cause)
      }),
      // Calls in flight finish; new ones are refused by the scope's end.
      (agent) => Effect.promise(() => agent.close())
    ),
    (agent) => ({ send: send(agent, options), stream: stream(agent, options) })
  )

/** Outbound HTTP over undici: keep-alive, mutual TLS, size limits, no redirects. */
export const layer: Layer.Layer<HttpTransport> = Layer.succeed(HttpTransport, { connect })
