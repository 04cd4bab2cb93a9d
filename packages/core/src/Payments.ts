/** The payment engine, typed by the providers that an application configures. Promise users: `createPayments`. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { DocumentArchive } from "./DocumentArchive.ts"
import type { PaymentEvent } from "./engine/events.ts"
import { makeEngine } from "./engine/Engine.ts"
import type { ListFilter } from "./engine/listing.ts"
import type { AnotherInvoice, InvoicePayer } from "./engine/issueInvoice.ts"
import type { Decide, Erase, Tie, Withdraw } from "./engine/operator.ts"
import type { ReceiptOptions } from "./engine/receipt.ts"
import type { ReconcileInput } from "./engine/reconcile/reconcile.ts"
import type { RepaymentListFilter } from "./engine/repayments/list.ts"
import type { StepInput } from "./engine/repayments/step.ts"
import type { Approval, DurableStep } from "./engine/Runtime.ts"
import type { DueReport } from "./engine/worker.ts"
import type { FulfilmentPolicy } from "./Fulfilment.ts"
import type { Entropy } from "./Ids.ts"
import type { HttpTransport } from "./HttpTransport.ts"
import type { Declared, ExtraName, Manifest } from "./Manifest.ts"
import type { Observation } from "./Observation.ts"
import type { PayeeInput, PayerInput } from "./Payer.ts"
import type { Payment } from "./Payment.ts"
import type { PaymentError } from "./PaymentError.ts"
import type { AnyProvider, BankOption, CheckResult, Provider } from "./Provider.ts"
import type { Reconciliation } from "./Reconciliation.ts"
import type { Receipt, ReceiptGenerator } from "./Receipts.ts"
import type { Repayment } from "./Repayment.ts"
import type { Store } from "./Store.ts"

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

interface RepayCommon {
  readonly paymentId: string
  /** A repeat with the same key and input gives the same repayment; other input is a `Conflict`. */
  readonly idempotencyKey: string
  readonly amount: MoneyInput
  /** Who asks for it. */
  readonly by: string
  /** Why; of a refund the provider and the payer may see it. */
  readonly reason: string
  /** Allows it although the money may still be undone by the provider; `by` answers for it. */
  readonly override?: boolean
}
/** What `repay` takes, by route; `manual` where none is named. */
export interface RepayManually extends RepayCommon {
  readonly route?: "manual"
}
/** The provider gives back what it took; once another person has approved it, Maksa submits it. */
export interface RepayByRefund extends RepayCommon {
  readonly route: "refund"
  /** Through which attempt; needed only where several have so much. */
  readonly attemptId?: string
}
/** The provider transfers the sum to an account; once another person has approved it, Maksa submits it. */
export interface RepayByPayout extends RepayCommon {
  readonly route: "payout"
  /** Kept encrypted, and erased with the payment. The check digits of the IBAN must hold. */
  readonly payee: PayeeInput
  readonly attemptId?: string
}
/** The routes that the providers `P` offer. */
export type RepayRequest<P extends AnyProvider> =
  | RepayManually
  | ([With<P, "refund">] extends [never] ? never : RepayByRefund)
  | ([With<P, "payout">] extends [never] ? never : RepayByPayout)

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
  /** Asks about every attempt that may still be paid now (each at most once in ten seconds) and answers the payment. */
  refresh(paymentId: string): Effect.Effect<PaymentAt<P>, PaymentError>
  /**
   * The document for the payer. With an archive it streams there first, is noted with who it is given to, and is read from
   * there; without one it is held in memory. What is cut off, too large or no document of its media type is not given
   * (`MalformedResponse`), nor what does not agree with the payment: `Conflict`, or `MalformedResponse` where it is another's.
   */
  receipt(paymentId: string, options: ReceiptOptions): Effect.Effect<Receipt, PaymentError>
  /** Stops offering a payment; late money is believed and shown. */
  withdraw(paymentId: string, input: Withdraw): Effect.Effect<PaymentAt<P>, PaymentError>
  /** An operator's decision: who, why, on what evidence. */
  decide(paymentId: string, input: Decide): Effect.Effect<PaymentAt<P>, PaymentError>
  /**
   * An operator's word that a request at the provider is an attempt whose reply was lost: who, why. Moves no money; the
   * provider is asked about it at once.
   */
  tie(paymentId: string, input: Tie): Effect.Effect<PaymentAt<P>, PaymentError>
  /** Asks for money to go back: never more than was received for good and is not on its way already. */
  repay(input: RepayRequest<P>): Effect.Effect<Repayment, PaymentError>
  /**
   * Moves a repayment on. Approving one that a provider carries out submits it, and the answer's status tells how far it came;
   * from then on the provider's word counts. People settle only what it leaves unknown, with evidence, and what came back.
   */
  stepRepayment(repaymentId: string, input: StepInput): Effect.Effect<Repayment, PaymentError>
  /** Those of one payment, oldest first. */
  repayments(paymentId: string): Effect.Effect<ReadonlyArray<Repayment>, PaymentError>
  /** Those of all payments, newest first. */
  listRepayments(filter?: RepaymentListFilter): Effect.Effect<ReadonlyArray<Repayment>, PaymentError>
  /**
   * Deletes personal data and raw messages of a payment, and archived documents of the classes that are named, by default
   * confirmations only: accounting documents must be kept by law. Status, digests and money facts stay. Safe to repeat.
   */
  erase(paymentId: string, what?: Erase): Effect.Effect<void, PaymentError>
  /** Folds, asks and delivers everything that is due now. The background worker does the same. */
  runDue(): Effect.Effect<DueReport, PaymentError>
}

