/**
 * The store port: rows in, rows out, inside transactions that may be run again.
 *
 * All evidence takes one write path, one `observation` row with a unique digest; committing that row is what an
 * acknowledgement waits for. Folding, outbox and due work follow in a second transaction from unfolded rows.
 * Integers are `bigint` or safe `number` times in epoch milliseconds; there are no booleans in rows that SQL stores.
 * `@maksa/contract-kit` has the suite that a store must pass.
 */
export interface Store {
  /**
   * Runs `unit` in one transaction and answers after the commit. The unit does SQL only and may be run more than once.
   * Rejects if the commit failed; then nothing of the unit is stored.
   */
  transact<A>(unit: (tx: StoreTransaction) => Promise<A>): Promise<A>
  /** HMAC-SHA256 of `data` under the store's secret, hex; `purpose` separates the uses. */
  keyedDigest(purpose: string, data: string): string
  close(): Promise<void>
}

export interface PaymentRow {
  readonly id: string
  /** Keyed digest of the caller's idempotency key. Unique. */
  readonly idempotencyDigest: string
  /** Keyed digest of the canonical input; another one under the same key is a conflict. */
  readonly inputDigest: string
  readonly merchantReference: string
  readonly environment: "sandbox" | "test" | "live"
  readonly purpose: string
  /** JSON of the price lines. */
  readonly lines: string
  /** Asked minor units and currency; `undefined` while the provider prices. */
  readonly askedMinor: bigint | undefined
  readonly currency: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
  /** Result of the last fold. */
  readonly status: string
  readonly finality: "soft" | "hard"
  /** JSON of the whole `PaymentState`. */
  readonly state: string
  /** How often money left after the application was told to fulfil. */
  readonly epoch: number
  /** Whether the application was told to fulfil in this epoch. */
  readonly fulfilment: "none" | "told"
}

export interface AttemptRow {
  readonly id: string
  readonly paymentId: string
  readonly instance: string
  readonly ordinal: number
  /** Keyed digest of the key that opened a further attempt; the first one goes by its payment's. Unique. */
  readonly idempotencyDigest: string | undefined
  readonly inputDigest: string | undefined
  readonly createdAt: number
  readonly deadline: number
  /** `none`: nothing left. `started`: committed before the first byte. `answered`: the reply is in the ledger. `not_sent`: the transport proved that nothing left. */
  readonly submission: "none" | "started" | "answered" | "not_sent"
  readonly submittedAt: number | undefined
  readonly providerReference: string | undefined
  /** SHA-256 of the token in the payer's URLs. Unique. */
  readonly payerTokenDigest: string
  /** SHA-256 of the token in the provider's webhook URL. Unique. */
  readonly webhookTokenDigest: string
  readonly status: string
  readonly finality: "soft" | "hard"
  /** Start of the present soft status, for its window; epoch milliseconds. */
  readonly since: number
  readonly lastQueryAt: number | undefined
  /** When the last query that got an answer was asked: what came after it, nobody has followed up. */
  readonly answeredAt: number | undefined
}

export interface ObservationRow {
  readonly id: string
  /** What it is about: an attempt's id, or a repayment's. Absent: parked until an attempt with this reference appears. */
  readonly attemptId: string | undefined
  readonly paymentId: string | undefined
  readonly instance: string
  /** The key by which a parked row is joined: our attempt id, or what the provider calls the attempt. */
  readonly reference: string | undefined
  readonly channel: string
  readonly trust: "proven" | "hint"
  /** JSON of the `Observation`, without attempt id. Holds no personal data. */
  readonly content: string
  /** Unique. */
  readonly digest: string
  readonly observedAt: number
  /** Raw bytes of what was received, encrypted by the store; absent where there are none. */
  readonly evidence: Uint8Array | undefined
}

export interface EventRow {
  readonly id: string
  readonly paymentId: string
  readonly type: string
  readonly createdAt: number
  /** JSON that handlers get. */
  readonly payload: string
  readonly dueAt: number
  readonly tries: number
  readonly status: "pending" | "delivered"
  readonly lastError: string | undefined
}

export interface WorkRow {
  /**
   * Unique with `attemptId`. `query`: ask the provider. `receipt`: fetch the document that proves the amount. `repayment`:
   * submit a repayment or ask about it.
   */
  readonly kind: "query" | "receipt" | "repayment"
  /** The attempt's id; of the kind `repayment` the repayment's. */
  readonly attemptId: string
  readonly dueAt: number
  readonly leaseUntil: number
  readonly tries: number
}

