/** The payment engine, typed by the providers that an application configures. Promise users: `createPayments`. */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { attempt, create, load } from "./engine/create.ts"
import type { PaymentEvent } from "./engine/events.ts"
import { payerReturned, webhook } from "./engine/intake.ts"
import { toObservation } from "./engine/ledger.ts"
import { type Decide, decide, erase, type Withdraw, withdraw } from "./engine/operator.ts"
import { ask } from "./engine/query.ts"
import { receipt } from "./engine/receipt.ts"
import { repay, type RepayInput, repaymentsOf, type StepInput, stepRepayment } from "./engine/repayments.ts"
import { resume } from "./engine/resume.ts"
import {
  atInstance,
  type DurableStep,
  failWith,
  findInstance,
  type Instance,
  type Runtime,
  transact
} from "./engine/Runtime.ts"
import { type DueReport, runDue } from "./engine/worker.ts"
import { nextUrl } from "./engine/urls.ts"
import { loadPayment } from "./engine/view.ts"
import type { FulfilmentPolicy } from "./Fulfilment.ts"
import type { HttpTransport } from "./HttpTransport.ts"
import type { Inbound } from "./Inbound.ts"
import { type Declared, type ExtraName, Manifest, type ReceiptFormat } from "./Manifest.ts"
import { type Money, money } from "./Money.ts"
import type { Observation } from "./Observation.ts"
import type { PayerInput } from "./Payer.ts"
import type { Payment } from "./Payment.ts"
import { InvalidRequest, NotConfigured, PaymentError, Unsupported } from "./PaymentError.ts"
import type { Acknowledgement, AnyProvider, BankOption, CheckResult, Provider } from "./Provider.ts"
import type { Receipt, ReceiptGenerator } from "./Receipts.ts"
import type { Repayment } from "./Repayment.ts"
import type { PaymentStatus } from "./State.ts"
import type { AttemptRow, PaymentFilter, Store } from "./Store.ts"
import type { WebhookError } from "./WebhookError.ts"

/** The providers of `P` that declare the extra `K`. Distributes over the union. */
export type With<P extends AnyProvider, K extends ExtraName> = P extends { readonly manifest: infer M extends Manifest }
  ? K extends Declared<M>
    ? P
    : never
  : never

// Reads the provider's own option type back out of its value; the other parameters do not matter here.
// oxlint-disable-next-line typescript/no-explicit-any
type OptionsOf<P> = P extends Provider<any, infer O, any, any> ? O : never

/** A sum as callers write it. */
export interface MoneyInput {
  readonly minorUnits: bigint
  readonly currency: string
}

/** A line as callers write it: a sum, or a position of the provider's price list times a quantity. */
export type LineInput =
  | { readonly amount: MoneyInput; readonly position?: string; readonly description?: string }
  | { readonly position: string; readonly quantity: string; readonly description?: string }

interface Common<Instance extends string, Options> {
  /** A repeat with the same key and input gives the same payment; other input is a `Conflict`. */
  readonly idempotencyKey: string
  readonly provider: Instance
  readonly payer?: PayerInput
  /** Until when the payer may pay: ISO 8601 with a zone, or a Date. */
  readonly deadline?: string | Date
  readonly language?: "lv" | "en" | "ru"
  /** The agency's page to which the payer comes back in the end. */
  readonly returnUrl: string
  /** The provider's own fields. */
  readonly options: Options
}

/** What `create` takes for the instance `Instance`, whose own fields are `Options`. Give `amount` or `lines`. */
export interface CreateRequest<Instance extends string, Options> extends Common<Instance, Options> {
  /** The agency's case or order number; also the purpose, unless one is given. */
  readonly merchantReference: string
  readonly purpose?: string
  readonly amount?: MoneyInput
  readonly lines?: ReadonlyArray<LineInput>
}
export interface AttemptRequest<Instance extends string, Options> extends Common<Instance, Options> {
  readonly paymentId: string
}

/** One variant per configured instance, so that `provider` decides the type of `options`. */
export type CreatePayment<P extends AnyProvider> = P extends AnyProvider
  ? CreateRequest<P["instance"], OptionsOf<P>>
  : never
export type NewAttempt<P extends AnyProvider> = P extends AnyProvider
  ? AttemptRequest<P["instance"], OptionsOf<P>>
  : never