/** Each optional verb, and the extra that a provider must declare for it. */
interface ExtraOf {
  readonly resume: "resume"
  readonly banks: "banks"
  readonly check: "check"
  readonly reconcile: "list"
  readonly issueInvoice: "issueInvoice"
  readonly payee: "payout"
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
  /**
   * Compares the provider's own list of a span of at most 366 days with our records, a day at a time, and keeps what the list
   * says as evidence. A second run over the same span changes nothing; one that is aborted may be run again.
   */
  reconcile(input: ReconcileInput<InstanceOf<With<P, "list">>>): Effect.Effect<Reconciliation, PaymentError>
  /**
   * Has the provider issue the invoice of a paid payment to a named payer, once: called again for the same payer it answers the
   * same document, for another one `Conflict`. After `OutcomeUnknown`, a crash included, nobody knows whether there is one: it is
   * not sent again, and every call answers `OutcomeUnknown` until `another` says who looked at the provider and has another one
   * issued. The payer's data goes to the provider; here only a keyed digest of it is kept.
   */
  issueInvoice(
    payment: PaymentAt<With<P, "issueInvoice">>,
    payer: InvoicePayer,
    another?: AnotherInvoice
  ): Effect.Effect<{ readonly documentId: string }, PaymentError>
  /** Who a payout goes to, for the person who is to approve it; personal data. `NotFound` after an erasure. */
  payee(repaymentId: string): Effect.Effect<PayeeInput, PaymentError>
}

/** `resume` and the other extras exist only if at least one provider of the application declares them. */
export type Payments<P extends AnyProvider> = Always<P> & {
  readonly [K in keyof Optional<P> as [With<P, ExtraOf[K]>] extends [never] ? never : K]: Optional<P>[K]
}

export interface PaymentsOptions<Ps extends ReadonlyArray<AnyProvider>> {
  readonly store: Store
  /** At least one; instance names are unique. */
  readonly providers: Ps
  /** Where this application is reached from outside, path included: providers and payers are sent there. */
  readonly publicBaseUrl: string | URL
  /** When the application may hand out what was paid for; there is no default. */
  readonly fulfilment: FulfilmentPolicy
  /** Who may approve a repayment; by default another person than who asked for it. */
  readonly repayments?: { readonly approval?: Approval }
  /** Makes confirmations for providers that issue no documents. */
  readonly receipts?: ReceiptGenerator
  /** Keeps every document that is given to anybody, and who it was given to. */
  readonly archive?: DocumentArchive
  /**
   * Largest document taken from a provider, bytes; default 32 MiB. An XML one may have 2 MiB at most. The adapter and the
   * archive have limits of their own.
   */
  readonly maxReceiptBytes?: number
  /** Hears of changes, at least once each, after they are durable. */
  readonly onEvent?: (event: PaymentEvent) => Promise<void> | void
  /** Deadline of a payment that states none, seconds; default ten days. */
  readonly defaultDeadlineSeconds?: number
  /** The background worker's pace, milliseconds (default 1,000); `false`: call `runDue` yourself. */
  readonly worker?: false | { readonly everyMillis: number }
  /**
   * Where the random part of ids comes from, for simulations that must repeat byte for byte. Refused with `NotConfigured`
   * if any provider is `live`: ids that can be foretold are no ids.
   */
  readonly entropy?: Entropy
  /** For crash tests: called after each durable step. */
  readonly onDurableStep?: (step: DurableStep) => void
}

/** The typed engine for Effect applications. */
export const make = <const Ps extends ReadonlyArray<AnyProvider>>(
  options: PaymentsOptions<Ps>
): Effect.Effect<Payments<Ps[number]>, PaymentError, HttpTransport | Scope.Scope> =>
  // The engine is written once, untyped by provider; this line is the border.
  Effect.map(makeEngine(options), (engine) => engine.verbs as unknown as Payments<Ps[number]>)
