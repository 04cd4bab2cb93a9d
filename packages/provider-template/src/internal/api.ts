// One exchange with the provider: signed both ways, believed only where the reply's signature is right.
import {
  type Asking,
  type Connection,
  type Operation,
  type PaymentError,
  retryAfter,
  type TransportResponse
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { Settings } from "./configuration.ts"
import { type Credentials, signatureHeader } from "./credentials.ts"
import { apiError, malformed } from "./errors.ts"
import { ErrorReply, readMessage } from "./wire.ts"

export interface Call {
  readonly asking: Asking
  readonly operation: Operation
  readonly method: "GET" | "POST"
  /** Path and query. */
  readonly target: string
  /** Sent as JSON; the same content always gives the same bytes. */
  readonly content?: object
}

export interface Api {
  /** A verified reply's bytes. */
  fetch(call: Call): Effect.Effect<TransportResponse, PaymentError>
  /** A verified reply, read by its schema; its bytes are kept as evidence. */
  ask<A extends { readonly account: string }>(
    call: Call,
    schema: Schema.Codec<A, unknown>
  ): Effect.Effect<{ readonly reply: A; readonly evidence: Uint8Array }, PaymentError>
}

/** Largest reply; documents are smaller too. */
const maxResponseBytes = 2 * 1024 * 1024

export const makeApi = (connection: Connection, settings: Settings, credentials: Credentials): Api => {
  const fetch: Api["fetch"] = Effect.fnUntraced(function* ({ asking, content, method, operation, target }) {
    const body = new TextEncoder().encode(content === undefined ? "" : JSON.stringify(content))
    const request = {
      method,
      url: new URL(`${settings.api}${target}`),
      headers: {
        accept: "application/json, application/pdf, application/xml",
        ...(content === undefined ? {} : { "content-type": "application/json" }),
        ...credentials.headers(method, target, body)
      },
      ...(content === undefined ? {} : { body })
    }
    const response = yield* Effect.mapError(connection.send(request, { maxResponseBytes }), (error) =>
      apiError(asking, operation, { phase: error.phase, detail: error.code })
    )
    const { headers, status } = response
    const isSigned = credentials.verifyReply(headers[signatureHeader] ?? "", method, target, status, response.body)
    if (isSigned && (status === 200 || status === 201)) return response
    const error = readMessage(ErrorReply, response.body)
    return yield* apiError(asking, operation, {
      phase: "answered",
      http: status,
      isGenuine: isSigned,
      ...(Result.isSuccess(error) ? { code: error.success.error.code } : {}),
      ...(isSigned ? {} : { detail: "without the provider's signature" }),
      ...retryAfter(headers)
    })
  })

  return {
    fetch,
    ask: Effect.fnUntraced(function* (call, schema) {
      const { body } = yield* fetch(call)
      const read = readMessage(schema, body)
      if (Result.isFailure(read)) return yield* malformed(call.asking, call.operation, read.failure)
      if (read.success.account !== settings.account) {
        return yield* malformed(call.asking, call.operation, "it is about another account")
      }
      return { reply: read.success, evidence: body }
    })
  }
}