/** A payment whose newest attempt is at the instance `Instance`. */
export interface PaymentOf<Instance extends string> extends Payment {
  readonly provider: Instance
}
/** A union by instance, so that `payment.provider === "x"` narrows it. */
export type PaymentAt<P extends AnyProvider> = P extends AnyProvider ? PaymentOf<P["instance"]> : never
export type InstanceOf<P extends AnyProvider> = P["instance"]

export interface ListFilter {
  readonly from?: string | Date
  readonly to?: string | Date
  readonly status?: PaymentStatus
  readonly merchantReference?: string
  /** Default 100, at most 1,000. */
  readonly limit?: number
  /** Continue after this payment of the last page. */
  readonly after?: Payment
}

/** The verbs that every application has. */
export interface Always<P extends AnyProvider> {
  /** Starts a payment. `OutcomeUnknown`: it exists and is being asked about; never create it again with another key. */
  create(request: CreatePayment<P>): Effect.Effect<PaymentAt<P>, PaymentError>
  /** Opens a new attempt on a payment; earlier ones stay watched. */
  attempt(request: NewAttempt<P>): Effect.Effect<PaymentAt<P>, PaymentError>
  get(paymentId: string): Effect.Effect<PaymentAt<P>, PaymentError>
  /** Newest first. */
  list(filter?: ListFilter): Effect.Effect<ReadonlyArray<PaymentAt<P>>, PaymentError>
  /** The evidence of a payment, in order of arrival. */
  history(paymentId: string): Effect.Effect<ReadonlyArray<Observation>, PaymentError>
  /** Asks the provider now (at most once in ten seconds) and answers the payment. */
  refresh(paymentId: string): Effect.Effect<PaymentAt<P>, PaymentError>
  receipt(
    paymentId: string,
    options: { readonly format: ReceiptFormat; readonly language?: "lv" | "en" | "ru" }
  ): Effect.Effect<Receipt, PaymentError>
  /** Stops offering a payment; late money is believed and shown. */
  withdraw(paymentId: string, input: Withdraw): Effect.Effect<PaymentAt<P>, PaymentError>
  /** An operator's decision: who, why, on what evidence. */
  decide(paymentId: string, input: Decide): Effect.Effect<PaymentAt<P>, PaymentError>
  /** Asks for money to go back by the manual route. */
  repay(input: RepayInput): Effect.Effect<Repayment, PaymentError>
  stepRepayment(repaymentId: string, input: StepInput): Effect.Effect<Repayment, PaymentError>
  repayments(paymentId: string): Effect.Effect<ReadonlyArray<Repayment>, PaymentError>
  /** Deletes personal data and raw messages of a payment; status, digests and money facts stay. */
  erase(paymentId: string): Effect.Effect<void, PaymentError>
  /** Folds, asks and delivers everything that is due now. The background worker does the same. */
  runDue(): Effect.Effect<DueReport, PaymentError>
}

interface Optional<P extends AnyProvider> {
  /** Sends what the payer entered for a `collect` action. */
  resume(
    payment: PaymentAt<With<P, "resume">>,
    input: { readonly fields: Readonly<Record<string, string>>; readonly consentText?: string }
  ): Effect.Effect<PaymentAt<P>, PaymentError>
  banks(
    instance: InstanceOf<With<P, "banks">>,
    amount: MoneyInput
  ): Effect.Effect<ReadonlyArray<BankOption>, PaymentError>
  /** Configuration, reachability and certificates of an instance. */
  check(instance: InstanceOf<With<P, "check">>): Effect.Effect<ReadonlyArray<CheckResult>, PaymentError>
}

/** `resume` and the other extras exist only if at least one provider of the application declares them. */
export type Payments<P extends AnyProvider> = Always<P> & {
  readonly [K in keyof Optional<P> as [With<P, K>] extends [never] ? never : K]: Optional<P>[K]
}

export interface PaymentsOptions<Ps extends ReadonlyArray<AnyProvider>> {
  readonly store: Store
  /** At least one; instance names are unique. */
  readonly providers: Ps
  /** Where this application is reached from outside, path included: providers and payers are sent there. */
  readonly publicBaseUrl: string | URL
  /** When the application may hand out what was paid for; there is no default. */
  readonly fulfilment: FulfilmentPolicy
  /** Makes confirmations for providers that issue no documents. */
  readonly receipts?: ReceiptGenerator
  /** Hears of changes, at least once each, after they are durable. */
  readonly onEvent?: (event: PaymentEvent) => Promise<void> | void
  /** Deadline of a payment that states none, seconds; default ten days. */
  readonly defaultDeadlineSeconds?: number
  /** The background worker's pace, milliseconds (default 1,000); `false`: call `runDue` yourself. */
  readonly worker?: false | { readonly everyMillis: number }
  /** For crash tests: called after each durable step. */
  readonly onDurableStep?: (step: DurableStep) => void
}

