import { type HttpTransport, InvalidRequest, type PaymentError, paymentError, Unsupported } from "@maksa/core"
import * as Effect from "effect/Effect"

import { isGuid } from "./internal/wire.ts"
import type { PositionStatus, Service } from "./internal/service.ts"
import type { VissMmConfig, VissMmPaymentApiConfig } from "./options.ts"

/** What MM says of one price-list position: its letter (P, E, R, O), and the bank, as MM spells them. */
export interface AskedPosition extends PositionStatus {
  readonly position: string
}

// Loaded when it is asked: a program that only takes payments never needs it.
const paymentApi = Effect.promise(() => import("./internal/payment-api/adapter.ts"))
const x509 = Effect.promise(() => import("./internal/x509/adapter.ts"))
const verbs = Effect.promise(() => import("./internal/verbs.ts"))

const open = Effect.fnUntraced(function* (config: VissMmConfig | VissMmPaymentApiConfig) {
  if (config.service === "payment-api") {
    const { service } = yield* (yield* paymentApi).openPaymentApiService(config)
    return service satisfies Service
  }
  return (yield* (yield* x509).openX509Service(config)).service
})

const failed = (reason: PaymentError["reason"]): PaymentError => paymentError({ instance: "viss-mm" }, "status", reason)

/**
 * Asks MM about single price-list positions of a payment request (CheckPaymentStatus), for a support desk: payments know
 * no positions, so nothing is recorded. Opens its own connection and closes it.
 *
 * Fails with `Unsupported` where the WSDL in use has no CheckPaymentStatus that takes a position.
 */
export const askPositions = (
  config: VissMmConfig | VissMmPaymentApiConfig,
  paymentRequestId: string,
  positions: ReadonlyArray<string>
): Effect.Effect<ReadonlyArray<AskedPosition>, PaymentError, HttpTransport> =>
  Effect.gen(function* () {
    if (!isGuid(paymentRequestId)) {
      return yield* failed(
        new InvalidRequest({ field: "paymentRequestId", message: "paymentRequestId must be a GUID." })
      )
    }
    const { toPaymentError } = yield* verbs
    const ask: Service["position"] = (yield* open(config)).position
    if (ask === undefined) {
      const message = "The WSDL in use has no CheckPaymentStatus that tells positions apart."
      return yield* failed(new Unsupported({ message }))
    }
    return yield* Effect.forEach(positions, (position) =>
      Effect.mapBoth(ask(paymentRequestId, position), {
        onFailure: toPaymentError({ instance: "viss-mm" }, "status"),
        onSuccess: (answer) => ({ position, ...answer })
      })
    )
  }).pipe(Effect.scoped)
