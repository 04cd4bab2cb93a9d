import type * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { HttpTransport } from "./HttpTransport.ts"
import type { Inbound } from "./Inbound.ts"
import type { ListedPayment, Span } from "./ListedPayment.ts"
import type { Declared, ExtraName, Manifest, ReceiptFormat } from "./Manifest.ts"
import type { Money } from "./Money.ts"
import type { Observed } from "./Observation.ts"
import type { Payee, Payer } from "./Payer.ts"
import type { PaymentError } from "./PaymentError.ts"
import type { PriceLine } from "./PriceLine.ts"
import type { RepaymentObserved } from "./Repayment.ts"
import type { WebhookError } from "./WebhookError.ts"

/** Sandbox: a simulator. Test: the provider's test environment. Live: citizens' money. There is no default. */
export type Environment = "sandbox" | "test" | "live"

/** What an adapter knows of an attempt; times are epoch milliseconds. */
export interface AttemptRecord {
  readonly paymentId: string
  /** Unique in lower case for ever: fit to be the provider's own payment id. */
  readonly attemptId: string
  readonly instance: string
  readonly merchantReference: string
  /** What the provider calls it; absent until known. */
  readonly providerReference?: string
  /** Absent while the provider prices a tariff line. */
  readonly total?: Money
  readonly lines: ReadonlyArray<PriceLine>
  readonly createdAt: number
  /** When the first byte of `create` may have left; absent if nothing was ever submitted. */
  readonly submittedAt?: number
  readonly deadline: number
  /** Now, by the engine's clock. */
  readonly now: number
}

/** What `create` works from. The same input always gives the same bytes on the wire. */
export interface CreateInput<O> extends AttemptRecord {
  readonly purpose: string
  readonly payer?: Payer
  readonly language?: "lv" | "en" | "ru"
  readonly options: O
  readonly urls: {
    /** Where the payer's browser comes back to; carries the payer's token. */
    readonly return: string
    /** Where the provider's server calls. Where notices are hints, it carries a token that the payer never sees. */
    readonly webhook: string
    /** Our page that does or shows the payer's next action. */
    readonly next: string
  }
}

/**
 * A document of the provider; or the word that core must generate one. Core checks that it is a whole one of its media type
 * before anybody is given it. Bytes that the adapter has read may prove something, such as the sum. A document given as a
 * stream is never held in memory, so it proves nothing: it is no evidence that core could keep.
 */
export type ReceiptResult =
  | {
      readonly _tag: "document"
      readonly mediaType: "application/pdf" | "application/xml"
      readonly bytes: Uint8Array
      readonly observations: ReadonlyArray<Observed>
    }
  | {
      readonly _tag: "document"
      readonly mediaType: "application/pdf" | "application/xml"
      /** May end with a `PaymentError`, or with the transport's own error. */
      readonly bytes: ReadableStream<Uint8Array>
      readonly observations: readonly []
    }
  | { readonly _tag: "generate" }