/** The engine's inside, for the HTTP handler and the Promise client. */
export interface Engine {
  readonly runtime: Runtime
  /** Verbs that exist for these providers, by name. */
  readonly verbs: Readonly<Record<string, (...args: ReadonlyArray<never>) => Effect.Effect<unknown, PaymentError>>>
  webhook(instance: string, token: string | undefined, inbound: Inbound): Effect.Effect<Acknowledgement, WebhookError>
  payerReturned(instance: string, token: string): Effect.Effect<AttemptRow | undefined, PaymentError>
}

const notConfigured = (message: string, field: string): PaymentError =>
  failWith("start", new NotConfigured({ message, field }))

const readBaseUrl = (
  input: string | URL,
  providers: ReadonlyArray<AnyProvider>
): Effect.Effect<string, PaymentError> => {
  const field = "publicBaseUrl"
  if (!URL.canParse(String(input))) return Effect.fail(notConfigured("publicBaseUrl must be an absolute URL.", field))
  const url = new URL(input)
  if (url.search !== "" || url.hash !== "" || url.username !== "") {
    return Effect.fail(notConfigured("publicBaseUrl may hold an origin and a path only.", field))
  }
  const isLoopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (
    url.protocol !== "https:" &&
    (url.protocol !== "http:" || (!isLoopback && providers.some((p) => p.environment !== "sandbox")))
  ) {
    return Effect.fail(
      notConfigured("publicBaseUrl must be https (http only on loopback or for sandbox providers).", field)
    )
  }
  return Effect.succeed(url.href.replace(/\/+$/, ""))
}

const openInstances = Effect.fnUntraced(function* (
  providers: ReadonlyArray<AnyProvider>
): Effect.fn.Return<ReadonlyMap<string, Instance>, PaymentError, HttpTransport | Scope.Scope> {
  if (providers.length === 0) return yield* notConfigured("Configure at least one provider.", "providers")
  const instances = new Map<string, Instance>()
  for (const provider of providers) {
    if (typeof provider !== "object" || provider === null || !("manifest" in provider)) {
      return yield* notConfigured(
        "A provider is the result of calling its function, such as vissMm({ ... }).",
        "providers"
      )
    }
    const { instance } = provider
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(instance)) {
      return yield* notConfigured("Instance names have lower-case letters, digits and single hyphens.", "providers")
    }
    if (instances.has(instance)) {
      return yield* notConfigured(
        `Two providers are called ${instance}; give one another name with named().`,
        "providers"
      )
    }
    yield* Effect.mapError(Schema.decodeUnknownEffect(Manifest)(provider.manifest), (error) =>
      notConfigured(`The manifest of ${instance} is not valid: ${error.message}`, "providers")
    )
    // An adapter knows itself by its own id; the instance's name is ours to say.
    const adapter = yield* Effect.mapError(provider.make, atInstance(instance))
    instances.set(instance, { provider, adapter })
  }
  return instances
})

const epoch = (value: string | Date | undefined, field: string): Effect.Effect<number | undefined, PaymentError> => {
  if (value === undefined) return Effect.succeed(undefined)
  const parsed = DateTime.make(value)
  return parsed._tag === "Some"
    ? Effect.succeed(DateTime.toEpochMillis(parsed.value))
    : Effect.fail(failWith("list", new InvalidRequest({ field, message: `${field} must be a moment in ISO 8601.` })))
}

const list = Effect.fn("Payments.list")(function* (
  runtime: Runtime,
  filter: ListFilter = {}
): Effect.fn.Return<ReadonlyArray<Payment>, PaymentError> {
  const from = yield* epoch(filter.from, "from")
  const to = yield* epoch(filter.to, "to")
  const limit = Math.min(Math.max(filter.limit ?? 100, 1), 1000)
  const query: PaymentFilter = {
    limit,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(filter.status === undefined ? {} : { status: filter.status }),
    ...(filter.merchantReference === undefined ? {} : { merchantReference: filter.merchantReference }),
    ...(filter.after === undefined
      ? {}
      : { before: { createdAt: DateTime.toEpochMillis(filter.after.createdAt), id: filter.after.id } })
  }
  return yield* transact(runtime, "list", async (tx) => {
    const payments: Array<Payment> = []
    for (const row of await tx.listPayments(query)) {
      payments.push(await loadPayment(tx, row, (attemptId) => nextUrl(runtime, attemptId)))
    }
    return payments
  })
})

