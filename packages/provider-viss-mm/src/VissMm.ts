import {
  type Adapter,
  type HttpTransport,
  InvalidRequest,
  NotReady,
  type Operation,
  PaymentError,
  type Provider
} from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { runChecks } from "./check.ts"
import { bankingDaysOf, readConfig, type VissMmConfig } from "./config.ts"
import { configError, open } from "./connect.ts"
import { type Call, paymentError, type Trouble } from "./errors.ts"
import { RefusedValue } from "./internal/RefusedValue.ts"
import { expiryOf, type RefusedInput, saveInput } from "./internal/request.ts"
import type { SaveInput, StatusInput } from "./internal/wire.ts"
import type { manifest } from "./manifest.ts"
import { manifestFor } from "./manifest.ts"
import { observeDocument, observeNotice, observeSaved, observeStatus, referenceOf } from "./mapping.ts"
import { options, type VissMmPaymentOptions } from "./options.ts"
import { fetchDocument } from "./receipts.ts"
import { makeSoapCall } from "./soap.ts"

/** The payment module of the Latvian state platform (VISS MM) as a provider. */
export type VissMm = Provider<typeof manifest, VissMmPaymentOptions, "viss-mm", HttpTransport | Scope.Scope>

const invalid = (operation: Operation, instance: string, { field, message }: RefusedInput): PaymentError =>
  new PaymentError({ instance, operation, reason: new InvalidRequest({ field, message }) })

/** `RefusedValue` says a path of the message, which names no value; it is the caller's input that does not fit. */
const toPaymentError =
  (call: Call, instance: string) =>
  (error: Trouble | RefusedValue): PaymentError =>
    error instanceof RefusedValue
      ? new PaymentError({
          instance,
          operation: call === "wsdl" ? "start" : call,
          reason: new InvalidRequest({ field: error.path, message: `${error.message}.` })
        })
      : paymentError(call, error, instance)

const makeAdapter = Effect.fnUntraced(function* (
  config: VissMmConfig
): Effect.fn.Return<Adapter<typeof manifest, VissMmPaymentOptions>, PaymentError, HttpTransport | Scope.Scope> {
  const settings = yield* Effect.mapError(Effect.fromResult(readConfig(config)), configError)
  const opened = yield* open(settings)
  const { connection, plans, readXml } = opened
  const endpoint = settings.paymentRequestService
  const save = makeSoapCall<SaveInput>(plans.save, endpoint, connection, readXml)
  const askStatus = makeSoapCall<StatusInput>(plans.status, endpoint, connection, readXml)

  return {
    create: Effect.fn("VissMm.create")(function* (input) {
      const { environment } = settings
      const request = yield* Effect.mapError(Effect.fromResult(saveInput(input, settings)), (refused) =>
        invalid("create", input.instance, refused)
      )
      const look = {
        ...input.options.presentation,
        ...(input.language === undefined ? {} : { language: input.language })
      }
      return yield* save(request).pipe(
        Effect.flatMap((answer) => Effect.fromResult(observeSaved(answer, look, environment))),
        Effect.mapError(toPaymentError("create", input.instance))
      )
    }),

    status: Effect.fn("VissMm.status")(function* (attempt) {
      const paymentRequestId = referenceOf(attempt)
      // A reply that was lost took the id with it: MM can be asked once a notice has told it.
      if (paymentRequestId === undefined) return []
      const context = { now: attempt.now, expiresAt: expiryOf(attempt.deadline, settings) }
      return yield* askStatus({ paymentRequestId }).pipe(
        Effect.flatMap((answer) => Effect.fromResult(observeStatus(answer, context))),
        Effect.mapError(toPaymentError("status", attempt.instance))
      )
    }),

    receipt: Effect.fn("VissMm.receipt")(function* (attempt, format) {
      const { instance } = attempt
      const paymentRequestId = referenceOf(attempt)
      if (paymentRequestId === undefined) {
        const reason = new NotReady({ message: "MM has not told yet what it calls the payment request." })
        return yield* new PaymentError({ instance, operation: "receipt", reason })
      }
      const { environment, invoices, maxReceiptBytes: maxBytes } = settings
      return yield* fetchDocument({ connection, invoices, readXml, maxBytes, format, paymentRequestId }).pipe(
        Effect.flatMap((document) =>
          Effect.map(
            Effect.fromResult(observeDocument(document, paymentRequestId, environment)),
            (observations) =>
              ({
                _tag: "document",
                mediaType: format === "pdf" ? "application/pdf" : "application/xml",
                bytes: document.bytes,
                observations
              }) as const
          )
        ),
        Effect.mapError((trouble) => paymentError("receipt", trouble, instance))
      )
    }),

    webhook: Effect.fn("VissMm.webhook")((inbound) => {
      const { content, observed } = observeNotice(inbound)
      // ASSUMPTION(viss-mm#9): MM takes 200 for delivered and calls again after 503; the guide names neither.
      return Effect.succeed({
        observations: [observed],
        content,
        acknowledge: { status: 200 },
        tryAgain: { status: 503 }
      })
    }),

    check: Effect.fn("VissMm.check")(() => runChecks(opened, settings))
  }
})

/**
 * Configures VISS MM. Nothing is opened or checked until `make` runs, which fails with `NotConfigured` naming the field,
 * or with `AuthenticationFailed` for a certificate out of its dates.
 *
 * **Gotchas** Without `wsdl` the draft of this package is used: fit for the sandbox, but not MM's own.
 */
export const vissMm = (config: VissMmConfig): VissMm => ({
  instance: "viss-mm",
  environment: config.environment,
  manifest: manifestFor(bankingDaysOf(config)),
  options,
  make: makeAdapter(config)
})