/** An HTTP answer to the provider's server. */
export interface Acknowledgement {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a provider's message tells, once it has been verified as far as it can be. */
export interface Verdict {
  readonly observations: ReadonlyArray<
    Observed & {
      /** Which attempt it is about: our attempt id, or what the provider calls it. Absent: the token in the URL says it. */
      readonly about?: { readonly attemptId: string } | { readonly providerReference: string }
    }
  >
  /** What the message tells of repayments. A payout's message is never about a purchase. */
  readonly repayments?: ReadonlyArray<RepaymentObserved & { readonly about: { readonly repaymentId: string } }>
  /**
   * The verified content, from which the digest is taken; equal contents are one message. Of hints it is not used: each
   * makes core ask, at most every ten seconds, so a notice that only names an id may come again and again.
   */
  readonly content: Uint8Array
  /** Sent after the observations are stored. */
  readonly acknowledge: Acknowledgement
  /** Sent when they could not be stored: must make the provider try again. */
  readonly tryAgain: Acknowledgement
}

/** The four verbs of every provider. */
export interface Verbs<O> {
  /**
   * Starts the collection. `OutcomeUnknown` says that the provider may have carried it out; `Refused` that it did not.
   * Everything else that fails must fail before a byte leaves.
   */
  create(input: CreateInput<O>): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  /** Asks the provider. Reading only: may be repeated. */
  status(attempt: AttemptRecord): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  /** Fetches the provider's document. A streamed one is read before the scope ends, which gives up what is left of it. */
  receipt(attempt: AttemptRecord, format: ReceiptFormat): Effect.Effect<ReceiptResult, PaymentError, Scope.Scope>
  /** Verifies and translates a message of the provider's server. No I/O. */
  webhook(inbound: Inbound): Effect.Effect<Verdict, WebhookError>
}

export interface BankOption {
  readonly id: string
  readonly name: string
  readonly min?: Money
  readonly max?: Money
}

/** The optional verbs; each exists only where the manifest declares it. */
export interface Extras {
  /** Sends what the payer entered for a `collect` action; `consentText` goes back exactly as it was shown. */
  resume(
    attempt: AttemptRecord,
    input: { readonly fields: Readonly<Record<string, string>>; readonly consentText?: string }
  ): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  /** Asks the provider to stop offering the attempt. */
  withdraw(attempt: AttemptRecord): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  /**
   * Asks the provider to give `amount` of this attempt's money back; the same `repaymentId` is the same refund. Answers what
   * the reply says of it, if anything. `status` of the purchase says nothing of it: it stays paid, and given back. Fails as
   * `create` does.
   */
  refund(
    attempt: AttemptRecord,
    refund: RepaymentCommand & { readonly reason: string }
  ): Effect.Effect<ReadonlyArray<RepaymentObserved>, PaymentError>
  /** Sends `amount` from the agency's account to the payee's; the same `repaymentId` is the same payout. Fails as `create` does. */
  payout(
    attempt: AttemptRecord,
    payout: RepaymentCommand & { readonly payee: Payee; readonly payer?: Payer }
  ): Effect.Effect<ReadonlyArray<RepaymentObserved>, PaymentError>
  /**
   * The provider's own list of the payments that were begun in a span of time, or of which something ended in it (the
   * manifest's `list.by` says which), whole and each once, for reconciliation. Reading only: may be repeated. Half a list is
   * a failure.
   */
  list(span: Span): Effect.Effect<ReadonlyArray<ListedPayment>, PaymentError>
  banks(amount: Money): Effect.Effect<ReadonlyArray<BankOption>, PaymentError>
  issueInvoice(
    attempt: AttemptRecord,
    payer: { readonly name: string; readonly code: string; readonly address: string }
  ): Effect.Effect<{ readonly documentId: string }, PaymentError>
  /** Configuration, reachability and certificates, for health pages. */
  check(): Effect.Effect<ReadonlyArray<CheckResult>, PaymentError>
}

/** What an adapter knows of money that it is to send back. */
export interface RepaymentRecord {
  /** Unique in lower case for ever: fit to be the provider's own id. */
  readonly repaymentId: string
  readonly amount: Money
}

/** What `refund` and `payout` work from. */
export interface RepaymentCommand extends RepaymentRecord {
  /** Where the provider's server calls about it; the message itself must name the repayment. */
  readonly webhook: string
}

/** The verb that comes with `refund` or `payout`. */
export interface AboutRepayments {
  /** Asks the provider about one repayment. Reading only: may be repeated. */
  repaymentStatus(
    attempt: AttemptRecord,
    repayment: RepaymentRecord & { readonly route: "refund" | "payout" }
  ): Effect.Effect<ReadonlyArray<RepaymentObserved>, PaymentError>
}

export interface CheckResult {
  readonly name: string
  readonly isOk: boolean
  /** Works, yet somebody must act before it stops to: a certificate that ends soon, say. */
  readonly isWarning?: boolean
  readonly message: string
  /** For certificates: when it ends, epoch milliseconds. */
  readonly expiresAt?: number
}

/** What an adapter with the manifest `M` must have, and what it must not have. */
export type Adapter<M extends Manifest, O> = Verbs<O> &
  Pick<Extras, Declared<M>> & { readonly [K in Exclude<ExtraName, Declared<M>>]?: never } & ([
    Declared<M> & ("refund" | "payout")
  ] extends [never]
    ? { readonly [K in keyof AboutRepayments]?: never }
    : AboutRepayments)

/** A configured provider instance, as a value: nothing is opened until `make` runs. */
export interface Provider<M extends Manifest, O, Instance extends string = M["id"], R = never> {
  readonly instance: Instance
  readonly environment: Environment
  readonly manifest: M
  /** Decodes what `create` takes as `options`. */
  readonly options: Schema.Codec<O, unknown>
  readonly make: Effect.Effect<Adapter<M, O>, PaymentError, R>
}

/** What the engine needs of a provider whose type it does not know. */
export interface AnyProvider {
  readonly instance: string
  readonly environment: Environment
  readonly manifest: Manifest
  // The engine decodes `options` by this schema and hands the result back to the same provider; only it knows the type.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly options: Schema.Codec<any, any>
  readonly make: Effect.Effect<
    // oxlint-disable-next-line typescript/no-explicit-any
    Verbs<any> & Partial<Extras & AboutRepayments>,
    PaymentError,
    HttpTransport | Scope.Scope
  >
}

type Named<P, Instance extends string> =
  P extends Provider<infer M, infer O, string, infer R> ? Provider<M, O, Instance, R> : never

/** The same provider as another instance: two ecommpay projects, or the certificates of two departments, in one app. */
export const named = <const Instance extends string, P extends AnyProvider>(
  instance: Instance,
  provider: P
): Named<P, Instance> =>
  // the spread keeps P's members; TypeScript cannot see that `Named<P>` is P with another literal in `instance`.
  ({ ...provider, instance }) as unknown as Named<P, Instance>