export interface RepaymentRow {
  readonly id: string
  readonly paymentId: string
  /** Whose provider carries it out; `undefined` on the manual route. */
  readonly attemptId: string | undefined
  readonly idempotencyDigest: string
  readonly inputDigest: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly route: "manual" | "refund" | "payout"
  readonly status: string
  readonly finality: "soft" | "hard"
  /** Start of the present status, epoch milliseconds. */
  readonly since: number
  /** When the first byte of its last submission may have left. */
  readonly submittedAt: number | undefined
  readonly lastQueryAt: number | undefined
  /** What a person should see: words of `RepaymentAttention`, each once, separated by commas. */
  readonly attention: string
  /** JSON list of who did what, when, why and on what evidence. */
  readonly history: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** An invoice that a provider was asked to issue: of each attempt the last one. */
export interface InvoiceRow {
  /** Unique. */
  readonly attemptId: string
  readonly paymentId: string
  /** Keyed digest of whom it is made out to. */
  readonly inputDigest: string
  /**
   * `submitted`: committed before the first byte left; while it stays so, nobody knows whether there is an invoice.
   * `not_issued`: the provider refused, or nothing left.
   */
  readonly status: "submitted" | "issued" | "not_issued"
  readonly documentId: string | undefined
  readonly submittedAt: number
  /** JSON list of who had it issued, when and why, and of what came of it. */
  readonly history: string
}

/** A link of the archive's chain. */
export interface ArchiveEntryRow {
  /** Place in the chain, from 1. Unique. */
  readonly sequence: number
  readonly paymentId: string
  /** JSON text; written once, read as it was written. */
  readonly content: string
  readonly digest: string
}

export interface RepaymentFilter {
  readonly from?: number
  readonly to?: number
  readonly status?: string
  /** At most this many, newest first. */
  readonly limit: number
  /** Rows before this one in that order (its `createdAt` and id). */
  readonly before?: { readonly createdAt: number; readonly id: string }
}

export interface PaymentFilter {
  readonly from?: number
  readonly to?: number
  readonly status?: string
  readonly merchantReference?: string
  /** At most this many, newest first. */
  readonly limit: number
  /** Rows before this one in that order (its `createdAt` and id). */
  readonly before?: { readonly createdAt: number; readonly id: string }
}

export interface SubmittedFilter {
  readonly instance: string
  /** Submitted from this moment until just before `to`. */
  readonly from: number
  readonly to: number
  /** At most this many, oldest submission first. */
  readonly limit: number
  /** Rows after this one in that order (its `submittedAt` and id). */
  readonly after?: { readonly submittedAt: number; readonly id: string }
}

export interface StoreTransaction {
  /** Answers false, and stores nothing, if the idempotency digest is taken. */
  insertPayment(row: PaymentRow): Promise<boolean>
  /** Locks the row for the rest of the transaction where the store has concurrent writers. */
  findPayment(id: string): Promise<PaymentRow | undefined>
  findPaymentByKey(idempotencyDigest: string): Promise<PaymentRow | undefined>
  updatePayment(row: PaymentRow): Promise<void>
  listPayments(filter: PaymentFilter): Promise<ReadonlyArray<PaymentRow>>

  insertAttempt(row: AttemptRow): Promise<void>
  updateAttempt(row: AttemptRow): Promise<void>
  findAttempt(id: string): Promise<AttemptRow | undefined>
  findAttemptByKey(idempotencyDigest: string): Promise<AttemptRow | undefined>
  findAttemptByPayerToken(digest: string): Promise<AttemptRow | undefined>
  findAttemptByWebhookToken(digest: string): Promise<AttemptRow | undefined>
  /** By the attempt's id or by what the provider calls it, within one instance. */
  findAttemptByReference(instance: string, reference: string): Promise<AttemptRow | undefined>
  /** Attempts of one instance by the time of their submission, then by id. */
  submittedAttempts(filter: SubmittedFilter): Promise<ReadonlyArray<AttemptRow>>
  /** Oldest first. */
  attemptsOf(paymentId: string): Promise<ReadonlyArray<AttemptRow>>

