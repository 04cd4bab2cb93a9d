import { type HttpTransport, InvalidRequest, PaymentError, Unsupported } from "@maksa/core"
import * as Effect from "effect/Effect"

import { isGuid } from "./internal/wire.ts"
import { openPaymentApiService } from "./payment-api/provider.ts"
import type { VissMmPaymentApiConfig } from "./payment-api/config.ts"
import type { PositionStatus, Service } from "./service.ts"
import { toPaymentError } from "./verbs.ts"
import type { VissMmConfig } from "./x509/config.ts"
import { openX509Service } from "./x509/provider.ts"

/** What MM says of one price-list position: its letter (P, E, R, O), and the bank, as MM spells them. */
export interface AskedPosition extends PositionStatus {
  readonly position: string
}

const open = (config: VissMmConfig | VissMmPaymentApiConfig) =>
  config.service === "payment-api"
    ? Effect.map(openPaymentApiService(config), ({ service }): Service => service)
    : Effect.map(openX509Service(config), ({ service }) => service)

const failed = (reason: PaymentError["reason"]): PaymentError => new PaymentError({ operation: "status", reason })

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
    const ask = (yield* open(config)).position
    if (ask === undefined) {
      const message = "The WSDL in use has no CheckPaymentStatus that tells positions apart."
      return yield* failed(new Unsupported({ message }))
    }
    return yield* Effect.forEach(positions, (position) =>
      Effect.mapBoth(ask(paymentRequestId, position), {
        onFailure: toPaymentError("status"),
        onSuccess: (answer) => ({ position, ...answer })
      })
    )
  }).pipe(Effect.scoped)
