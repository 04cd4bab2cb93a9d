import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { Agent, buildConnector, type Dispatcher } from "undici"
import {
  type Connection,
  type ConnectionOptions,
  HttpTransport,
  TransportError,
  type TransportPhase,
  type TransportRequest,
  type TransportResponse
} from "./HttpTransport.ts"

// Codes with which undici and Node prove that no byte of the request left this machine.
const notSent: ReadonlySet<string> = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_INVALID_ARG",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // The connections were closed before the call.
  "UND_ERR_DESTROYED",
  "UND_ERR_CLOSED"
])
// The server's certificate is checked before the request is written, so its rejection also means that nothing left.
const serverCertificate: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "CERT_CHAIN_TOO_LONG",
  "INVALID_PURPOSE",
  "INVALID_CA",
  "PATH_LENGTH_EXCEEDED",
  "HOSTNAME_MISMATCH",
  "EE_KEY_TOO_SMALL",
  "CA_KEY_TOO_SMALL",
  "CA_MD_TOO_WEAK",
  "UNABLE_TO_GET_CRL",
  "CRL_SIGNATURE_FAILURE",
  "CRL_NOT_YET_VALID",
  "CRL_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "ERR_SSL_NO_PROTOCOLS_AVAILABLE"
])

const codeOf = (cause: unknown): string => {
  for (let error = cause, depth = 0; depth < 4 && typeof error === "object" && error !== null; depth++) {
    if ("code" in error && typeof error.code === "string") return error.code
    error = "cause" in error ? error.cause : undefined
  }
  return "UNKNOWN"
}

const kindOf = (code: string): TransportError["kind"] =>
  code === "MAKSA_TOO_LARGE"
    ? "too_large"
    : serverCertificate.has(code) || code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO"
      ? "tls"
      : code === "MAKSA_TOO_SLOW" || code.includes("TIMEOUT")
        ? "timeout"
        : code === "UNKNOWN"
          ? "other"
          : "connection"

const failure = (phase: TransportPhase, cause: unknown): TransportError => {
  const code = codeOf(cause)
  return new TransportError({
    phase: notSent.has(code) || serverCertificate.has(code) ? "not_sent" : phase,
    code,
    kind: kindOf(code)
  })
}

/** A code of our own, told the way undici tells its own. */
class Ended extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

type Resume = (result: Effect.Effect<TransportResponse, TransportError>) => void

const joined = (given: Readonly<Record<string, string | Array<string> | undefined>>): Record<string, string> => {
  const headers: Record<string, string> = {}
  // undici gives the names in lower case.
  for (const name in given) {
    const value = given[name]
    if (value !== undefined) headers[name] = typeof value === "string" ? value : value.join(", ")
  }
  return headers
}

/**
 * One exchange as undici tells it. `UND_ERR_SOCKET` occurs before and after the response head, so the phase is how far
 * undici got and not the code.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resume: Resume
  readonly #maxBytes: number
  readonly #maxMillis: number
  readonly #chunks: Array<Uint8Array> = []
  #size = 0
  #phase: TransportPhase = "not_sent"
  #status = 0
  #headers: Record<string, string> = {}
  #controller: Dispatcher.DispatchController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended: Ended | undefined

  constructor(resume: Resume, maxBytes: number, maxMillis: number) {
    this.#resume = resume
    this.#maxBytes = maxBytes
    this.#maxMillis = maxMillis
  }

  /** Nobody waits any more: the connection is given up, because its answer would be taken for the next one's. */
  abandon(): void {
    this.#end("MAKSA_ABANDONED")
  }

  /** Comes when a connection stands, before the first byte is written to it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#phase = "sent_no_response"
    this.#controller = controller
    if (this.#ended !== undefined) controller.abort(this.#ended)
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | Array<string> | undefined>>
  ): void {
    // 1xx heads come before the answer's own.
    if (status < 200) return
    this.#phase = "response_incomplete"
    this.#status = status
    this.#headers = joined(headers)
    // A sender that drips bytes does not hold the call for ever.
    this.#timer = setTimeout(() => this.#end("MAKSA_TOO_SLOW"), this.#maxMillis)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#size += chunk.byteLength
    if (this.#size > this.#maxBytes) this.#end("MAKSA_TOO_LARGE")
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer)
    // Copies also a single chunk: a view would keep the socket's whole buffer as long as the evidence lives.
    this.#resume(
      Effect.succeed({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks, this.#size) })
    )
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: unknown): void {
    clearTimeout(this.#timer)
    this.#resume(Effect.fail(failure(this.#phase, this.#ended ?? cause)))
  }

  #end(code: string): void {
    this.#ended ??= new Ended(code)
    this.#controller?.abort(this.#ended)
  }
}

const send =
  (agent: Agent, options: ConnectionOptions): Connection["send"] =>
  (request: TransportRequest, limits) =>
    Effect.callback((resume) => {
      const maxBytes = limits?.maxResponseBytes ?? options.maxResponseBytes ?? 1_048_576
      const exchange = new Exchange(resume, maxBytes, options.bodyMillis ?? 60_000)
      const { body, headers, method, url } = request
      agent.dispatch(
        { origin: url.origin, path: url.pathname + url.search, method, headers, body: body ?? null },
        exchange
      )
      return Effect.sync(() => exchange.abandon())
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
    (agent) => ({ send: send(agent, options) })
  )

/** Outbound HTTP over undici: keep-alive, mutual TLS, size limits, no redirects. */
export const layer: Layer.Layer<HttpTransport> = Layer.succeed(HttpTransport, { connect })