  /** Answers false, and stores nothing, if the digest is known. */
  insertObservation(row: ObservationRow): Promise<boolean>
  /** Of one payment, in order of insertion; evidence left out. */
  observationsOf(paymentId: string): Promise<ReadonlyArray<ObservationRow>>
  /** Rows that no fold has seen, oldest first; evidence left out. */
  unfoldedObservations(limit: number): Promise<ReadonlyArray<ObservationRow>>
  /** Ties a row to its attempt and marks it as folded; its evidence is encrypted anew with the payment's own key. */
  adoptObservation(id: string, to: { readonly attemptId: string; readonly paymentId: string }): Promise<void>
  /** Marks a row as seen while its payment is unknown; `joinParked` finds it again. */
  parkObservation(id: string): Promise<void>
  /** Makes parked rows with this reference unfolded again. */
  joinParked(instance: string, reference: string): Promise<void>
  countParked(): Promise<number>
  /** Decrypted; `undefined` if there is none or it was erased. */
  evidenceOf(observationId: string): Promise<Uint8Array | undefined>

  /**
   * A sealed text of the attempt, or of the repayment with this id, encrypted with the payment's key. `input`: what the command
   * to the provider works from. `action`: the payer's next action.
   */
  putSealed(attemptId: string, paymentId: string, kind: "input" | "action", text: string | undefined): Promise<void>
  getSealed(attemptId: string, kind: "input" | "action"): Promise<string | undefined>
  /**
   * Deletes the payment's key, and so all its evidence and sealed texts; also the evidence of rows that no fold has tied to
   * the payment yet and that name one of its attempts, by id or by what the provider calls it, or one of its repayments.
   */
  erase(paymentId: string): Promise<void>

  insertEvent(row: EventRow): Promise<void>
  updateEvent(row: EventRow): Promise<void>
  /** Of each payment the first pending event, if it is due; longest due first. */
  dueEvents(now: number, limit: number): Promise<ReadonlyArray<EventRow>>
  eventsOf(paymentId: string): Promise<ReadonlyArray<EventRow>>

  /** Sets when work is next due; keeps one row per attempt and kind. */
  putWork(row: WorkRow): Promise<void>
  deleteWork(attemptId: string, kind: WorkRow["kind"]): Promise<void>
  /** Takes work that is due and not leased, and leases it until then; nobody else gets it meanwhile. */
  claimWork(now: number, limit: number, leaseUntil: number): Promise<ReadonlyArray<WorkRow>>
  findWork(attemptId: string, kind: WorkRow["kind"]): Promise<WorkRow | undefined>
  /**
   * Notes that a pass over due work began at `now`. If an earlier pass, of any process, was noted more than a minute later
   * than that, the clock was set back: what is due, work, its leases and pending events, becomes due that much earlier.
   * Noted to ten seconds. Processes that share a store keep their clocks within a minute of each other.
   */
  followClock(now: number): Promise<void>

  /** Answers false, and stores nothing, if the idempotency digest is taken. */
  insertRepayment(row: RepaymentRow): Promise<boolean>
  updateRepayment(row: RepaymentRow): Promise<void>
  findRepayment(id: string): Promise<RepaymentRow | undefined>
  findRepaymentByKey(idempotencyDigest: string): Promise<RepaymentRow | undefined>
  /** Oldest first. */
  repaymentsOf(paymentId: string): Promise<ReadonlyArray<RepaymentRow>>
  listRepayments(filter: RepaymentFilter): Promise<ReadonlyArray<RepaymentRow>>

  /** Keeps one row per attempt. */
  putInvoice(row: InvoiceRow): Promise<void>
  findInvoice(attemptId: string): Promise<InvoiceRow | undefined>

  /** Answers false, and stores nothing, if the sequence is taken. */
  insertArchiveEntry(row: ArchiveEntryRow): Promise<boolean>
  lastArchiveEntry(): Promise<ArchiveEntryRow | undefined>
  /** In order of the chain, those after `sequence`. */
  archiveEntriesAfter(sequence: number, limit: number): Promise<ReadonlyArray<ArchiveEntryRow>>
  /** In order of the chain. */
  archiveEntriesOf(paymentId: string): Promise<ReadonlyArray<ArchiveEntryRow>>
  /** Keeps bytes under a key, encrypted; again under the same key replaces them. `erase` of a payment leaves them. */
  putDocument(key: string, bytes: Uint8Array): Promise<void>
  getDocument(key: string): Promise<Uint8Array | undefined>
  /** Destroys the bytes, also on disk. */
  deleteDocument(key: string): Promise<void>
}
