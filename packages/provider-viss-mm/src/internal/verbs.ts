import {
  type Asking,
  type Environment,
  type Extras,
  InvalidRequest,
  type PaymentError,
  paymentError,
  type Verbs
} from "@maksa/core"
import * as Effect from "effect/Effect"

import { mmError, type MmOperation, type Trouble } from "./errors.ts"
import { RefusedValue } from "./RefusedValue.ts"
import { expiryOf, type RequestSettings, saveInput } from "./order.ts"
import {
  noReference,
  observeDocument,
  observeElsewhere,
  observeNotice,
  observeSaved,
  observeStatus,
  referenceOf
} from "./mapping.ts"
import type { VissMmPaymentOptions } from "../options.ts"
import type { Service } from "./service.ts"

/** Settings that every service has. */
export interface VerbSettings extends RequestSettings {
  readonly environment: Environment
}

const invalid = (asking: Asking, operation: MmOperation, field: string, message: string): PaymentError =>
  paymentError(asking, operation, new InvalidRequest({ field, message }))

/** `RefusedValue` says a path of the message, which names no value; it is the caller's input that does not fit. */
export const toPaymentError =
  (asking: Asking, operation: MmOperation) =>
  (error: Trouble | RefusedValue): PaymentError =>
    error instanceof RefusedValue
      ? invalid(asking, operation, error.path, `${error.message}.`)
      : mmError(asking, operation, error)

/** ASSUMPTION(viss-mm#9): MM takes 200 for delivered and calls again after 503; the guide names neither. */
export const acknowledgements = { acknowledge: { status: 200 }, tryAgain: { status: 503 } } as const

const findNothing: NonNullable<Service["find"]> = () => Effect.succeed(undefined)

/** The verbs over any of MM's services. */
export const makeVerbs = (
  { find = findNothing, ...service }: Service,
  settings: VerbSettings
): Verbs<VissMmPaymentOptions> & Pick<Extras, "check"> => ({
  create: Effect.fn("VissMm.create")(function* (input) {
    const request = yield* Effect.mapError(Effect.fromResult(saveInput(input, settings)), ({ field, message }) =>
      invalid(input, "create", field, message)
    )
    const look = {
      ...input.options.presentation,
      ...(input.language === undefined ? {} : { language: input.language })
    }
    return yield* service.save(request, { ...input, deadline: expiryOf(input.deadline, settings) }).pipe(
      Effect.flatMap((saved) =>
        "place" in saved
          ? Effect.succeed(observeElsewhere(saved))
          : Effect.fromResult(observeSaved(saved, look, settings.environment))
      ),
      Effect.mapError(toPaymentError(input, "create"))
    )
  }),

  status: Effect.fn("VissMm.status")(function* (attempt) {
    const known = referenceOf(attempt)
    // A reply that was lost took the id with it: MM can be asked once a notice has told it, or something finds it.
    const found =
      known === undefined
        ? yield* Effect.mapError(find(attempt.attemptId), toPaymentError(attempt, "status"))
        : { id: known }
    if (found === undefined) return []
    if ("providerCode" in found) return [{ says: { _tag: "refused" }, trust: "proven", ...found }]
    const paymentRequestId = found.id
    const context = { now: attempt.now, expiresAt: expiryOf(attempt.deadline, settings) }
    return yield* service.status(paymentRequestId).pipe(
      Effect.map((answer) =>
        observeStatus(answer, context).map((observed) =>
          known === undefined ? { ...observed, providerReference: paymentRequestId } : observed
        )
      ),
      Effect.mapError(toPaymentError(attempt, "status"))
    )
  }),

  receipt: Effect.fn("VissMm.receipt")(function* (attempt, format) {
    if (service.document === undefined) return { _tag: "generate" }
    const paymentRequestId = referenceOf(attempt)
    if (paymentRequestId === undefined) return yield* noReference(attempt, "receipt")
    return yield* service.document(paymentRequestId, format).pipe(
      Effect.flatMap((document) =>
        Effect.map(
          Effect.fromResult(observeDocument(document, paymentRequestId, settings.environment)),
          (observations) =>
            ({
              _tag: "document",
              mediaType: format === "pdf" ? "application/pdf" : "application/xml",
              bytes: document.bytes,
              observations
            }) as const
        )
      ),
      Effect.mapError((trouble) => mmError(attempt, "receipt", trouble))
    )
  }),

  webhook: Effect.fn("VissMm.webhook")((inbound) => {
    const { content, observed } = observeNotice(inbound)
    return Effect.succeed({ observations: [observed], content, ...acknowledgements })
  }),

  check: Effect.fn("VissMm.check")(() => service.checks())
})
