import { type HttpTransport, InvalidRequest, type PaymentError, paymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import { readSettings } from "./internal/configuration.ts"
import type { AskedRequest } from "./internal/requestStatus.ts"
import type { EcommpayLvConfig } from "./options.ts"

// Loaded when it is asked: a program that only takes payments never needs it.
const adapter = Effect.promise(() => import("./internal/adapter.ts"))
const requestStatus = Effect.promise(() => import("./internal/requestStatus.ts"))

const asking = { instance: "ecommpay-lv" }

/** Published ids are groups of hexadecimal digits; nobody's account number or personal code looks like this. */
const isRequestId = (text: string): boolean =>
  text.length >= 16 && text.length <= 255 && /^[0-9a-z]+(?:-[0-9a-z]+)+$/i.test(text)

/**
 * Asks Gate what became of one request, by the `request_id` of its answer: for a support desk, about a request that failed
 * its checks. Reading only. Opens its own connection and closes it.
 *
 * Undefined where ecommpay knows no such request. What is told is no evidence: it moves no money, changes no payment and is
 * stored nowhere. How a payment stands is told by its `status`.
 *
 * Fails with `InvalidRequest` for a text that is no `request_id`, which is not sent, with `NotConfigured` for a wrong
 * configuration, with `AuthenticationFailed` for a project or key that ecommpay does not take, with `RateLimited` and
 * `Unavailable` where asking again helps, with `Refused` for another refusal, and with `MalformedResponse` for an answer that
 * is not signed or about another project.
 */
export const askRequest = (
  config: EcommpayLvConfig,
  requestId: string
): Effect.Effect<AskedRequest | undefined, PaymentError, HttpTransport> =>
  Effect.gen(function* () {
    if (!isRequestId(requestId)) {
      const message =
        "requestId must be the request_id of an answer of Gate: groups of letters and digits with '-' between."
      return yield* paymentError(asking, "status", new InvalidRequest({ message, field: "requestId" }))
    }
    const settings = yield* Effect.fromResult(readSettings(config))
    const { connect } = yield* adapter
    const { makeFindRequest } = yield* requestStatus
    const find = makeFindRequest(yield* connect(settings), settings)
    return yield* find(asking, requestId)
  }).pipe(Effect.scoped)
