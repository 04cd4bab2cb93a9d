export {
  type ConfigurationReader,
  makeConfigurationReader,
  notConfigured,
  readAddress,
  readAuthorities,
  SecretText,
  Timeouts,
  wrapSecret
} from "./adapter/configuration.ts"
export {
  type Asking,
  type ErrorRow,
  type Failure,
  findReason,
  isFitting,
  paymentError,
  type ReasonTag,
  retryAfter,
  toReason
} from "./adapter/errors.ts"
export {
  type CallOptions,
  createPayments,
  type CreatePaymentsOptions,
  type PaymentsClient,
  type Promised
} from "./createPayments.ts"
export { toCsv } from "./Csv.ts"
export { type AnotherInvoice, type InvoicePayer } from "./engine/issueInvoice.ts"
export { type ListFilter } from "./engine/listing.ts"
export { type PaymentEvent } from "./engine/events.ts"
export { type Decide, type Erase, type Tie, type Withdraw } from "./engine/operator.ts"
export { Decline, DeclineReason, PayerStep } from "./Decline.ts"
export { type RepaymentListFilter } from "./engine/repayments/list.ts"
export { type StepInput } from "./engine/repayments/step.ts"
export { explainRepayment } from "./explainRepayment.ts"
export {
  type ArchivedDocument,
  type ArchiveHead,
  type DocumentArchive,
  type DocumentFacts,
  type DocumentRead,
  type NewDocument,
  type RetentionClass,
  type Verification
} from "./DocumentArchive.ts"
export { type ReceiptOptions } from "./engine/receipt.ts"
export { type ReconcileInput } from "./engine/reconcile/reconcile.ts"
export { type Approval, type DurableStep, durableSteps } from "./engine/Runtime.ts"
export { type DueReport } from "./engine/worker.ts"
export { type FulfilmentPolicy, mayFulfil } from "./Fulfilment.ts"
export {
  type Connection,
  connectionFromSend,
  type ConnectionOptions,
  HttpTransport,
  TransportError,
  TransportPhase,
  type TransportRequest,
  type StreamedResponse,
  type TransportResponse
} from "./HttpTransport.ts"
export { AttemptId, type Entropy, InstanceName, newId, PaymentId, RepaymentId } from "./Ids.ts"
export { readIban } from "./Iban.ts"
export { Inbound } from "./Inbound.ts"
export { type ListedPayment, type Span } from "./ListedPayment.ts"
export { type AttemptFacts, type LedgerEntry } from "./lifecycle/evidence.ts"
export { lifecycleJson, lifecycleMermaid } from "./lifecycle/drawing.ts"
export { type AttemptFold, foldAttempt } from "./lifecycle/fold.ts"
export { type Access, type Allowed, type Authorize } from "./http/endpoints.ts"
export { type HandlerOptions } from "./http/handler.ts"
export { unhandledHeader } from "./http/unhandledHeader.ts"
export { type Presentation } from "./http/presentation.ts"
export { type Declared, type ExtraName, Manifest, providerPort, type ReceiptFormat } from "./Manifest.ts"
export { add, compare, Currency, currencyDigits, fromDecimal, money, Money, subtract, toDecimal } from "./Money.ts"
export { Collect, LoadWidget, NextAction, PayElsewhere, Redirect, SubmitForm, Wait } from "./NextAction.ts"
export { Channel, Claim, type ClaimTag, Observation, type Observed, Trust } from "./Observation.ts"
export { type Language } from "./http/texts.ts"
export { payerMessage, type PayerMessageKey, payerMessageKeys } from "./payerMessage.ts"
export { type Payee, type PayeeInput, Payer, PayerInput, redactPayer } from "./Payer.ts"
export { Attempt, Payment } from "./Payment.ts"
export * as Payments from "./Payments.ts"
export {
  type Always,
  type AttemptRequest,
  type CreatePayment,
  type CreateRequest,
  type LineInput,
  type MoneyInput,
  type NewAttempt,
  type PaymentAt,
  type PaymentOf,
  type PaymentsOptions,
  type RepayByPayout,
  type RepayByRefund,
  type RepayManually,
  type RepayRequest,
  type With
} from "./Payments.ts"
export {
  AuthenticationFailed,
  Conflict,
  InvalidRequest,
  isPaymentError,
  MalformedResponse,
  NotConfigured,
  NotFound,
  NotReady,
  Operation,
  OutcomeUnknown,
  PaymentError,
  PaymentErrorReason,
  RateLimited,
  Refused,
  Unavailable,
  Unsupported
} from "./PaymentError.ts"
export { AmountLine, PriceLine, Quantity, TariffLine, total } from "./PriceLine.ts"
export {
  type AboutRepayments,
  type Acknowledgement,
  type Adapter,
  type AnyProvider,
  type AttemptRecord,
  type BankOption,
  type CheckResult,
  type CreateInput,
  type Environment,
  type Extras,
  named,
  type Provider,
  type ReceiptResult,
  type RepaymentCommand,
  type RepaymentRecord,
  type Verbs,
  type Verdict
} from "./Provider.ts"
export { Belief, Candidate, Difference, DifferenceKind, Reconciliation } from "./Reconciliation.ts"
export { reconciliationToCsv } from "./reconciliationToCsv.ts"
export { type ConfirmationInput, type Receipt, type ReceiptGenerator } from "./Receipts.ts"
export {
  Repayment,
  RepaymentAction,
  RepaymentAttention,
  RepaymentClaim,
  type RepaymentObserved,
  RepaymentStatus,
  RepaymentStep,
  repaymentTable,
  type RepaymentWord,
  repaymentWords
} from "./Repayment.ts"
export { Attention, Finality, MoneyFacts, PaymentState, PaymentStatus, StateReason } from "./State.ts"
export {
  type ArchiveEntryRow,
  type AttemptRow,
  type EventRow,
  type InvoiceRow,
  type ObservationRow,
  type PaymentFilter,
  type PaymentRow,
  type RepaymentFilter,
  type RepaymentRow,
  type Store,
  type StoreTransaction,
  type SubmittedFilter,
  type WorkRow
} from "./Store.ts"
export { WebhookError } from "./WebhookError.ts"
