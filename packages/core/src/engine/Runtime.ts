// What every part of the engine works with. Built once by `Payments.make`.
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as RcMap from "effect/RcMap"
import type { FulfilmentPolicy } from "../Fulfilment.ts"
import type { ArchivedDocument, DocumentArchive } from "../DocumentArchive.ts"
import type { NewId } from "../Ids.ts"
import { InvalidRequest, type Operation, PaymentError, type PaymentErrorReason, Unavailable } from "../PaymentError.ts"
import type { AboutRepayments, AnyProvider, Extras, Verbs } from "../Provider.ts"
import type { ReceiptGenerator } from "../Receipts.ts"
import type { Store, StoreTransaction } from "../Store.ts"
import type { PaymentEvent } from "./events.ts"
import type { WantedDocument } from "./keptDocument.ts"

/** A provider instance that has been opened. */
export interface Instance {
  readonly provider: AnyProvider
  // The engine is written once for all providers; `options` were decoded by this provider's own schema.
  readonly adapter: Verbs<unknown> & Partial<Extras & AboutRepayments>
}

export interface Runtime {
  readonly store: Store
  readonly instances: ReadonlyMap<string, Instance>
  /** Without a trailing slash. */
  readonly publicBaseUrl: string
  readonly fulfilment: FulfilmentPolicy
  readonly receipts: ReceiptGenerator | undefined
  readonly archive: DocumentArchive | undefined
  /** Largest document of a provider, bytes. */
  readonly maxReceiptBytes: number
  readonly onEvent: ((event: PaymentEvent) => Promise<void> | void) | undefined
  readonly defaultDeadlineSeconds: number
  /** Who may approve a repayment. */
  readonly approval: Approval
  readonly newId: NewId
  /** Called after each durable step with its name; a test may end the process there. */
  readonly onDurableStep: (step: DurableStep) => void
  /** Documents on their way into the archive, so that readers of one document share one fetch of it. */
  readonly documents: RcMap.RcMap<WantedDocument, ArchivedDocument, PaymentError> | undefined
  /** Attempts that are being asked about right now, so that a second reason to ask joins the first. */
  readonly asking: Map<string, Promise<unknown>>
  /** Commands to providers under way; `close` waits for them. */
  readonly sending: Set<Fiber.Fiber<unknown, PaymentError>>
  /** Attempts of which a payer's answer is on its way to the provider: a second one would be another command. */
  readonly resuming: Set<string>
  /** Payments whose rows could not be folded, by id: tried again at a growing pace, in nobody's way. */
  readonly aside: Map<string, Aside>
  /** Wakes the background worker. */
  readonly wake: () => void
}

/** `another_person`: whoever asked for a repayment cannot approve it. */
export type Approval = "another_person" | "same_person"

/** How it stands with a payment whose rows could not be folded. */
export interface Aside {
  readonly tries: number
  /** Not tried again before, epoch milliseconds. */
  readonly until: number
  /** How many of its rows wait. */
  readonly rows: number
}

/** Every durable step, in order of a payment's life; the crash test kills the process after each of them. */
export const durableSteps = [
  "intent_committed",
  "submission_committed",
  "reply_committed",
  "webhook_committed",
  "query_started",
  "query_committed",
  "listing_committed",
  "receipt_committed",
  "folded",
  "event_delivered",
  "operator_committed",
  "repayment_committed",
  "repayment_submitted",
  "repayment_replied",
  "repayment_asked",
  "invoice_submitted",
  "invoice_replied"
] as const
export type DurableStep = (typeof durableSteps)[number]

export const now: Effect.Effect<number> = Clock.currentTimeMillis

export const failWith = (
  operation: Operation,
  reason: PaymentErrorReason,
  about: { readonly instance?: string; readonly paymentId?: string } = {}
): PaymentError => new PaymentError({ operation, reason, ...about })

/** Says at which instance an adapter's error happened. */
export const atInstance =
  (instance: string, paymentId?: string) =>
  (error: PaymentError): PaymentError =>
    failWith(error.operation, error.reason, { instance, ...(paymentId === undefined ? {} : { paymentId }) })

/** One store transaction. A store that fails is `Unavailable`: nothing was stored. Its own message may name files, not data. */
export const transact = <A>(
  runtime: Runtime,
  operation: Operation,
  unit: (tx: StoreTransaction) => Promise<A>
): Effect.Effect<A, PaymentError> =>
  Effect.tryPromise({
    try: () => runtime.store.transact(unit),
    catch: (cause) =>
      cause instanceof PaymentError
        ? cause
        : failWith(
            operation,
            new Unavailable({ message: "The store could not commit; nothing was stored. Try again." })
          )
  })

export const findInstance = (
  runtime: Runtime,
  operation: Operation,
  instance: string
): Effect.Effect<Instance, PaymentError> => {
  const found = runtime.instances.get(instance)
  return found === undefined
    ? Effect.fail(
        failWith(
          operation,
          new InvalidRequest({
            field: "provider",
            message: `There is no provider instance of that name. Configured: ${[...runtime.instances.keys()].join(", ")}.`
          })
        )
      )
    : Effect.succeed(found)
}
