import {
  type Asking,
  type Environment,
  type Extras,
  InvalidRequest,
  type Observed,
  type PaymentError,
  paymentError,
  type ReceiptResult,
  type Verbs
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"

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
import type { Service, StreamedDocument, WholeDocument } from "./service.ts"

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

type Observing = Effect.Effect<ReadonlyArray<Observed>, PaymentError>

/**
 * A verb with its span. `Effect.fn` would also capture the caller's stack at every call: it is the engine's, always the
 * same, and costs more than the rest of the span.
 */
const spanned = <Input, A>(
  verb: string,
  run: (input: Input) => Effect.Effect<A, PaymentError>
): ((input: Input) => Effect.Effect<A, PaymentError>) => {
  const span = Effect.withSpan(`VissMm.${verb}`, undefined, { captureStackTrace: false })
  return (input) => span(Effect.suspend(() => run(input)))
}

const isWhole = (document: WholeDocument | StreamedDocument): document is WholeDocument =>
  document.bytes instanceof Uint8Array

const findNothing: NonNullable<Service["find"]> = () => Effect.succeed(undefined)

/** The verbs over any of MM's services. */
export const makeVerbs = (
  { find = findNothing, ...service }: Service,
  settings: VerbSettings
): Verbs<VissMmPaymentOptions> & Pick<Extras, "check"> => ({
  create: spanned("create", (input) => {
    const request = saveInput(input, settings)
    if (Result.isFailure(request)) {
      return Effect.fail(invalid(input, "create", request.failure.field, request.failure.message))
    }
    const look = {
      ...input.options.presentation,
      ...(input.language === undefined ? {} : { language: input.language })
    }
    const { attemptId, urls } = input
    const order = { attemptId, urls, deadline: expiryOf(input.deadline, settings) }
    const failed = toPaymentError(input, "create")
    return Effect.matchEffect(service.save(request.success, order), {
      onFailure: (error) => Effect.fail(failed(error)),
      onSuccess: (saved) =>
        "place" in saved
          ? Effect.succeed(observeElsewhere(saved))
          : Effect.fromResult(Result.mapError(observeSaved(saved, look, settings.environment), failed))
    })
  }),

  status: spanned("status", (attempt) => {
    const failed = toPaymentError(attempt, "status")
    const context = { now: attempt.now, expiresAt: expiryOf(attempt.deadline, settings) }
    const ask = (paymentRequestId: string) =>
      Effect.mapBoth(service.status(paymentRequestId), {
        onFailure: failed,
        onSuccess: (answer) => observeStatus(answer, context)
      })
    const known = referenceOf(attempt)
    if (known !== undefined) return ask(known)
    // A reply that was lost took the id with it: MM can be asked once a notice has told it, or something finds it.
    return Effect.flatMap(Effect.mapError(find(attempt.attemptId), failed), (found): Observing => {
      if (found === undefined) return Effect.succeed([])
      if ("providerCode" in found) return Effect.succeed([{ says: { _tag: "refused" }, trust: "proven", ...found }])
      const providerReference = found.id
      return Effect.map(ask(providerReference), (all) => all.map((observed) => ({ ...observed, providerReference })))
    })
  }),

  receipt: Effect.fn("VissMm.receipt")(function* (attempt, format): Effect.fn.Return<
    ReceiptResult,
    PaymentError,
    Scope.Scope
  > {
    if (service.document === undefined) return { _tag: "generate" }
    const paymentRequestId = referenceOf(attempt)
    if (paymentRequestId === undefined) return yield* noReference(attempt, "receipt")
    const failed = (trouble: Trouble) => mmError(attempt, "receipt", trouble)
    const document = yield* Effect.mapError(service.document(paymentRequestId, format), failed)
    const kind = { _tag: "document", mediaType: format === "pdf" ? "application/pdf" : "application/xml" } as const
    if (!isWhole(document)) return { ...kind, bytes: document.bytes, observations: [] }
    const observed = Effect.fromResult(observeDocument(document, paymentRequestId, settings.environment))
    return { ...kind, bytes: document.bytes, observations: yield* Effect.mapError(observed, failed) }
  }),

  webhook: Effect.fn("VissMm.webhook")((inbound) => {
    const { content, observed } = observeNotice(inbound)
    return Effect.succeed({ observations: [observed], content, ...acknowledgements })
  }),

  check: Effect.fn("VissMm.check")(() => service.checks())
})
