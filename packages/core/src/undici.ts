import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { Agent, type Dispatcher } from "undici"
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
      : code.includes("TIMEOUT")
        ? "timeout"
        : code === "UNKNOWN"
          ? "other"
          : "connection"

// `UND_ERR_SOCKET` occurs before and after the response head, so the phase comes from which await failed, not from the code.
const failedDuring =
  (phase: TransportPhase) =>
  (cause: unknown): TransportError => {
    const code = codeOf(cause)
    return new TransportError({
      phase: notSent.has(code) || serverCertificate.has(code) ? "not_sent" : phase,
      code,
      kind: kindOf(code)
    })
  }

const tooLarge = new TransportError({ phase: "response_incomplete", code: "MAKSA_TOO_LARGE", kind: "too_large" })

const tooSlow = new TransportError({ phase: "response_incomplete", code: "MAKSA_TOO_SLOW", kind: "timeout" })

/** Reads the body within its limits of size and time; a sender that drips bytes does not hold the call for ever. */
const readBody = async (
  body: Dispatcher.ResponseData["body"],
  maxBytes: number,
  maxMillis: number
): Promise<Uint8Array> => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    body.destroy()
  }, maxMillis)
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > maxBytes) {
        body.destroy()
        throw tooLarge
      }
      chunks.push(chunk)
    }
  } catch (cause) {
    throw isLate ? tooSlow : cause
  } finally {
    clearTimeout(timer)
  }
  if (isLate) throw tooSlow
  return Buffer.concat(chunks)
}

const send =
  (agent: Agent, options: ConnectionOptions): Connection["send"] =>
  (request: TransportRequest, limits) =>
    Effect.gen(function* () {
      const response = yield* Effect.tryPromise({
        try: (signal) =>
          agent.request({
            origin: request.url.origin,
            path: request.url.pathname + request.url.search,
            method: request.method,
            headers: request.headers,
            body: request.body ?? null,
            signal
          }),
        catch: failedDuring("sent_no_response")
      })
      const limit = limits?.maxResponseBytes ?? options.maxResponseBytes ?? 1_048_576
      const body = yield* Effect.tryPromise({
        try: (signal) => {
          signal.addEventListener("abort", () => response.body.destroy(), { once: true })
          return readBody(response.body, limit, options.bodyMillis ?? 60_000)
        },
        catch: (cause) => (cause instanceof TransportError ? cause : failedDuring("response_incomplete")(cause))
      })
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(response.headers)) {
        if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value
      }
      return { status: response.statusCode, headers, body } satisfies TransportResponse
    })

const text = (value: string | Uint8Array): string | Buffer => (typeof value === "string" ? value : Buffer.from(value))

const connect = (options: ConnectionOptions): Effect.Effect<Connection, TransportError, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.try({
        try: () => {
          const { tls } = options
          return new Agent({
            connections: options.maxConnections ?? 10,
            pipelining: 1,
            keepAliveTimeout: 30_000,
            headersTimeout: options.responseTimeoutMillis ?? 30_000,
            bodyTimeout: options.responseTimeoutMillis ?? 30_000,
            maxHeaderSize: 32_768,
            connect: {
              timeout: options.connectTimeoutMillis ?? 5_000,
              rejectUnauthorized: true,
              minVersion: tls?.minVersion ?? "TLSv1.2",
              maxCachedSessions: 100,
              ...(tls?.ciphers === undefined ? {} : { ciphers: tls.ciphers }),
              ...(tls?.cert === undefined ? {} : { cert: text(tls.cert) }),
              ...(tls?.key === undefined ? {} : { key: text(tls.key) }),
              ...(tls?.pfx === undefined ? {} : { pfx: Buffer.from(tls.pfx) }),
              ...(tls?.passphrase === undefined ? {} : { passphrase: tls.passphrase }),
              ...(tls?.ca === undefined ? {} : { ca: tls.ca.map(text) })
            }
          })
        },
        catch: failedDuring("not_sent")
      }),
      // Calls in flight finish; new ones are refused by the scope's end.
      (agent) => Effect.promise(() => agent.close())
    ),
    (agent) => ({ send: send(agent, options) })
  )

/** Outbound HTTP over undici: keep-alive, mutual TLS, size limits, no redirects. */
export const layer: Layer.Layer<HttpTransport> = Layer.succeed(HttpTransport, { connect })
