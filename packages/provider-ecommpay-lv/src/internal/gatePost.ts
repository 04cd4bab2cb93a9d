// One signed request to Gate, and what an answer means that is not the one hoped for.
import {
  type Asking,
  type Connection,
  InvalidRequest,
  type PaymentError,
  paymentError,
  retryAfter,
  type TransportResponse
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { SignableObject } from "../signature.ts"
import type { Settings } from "./configuration.ts"
import type { Credentials } from "./credentials.ts"
import { explicitFailure, gateError, type GateOperation } from "./errors.ts"
import { type Answer, decodeAnswer } from "./wire.ts"

/** The signature stands in `general` where the body has that member. */
type GateBody = SignableObject & { readonly general?: SignableObject }

export type GatePost = (
  asking: Asking,
  operation: GateOperation,
  path: string,
  body: GateBody,
  /** Paths of values that may hold `;` (`refuseSeparators`). */
  except?: ReadonlyArray<string>
) => Effect.Effect<TransportResponse, PaymentError>

export const makeGatePost = (connection: Connection, settings: Settings, credentials: Credentials): GatePost =>
  Effect.fnUntraced(function* (asking, operation, path, body, except) {
    const signed = credentials.sign(body, except)
    if (Result.isFailure(signed)) {
      const { message, path: field } = signed.failure
      return yield* paymentError(asking, operation, new InvalidRequest({ message, field }))
    }
    const signature = signed.success
    const { general } = body
    const whole = general === undefined ? { ...body, signature } : { ...body, general: { ...general, signature } }
    const request = {
      method: "POST",
      url: new URL(`${settings.gate.href.replace(/\/$/, "")}${path}`),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: new TextEncoder().encode(JSON.stringify(whole))
    } as const
    return yield* Effect.mapError(connection.send(request), (error) =>
      gateError(asking, operation, { phase: error.phase, detail: error.code })
    )
  })

/** An answer as Gate words acceptance and refusal; undefined if it is anything else. */
export const readAnswer = (response: TransportResponse): Answer | undefined =>
  Option.getOrUndefined(decodeAnswer(new TextDecoder().decode(response.body)))

export const isError = (answer: Answer): boolean => answer.status === "error" || (answer.errors ?? []).length > 0

/** An answer of Gate that is not the one hoped for, by the table of errors. */
export const unwanted = (asking: Asking, operation: GateOperation, response: TransportResponse): PaymentError => {
  const answer = readAnswer(response)
  const failure =
    answer !== undefined && isError(answer)
      ? explicitFailure(response.status, answer)
      : { phase: "answered" as const, http: response.status, detail: "it is not JSON of ecommpay" }
  return gateError(asking, operation, { ...failure, ...retryAfter(response.headers) })
}
