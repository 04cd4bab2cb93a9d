import type {
  AboutRepayments,
  AnyProvider,
  AttemptRecord,
  CreatePaymentsOptions,
  Extras,
  Manifest,
  Payment,
  PaymentEvent,
  PaymentsClient,
  Verbs
} from "@maksa/core"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Wire } from "./Wire.ts"
import type { OrderScenario, ProviderContract } from "./ProviderContract.ts"
import type {
  AttemptAtProvider,
  Notice,
  PayerAct,
  PageSeen,
  ProviderTruth,
  ProviderTurn,
  SandboxDriver
} from "./SandboxDriver.ts"

/** The client as the kit uses it: for a provider whose type it does not know. */
export type Client = PaymentsClient<AnyProvider>

/** The store under the engine, as a law may treat it. */
export interface StoreControls {
  /** While `true`, every unit is refused as on a full disk: nothing is written. */
  refuse(isRefusing: boolean): void
  /** Everything that is stored, as text: for the search for canaries. */
  dump(): string
}

/** What our address answered to the payer's browser. */
export interface Visited {
  readonly status: number
  /** Where it sends the browser on to. */
  readonly location?: string
}

/** What `create` takes here; the kit fills in provider, key and return address. */
export type OrderChanges = Partial<OrderScenario> & {
  readonly idempotencyKey?: string
  readonly merchantReference?: string
  readonly purpose?: string
  readonly deadline?: Date
  readonly language?: "lv" | "en" | "ru"
}

/**
 * One law's own world: a simulator reset to its start, an engine with the adapter under test on an empty store, and an
 * HTTP server of its own where the provider's messages arrive.
 */
export interface World extends AsyncDisposable {
  readonly contract: ProviderContract
  /** The order that this world is about: what `create` takes unless told otherwise. */
  readonly order: OrderScenario
  readonly driver: SandboxDriver
  readonly provider: AnyProvider
  readonly manifest: Manifest
  /** Verbs of the engine. After `restart` it is another one. */
  readonly payments: Client
  /** The adapter itself, opened beside the engine: for what the engine has no verb for. */
  adapter(): Promise<Verbs<unknown> & Partial<Extras & AboutRepayments>>
  /** Runs a call of the adapter by the world's clock; what it logs, traces and fails with is part of `output`. Its scope ends with it. */
  run<A, E>(effect: Effect.Effect<A, E, Scope.Scope>): Promise<A>
  /** What the adapter is told about the newest attempt. */
  record(payment: Pick<Payment, "id">): AttemptRecord
  readonly store: StoreControls
  /** What the adapter sends and gets. */
  readonly wire: Wire
  /** Addresses of ours that were called, oldest first: path and query. */
  readonly arrivals: ReadonlyArray<string>
  /** Events that the application heard, in order. */
  readonly events: ReadonlyArray<PaymentEvent>
  now(): number
  /** Creates a payment by the usual order, or by another; other members as given. */
  create(changes?: OrderChanges): Promise<Payment>
  /** Opens another attempt on a payment; earlier ones stay watched. */
  attempt(payment: Payment, changes?: OrderChanges): Promise<Payment>
  /** Follows an address of ours as the payer's browser would; redirects are answered, not followed. */
  visit(url: string): Promise<Visited>
  /** Like `create`, for commands that are expected to fail: answers the error. */
  refusal(command: () => Promise<unknown>): Promise<Error>
  /** The newest attempt as the driver needs it. */
  at(payment: Payment): AttemptAtProvider
  get(payment: Pick<Payment, "id">): Promise<Payment>
  act(payment: Payment, act: PayerAct): Promise<PageSeen>
  turn(payment: Payment, turn: ProviderTurn): Promise<void>
  truth(payment: Payment): Promise<ReadonlyArray<ProviderTruth>>
  /** Moves both clocks and does everything that is due, as the worker would. */
  advance(millis: number): Promise<void>
  /** Moves both clocks in one jump, as if nobody had worked meanwhile, and does what is due then. */
  leap(millis: number): Promise<void>
  /** Lets a minute pass: messages arrive, hints are followed up, due queries are made. */
  quiet(): Promise<void>
  /** Our webhook address for this provider, without a token. */
  readonly webhookUrl: string
  /** Sends a message to our webhook address over HTTP; answers the HTTP status. */
  deliver(notice: Notice): Promise<number>
  /** Ends the engine and starts another on the same store: nothing in memory survives. */
  restart(changes?: EngineChanges): Promise<void>
  /** Everything that left the program since the start: log lines, spans, errors, metrics, event payloads, addresses. */
  output(): string
}

/** Further settings of the engine for one law. */
export type EngineChanges = Partial<
  Pick<
    CreatePaymentsOptions<ReadonlyArray<AnyProvider>>,
    "fulfilment" | "publicBaseUrl" | "receipts" | "entropy" | "onDurableStep"
  >
>