const refresh = Effect.fn("Payments.refresh")(function* (
  runtime: Runtime,
  paymentId: string
): Effect.fn.Return<Payment, PaymentError> {
  const payment = yield* load(runtime, "status", paymentId)
  yield* ask(runtime, payment.current.id)
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

// What arrives within this time is folded together: acknowledgements must not wait for folding, nor share the disk with it.
const gatherMillis = 25

/** The background worker: a pass at its pace, and soon when something durable waits. A pass that breaks does not end it. */
const workForever = (runtime: Runtime, latch: Latch.Latch, everyMillis: number): Effect.Effect<never> =>
  Effect.forever(
    Effect.andThen(
      Effect.suspend(() => {
        latch.closeUnsafe()
        return Effect.catchCause(runDue(runtime), () =>
          Effect.logError("A pass of the payment worker broke; it goes on")
        )
      }),
      Effect.race(
        Effect.andThen(latch.await, Effect.sleep(Math.min(gatherMillis, everyMillis))),
        Effect.sleep(everyMillis)
      )
    )
  )

/** Builds the engine: checks the configuration, opens every provider, starts the worker. Ends with its scope. */
export const makeEngine = Effect.fnUntraced(function* <const Ps extends ReadonlyArray<AnyProvider>>(
  options: PaymentsOptions<Ps>
): Effect.fn.Return<Engine, PaymentError, HttpTransport | Scope.Scope> {
  const publicBaseUrl = yield* readBaseUrl(options.publicBaseUrl, options.providers)
  if (options.fulfilment?.policy === undefined) {
    return yield* notConfigured("Choose a fulfilment policy: eager, provisional-up-to or hard-only.", "fulfilment")
  }
  const instances = yield* openInstances(options.providers)
  const latch = Latch.makeUnsafe(false)
  const runtime: Runtime = {
    store: options.store,
    instances,
    publicBaseUrl,
    fulfilment:
      options.fulfilment.policy === "provisional-up-to"
        ? {
            policy: "provisional-up-to",
            limit: money(options.fulfilment.limit.minorUnits, options.fulfilment.limit.currency)
          }
        : options.fulfilment,
    receipts: options.receipts,
    onEvent: options.onEvent,
    defaultDeadlineSeconds: options.defaultDeadlineSeconds ?? 10 * 86_400,
    onDurableStep: options.onDurableStep ?? (() => {}),
    asking: new Map(),
    wake: () => latch.openUnsafe()
  }
  const { worker = { everyMillis: 1000 } } = options
  if (worker !== false) {
    yield* Effect.forkScoped(workForever(runtime, latch, worker.everyMillis))
  }

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
          (rows) => rows.map(toObservation)
        )
      ),
    refresh: (id: string) => refresh(runtime, id),
    receipt: (id: string, how: Parameters<typeof receipt>[2]) => receipt(runtime, id, how),
    withdraw: (id: string, input: Withdraw) => withdraw(runtime, id, input),
    decide: (id: string, input: Decide) => decide(runtime, id, input),
    repay: (input: RepayInput) => repay(runtime, input),
    stepRepayment: (id: string, input: StepInput) => stepRepayment(runtime, id, input),
    repayments: (id: string) => repaymentsOf(runtime, id),
    erase: (id: string) => erase(runtime, id),
    runDue: () => runDue(runtime),
    ...(declares("resume")
      ? {
          resume: (payment: Payment, input: Parameters<typeof resume>[2]) => resume(runtime, payment.current.id, input)
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

/** The typed engine for Effect applications. */
export const make = <const Ps extends ReadonlyArray<AnyProvider>>(
  options: PaymentsOptions<Ps>
): Effect.Effect<Payments<Ps[number]>, PaymentError, HttpTransport | Scope.Scope> =>
  // The engine is written once, untyped by provider; this line is the border.
  Effect.map(makeEngine(options), (engine) => engine.verbs as unknown as Payments<Ps[number]>)
