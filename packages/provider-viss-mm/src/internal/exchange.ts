import type { Connection, StreamedResponse, TransportError, TransportRequest, TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"

import { type Situation, Trouble } from "./errors.ts"

/**
 * OpenSSL's words for an alert by which the server turns the client's certificate (or its lack, or its ciphers) away.
 * Under TLS 1.3 it arrives after the request has left, yet the service behind the handshake never saw it.
 */
const clientAlert =
  /^ERR_SSL_(?:TLSV1|TLSV13|SSLV3|SSL\/TLS)_ALERT_(?:CERTIFICATE_\w+|\w+_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE|PROTOCOL_VERSION|INSUFFICIENT_SECURITY)$/

/** What a failed transport comes to. */
export const situationOfTransport = ({ code, kind, phase }: TransportError): Situation => {
  if (kind === "tls" && clientAlert.test(code) && phase !== "response_incomplete") return "client_not_trusted"
  // Any other alert ends the handshake for the server's own reasons.
  if (phase === "not_sent") return kind === "tls" && !code.includes("_ALERT_") ? "server_not_trusted" : "not_sent"
  if (phase === "sent_no_response") return "no_response"
  return kind === "too_large" ? "too_large" : kind === "timeout" ? "stalled" : "broken_off"
}

/** What an HTTP status comes to where only 200 is an answer; `undefined` for 200. */
export const situationOfStatus = (status: number): Situation | undefined => {
  switch (status) {
    case 200:
      return undefined
    case 204:
    case 205:
      return "no_content"
    case 401:
    case 403:
      return "forbidden"
    case 404:
    case 410:
      return "not_found"
    case 429:
      return "slow_down"
  }
  if (status >= 300 && status < 400) return "redirected"
  if (status >= 400 && status < 500) return "client_error"
  return status >= 500 && status < 600 ? "server_error" : "odd_status"
}

const secondsOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined

/** The trouble that an HTTP status other than 200 is. */
export const statusTrouble = ({
  headers,
  status
}: Pick<TransportResponse, "headers" | "status">): Trouble | undefined => {
  const situation = situationOfStatus(status)
  const retryAfterSeconds = secondsOf(headers["retry-after"])
  return situation === undefined
    ? undefined
    : new Trouble({
        situation,
        detail: `HTTP ${status}`,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
      })
}

const toTrouble = (error: TransportError): Trouble =>
  new Trouble({ situation: situationOfTransport(error), detail: error.code })

/** One exchange, and what its answer is read as; an answer with any HTTP status is an answer. */
export const exchangeAs = <A>(
  connection: Connection,
  request: TransportRequest,
  maxResponseBytes: number,
  read: (response: TransportResponse) => Result.Result<A, Trouble>
): Effect.Effect<A, Trouble> =>
  Effect.matchEffect(connection.send(request, { maxResponseBytes }), {
    onFailure: (error) => Effect.fail(toTrouble(error)),
    onSuccess: (response) => Effect.fromResult(read(response))
  })

/** One exchange whose answer is taken as it is. */
export const exchange = (
  connection: Connection,
  request: TransportRequest,
  maxResponseBytes: number
): Effect.Effect<TransportResponse, Trouble> => exchangeAs(connection, request, maxResponseBytes, Result.succeed)

/** The same for an answer too large to hold; one whose body is not read to its end is given up with the scope. */
export const exchangeStreamed = (
  connection: Connection,
  request: TransportRequest,
  maxResponseBytes: number
): Effect.Effect<StreamedResponse, Trouble, Scope.Scope> =>
  Effect.mapError(connection.stream(request, { maxResponseBytes }), toTrouble)
