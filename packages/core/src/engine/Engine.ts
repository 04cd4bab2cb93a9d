import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as RcMap from "effect/RcMap"
import type * as Scope from "effect/Scope"
import type { HttpTransport } from "../HttpTransport.ts"
import type { Inbound } from "../Inbound.ts"
import type { ExtraName } from "../Manifest.ts"
import { type Money, money } from "../Money.ts"
import type { Payment } from "../Payment.ts"
import { type PaymentError, Unsupported } from "../PaymentError.ts"
import type { PaymentsOptions } from "../Payments.ts"
import type { Acknowledgement, AnyProvider } from "../Provider.ts"
import type { AttemptRow } from "../Store.ts"
import type { WebhookError } from "../WebhookError.ts"
import { openInstances, readApproval, readBaseUrl, readCount, readEntropy, readFulfilment } from "./configuration.ts"
import { attempt, create, load } from "./create.ts"
import { payerReturned, webhook } from "./intake.ts"
import { toObservation } from "./ledger.ts"
import { list, type ListFilter } from "./listing.ts"
import { type AnotherInvoice, issueInvoice, type InvoicePayer } from "./issueInvoice.ts"
import { type Decide, decide, type Erase, erase, type Tie, tie, type Withdraw, withdraw } from "./operator.ts"
import { keepWanted, type WantedDocument } from "./keptDocument.ts"
import { ask } from "./query.ts"
import { receipt } from "./receipt.ts"
import { reconcile, type ReconcileInput } from "./reconcile/reconcile.ts"
import { carryOnOf } from "./repayments/carryOn.ts"
import { isAboutRepayment } from "./repayments/evidence.ts"
import { listRepayments, type RepaymentListFilter } from "./repayments/list.ts"
import { payee } from "./repayments/payee.ts"
import { repay, repaymentsOf } from "./repayments/request.ts"
import { type StepInput, stepRepayment } from "./repayments/step.ts"
import { resume } from "./resume.ts"
import { atInstance, failWith, findInstance, type Instance, type Runtime, transact } from "./Runtime.ts"
import { askDue, deliverDue, runDue } from "./worker.ts"
import { foldBatch } from "./pending.ts"

/** The engine's inside, for the HTTP handler and the Promise client. */
export interface Engine {
  readonly runtime: Runtime
  /** Verbs that exist for these providers, by name. */
  readonly verbs: Readonly<Record<string, (...args: ReadonlyArray<never>) => Effect.Effect<unknown, PaymentError>>>
  webhook(instance: string, token: string | undefined, inbound: Inbound): Effect.Effect<Acknowledgement, WebhookError>
  payerReturned(instance: string, token: string): Effect.Effect<AttemptRow | undefined, PaymentError>
}

const refresh = Effect.fn("Payments.refresh")(function* (
  runtime: Runtime,
  paymentId: string
): Effect.fn.Return<Payment, PaymentError> {
  const payment = yield* load(runtime, "status", paymentId)
  // Earlier attempts may still be paid until they have ended for good.
  const open = payment.attempts.filter((one) => one.finality === "soft" && one.id !== payment.current.id)
  yield* Effect.forEach(open, (one) => Effect.ignoreCause(ask(runtime, one.id)), { concurrency: 8, discard: true })
  yield* ask(runtime, payment.current.id)
  yield* carryOnOf(runtime, paymentId)
  return yield* load(runtime, "status", paymentId)
})

const extraOf = Effect.fnUntraced(function* <K extends "banks" | "check">(
  runtime: Runtime,
  extra: K,
  instance: string
): Effect.fn.Return<NonNullable<Instance["adapter"][K]>, PaymentError> {
  const { adapter } = yield* findInstance(runtime, extra, instance)
  const verb = adapter[extra]
  return verb === undefined
    ? yield* failWith(extra, new Unsupported({ message: `${instance} does not declare ${extra}.` }), { instance })
    : verb
})

// What arrives within this time is worked on together: acknowledgements must not wait for folding, nor share the disk with it.
const gatherMillis = 50
const foldAtOnce = 25

/** One duty of the background worker: a pass at its pace, and soon when something durable waits. A pass that breaks does not end it. */
const workForever = (
  duty: Effect.Effect<unknown, PaymentError>,
  latch: Latch.Latch,
  everyMillis: number
): Effect.Effect<never> =>
  Effect.forever(
    Effect.andThen(
      Effect.suspend(() => {
        latch.closeUnsafe()
        return Effect.catchCause(duty, () => Effect.logError("A pass of the payment worker broke; it goes on"))
      }),
      Effect.race(
        Effect.andThen(latch.await, Effect.sleep(Math.min(gatherMillis, everyMillis))),
        Effect.sleep(everyMillis)
      )
    )
  )

/** How long `close` waits for submissions under way; what has not answered by then is looked up after the next start. */
const drainLimit = "30 seconds"

