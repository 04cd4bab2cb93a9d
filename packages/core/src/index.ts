export { type FulfilmentPolicy, mayFulfil } from "./Fulfilment.ts"
export {
  type Connection,
  type ConnectionOptions,
  HttpTransport,
  TransportError,
  TransportPhase,
  type TransportRequest,
  type TransportResponse
} from "./HttpTransport.ts"
export { AttemptId, InstanceName, newId, PaymentId, RepaymentId } from "./Ids.ts"
export { Inbound } from "./Inbound.ts"
export { type AttemptFacts, type LedgerEntry } from "./lifecycle/evidence.ts"
export { lifecycleJson, lifecycleMermaid } from "./lifecycle/drawing.ts"
export { type AttemptFold, foldAttempt } from "./lifecycle/fold.ts"
export { type Declared, type ExtraName, Manifest, type ReceiptFormat } from "./Manifest.ts"
export { add, compare, Currency, currencyDigits, fromDecimal, money, Money, subtract, toDecimal } from "./Money.ts"
export { Collect, LoadWidget, NextAction, PayElsewhere, Redirect, SubmitForm, Wait } from "./NextAction.ts"
export { Channel, Claim, type ClaimTag, Observation, type Observed, Trust } from "./Observation.ts"
export { Payer, PayerInput } from "./Payer.ts"
export { Attempt, Payment } from "./Payment.ts"
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
  type Verbs,
  type Verdict
} from "./Provider.ts"
export { type ConfirmationInput, type Receipt, type ReceiptGenerator } from "./Receipts.ts"
export { Attention, Finality, MoneyFacts, PaymentState, PaymentStatus, StateReason } from "./State.ts"
export {
  type AttemptRow,
  type EventRow,
  type ObservationRow,
  type PaymentFilter,
  type PaymentRow,
  type RepaymentRow,
  type Store,
  type StoreTransaction,
  type WorkRow
} from "./Store.ts"
export { WebhookError } from "./WebhookError.ts"