/** Builds the engine: checks the configuration, opens every provider, starts the worker. Ends with its scope. */
export const makeEngine = Effect.fnUntraced(function* <const Ps extends ReadonlyArray<AnyProvider>>(
  options: PaymentsOptions<Ps>
): Effect.fn.Return<Engine, PaymentError, HttpTransport | Scope.Scope> {
  const publicBaseUrl = yield* readBaseUrl(options.publicBaseUrl, options.providers)
  const fulfilment = yield* readFulfilment(options.fulfilment)
  const { worker = { everyMillis: 1000 } } = options
  if (worker !== false) yield* readCount(worker.everyMillis, "worker.everyMillis")
  const newId = yield* readEntropy(options.entropy, options.providers)
  const instances = yield* openInstances(options.providers)
  const latches = { fold: Latch.makeUnsafe(false), ask: Latch.makeUnsafe(false), deliver: Latch.makeUnsafe(false) }
  const { archive } = options
  const documents =
    archive === undefined
      ? undefined
      : yield* RcMap.make({ lookup: (wanted: WantedDocument) => keepWanted(runtime, archive, wanted) })
  const runtime: Runtime = {
    store: options.store,
    instances,
    publicBaseUrl,
    fulfilment,
    receipts: options.receipts,
    archive,
    documents,
    maxReceiptBytes: yield* readCount(options.maxReceiptBytes ?? 32 * 1024 * 1024, "maxReceiptBytes"),
    onEvent: options.onEvent,
    defaultDeadlineSeconds: yield* readCount(options.defaultDeadlineSeconds ?? 10 * 86_400, "defaultDeadlineSeconds"),
    approval: yield* readApproval(options.repayments?.approval),
    newId,
    onDurableStep: options.onDurableStep ?? (() => {}),
    asking: new Map(),
    sending: new Set(),
    resuming: new Set(),
    aside: new Map(),
    wake: () => {
      for (const latch of Object.values(latches)) latch.openUnsafe()
    }
  }
  if (worker !== false) {
    // Apart from each other, so that a slow provider delays no event and a slow handler delays no question.
    const { everyMillis } = worker
    // A burst of messages is acknowledged first and folded after it, a batch at a time.
    const foldSome = Effect.flatMap(foldBatch(runtime, "status", foldAtOnce), ({ isFull, failure }) => {
      if (isFull) latches.fold.openUnsafe()
      return failure === undefined ? Effect.void : Effect.failCause(failure)
    })
    yield* Effect.forkScoped(workForever(foldSome, latches.fold, everyMillis))
    yield* Effect.forkScoped(workForever(askDue(runtime), latches.ask, everyMillis))
    yield* Effect.forkScoped(workForever(deliverDue(runtime), latches.deliver, everyMillis))
  }
  yield* Effect.addFinalizer(() =>
    Effect.ignore(
      Effect.timeout(Effect.forEach([...runtime.sending], Fiber.await, { concurrency: "unbounded" }), drainLimit)
    )
  )

  const declares = (extra: ExtraName): boolean =>
    [...instances.values()].some(({ provider }) => provider.manifest.extras[extra] !== false)
  const verbs: Engine["verbs"] = {
    create: (request: unknown) => create(runtime, request),
    attempt: (request: unknown) => attempt(runtime, request),
    get: (id: string) => load(runtime, "get", id),
    list: (filter?: ListFilter) => list(runtime, filter),
    history: (id: string) =>
      Effect.andThen(
        load(runtime, "get", id),
        Effect.map(
          transact(runtime, "get", (tx) => tx.observationsOf(id)),
          (rows) => rows.filter((row) => !isAboutRepayment(row)).map(toObservation)
        )
      ),
    refresh: (id: string) => refresh(runtime, id),
    receipt: (id: string, how: Parameters<typeof receipt>[2]) => receipt(runtime, id, how),
    withdraw: (id: string, input: Withdraw) => withdraw(runtime, id, input),
    tie: (id: string, input: Tie) => tie(runtime, id, input),
    decide: (id: string, input: Decide) => decide(runtime, id, input),
    repay: (input: unknown) => repay(runtime, input),
    stepRepayment: (id: string, input: StepInput) => stepRepayment(runtime, id, input),
    repayments: (id: string) => repaymentsOf(runtime, id),
    listRepayments: (filter?: RepaymentListFilter) => listRepayments(runtime, filter),
    erase: (id: string, what?: Erase) => erase(runtime, id, what),
    runDue: () => runDue(runtime),
    ...(declares("resume")
      ? {
          resume: (payment: Payment, input: Parameters<typeof resume>[2]) => resume(runtime, payment.current.id, input)
        }
      : {}),
    ...(declares("payout") ? { payee: (id: string) => payee(runtime, id) } : {}),
    ...(declares("list") ? { reconcile: (input: ReconcileInput) => reconcile(runtime, input) } : {}),
    ...(declares("issueInvoice")
      ? {
          issueInvoice: (payment: Payment, payer: InvoicePayer, another?: AnotherInvoice) =>
            issueInvoice(runtime, payment.id, payer, another)
        }
      : {}),
    ...(declares("banks")
      ? {
          banks: (instance: string, amount: Money) =>
            Effect.flatMap(extraOf(runtime, "banks", instance), (banks) =>
              banks(money(amount.minorUnits, amount.currency))
            )
        }
      : {}),
    ...(declares("check")
      ? {
          check: (instance: string) =>
            Effect.mapError(
              Effect.flatMap(extraOf(runtime, "check", instance), (check) => check()),
              atInstance(instance)
            )
        }
      : {})
  }
  return {
    runtime,
    verbs,
    webhook: (instance, token, inbound) => webhook(runtime, instance, token, inbound),
    payerReturned: (instance, token) => payerReturned(runtime, instance, token)
  }
})
