import type {
  ArchiveEntryRow,
  AttemptRow,
  EventRow,
  InvoiceRow,
  ObservationRow,
  PaymentFilter,
  PaymentRow,
  RepaymentFilter,
  RepaymentRow,
  StoreTransaction,
  SubmittedFilter,
  WorkRow
} from "@maksa/core"
import type { Transaction } from "kysely"
import * as archive from "./archive.ts"
import * as attempts from "./attempts.ts"
import * as clock from "./clock.ts"
import type { CompiledQueries } from "./compiledQueries.ts"
import * as evidence from "./evidence.ts"
import * as invoices from "./invoices.ts"
import type { Keys } from "./keys.ts"
import * as observations from "./observations.ts"
import * as outbox from "./outbox.ts"
import * as payments from "./payments.ts"
import * as repayments from "./repayments.ts"
import type { Dialect, Scope, Shared } from "./Scope.ts"
import type { Tables } from "./Tables.ts"
import * as work from "./work.ts"

type Kind = WorkRow["kind"]

/** The port's methods over one unit's transaction, in the port's order; the SQL is in one file per table. */
export class SqlTransaction implements StoreTransaction, Scope {
  readonly keys: Keys
  readonly dialect: Dialect
  readonly compiled: CompiledQueries
  readonly #trx: Transaction<Tables>
  #isOver = false
  hasErased = false

  constructor(trx: Transaction<Tables>, shared: Shared) {
    this.#trx = trx
    this.keys = shared.keys
    this.dialect = shared.dialect
    this.compiled = shared.compiled
  }
  get trx(): Transaction<Tables> {
    if (this.#isOver) throw new Error("this unit is over: await everything inside the function given to transact")
    return this.#trx
  }
  noteErasure(): void {
    this.hasErased = true
  }
  end(): void {
    this.#isOver = true
  }

  insertPayment(row: PaymentRow) {
    return payments.insertPayment(this, row)
  }
  findPayment(id: string) {
    return payments.findPayment(this, id)
  }
  findPaymentByKey(idempotencyDigest: string) {
    return payments.findPaymentByKey(this, idempotencyDigest)
  }
  updatePayment(row: PaymentRow) {
    return payments.updatePayment(this, row)
  }
  listPayments(filter: PaymentFilter) {
    return payments.listPayments(this, filter)
  }

  insertAttempt(row: AttemptRow) {
    return attempts.insertAttempt(this, row)
  }
  updateAttempt(row: AttemptRow) {
    return attempts.updateAttempt(this, row)
  }
  findAttempt(id: string) {
    return attempts.findAttempt(this, id)
  }
  findAttemptByKey(digest: string) {
    return attempts.findAttemptByKey(this, digest)
  }
  findAttemptByPayerToken(digest: string) {
    return attempts.findAttemptByPayerToken(this, digest)
  }
  findAttemptByWebhookToken(digest: string) {
    return attempts.findAttemptByWebhookToken(this, digest)
  }
  findAttemptByReference(instance: string, reference: string) {
    return attempts.findAttemptByReference(this, instance, reference)
  }
  submittedAttempts(filter: SubmittedFilter) {
    return attempts.submittedAttempts(this, filter)
  }
  attemptsOf(paymentId: string) {
    return attempts.attemptsOf(this, paymentId)
  }

  insertObservation(row: ObservationRow) {
    return observations.insertObservation(this, row)
  }
  observationsOf(paymentId: string) {
    return observations.observationsOf(this, paymentId)
  }
  unfoldedObservations(limit: number) {
    return observations.unfoldedObservations(this, limit)
  }
  adoptObservation(id: string, to: { readonly attemptId: string; readonly paymentId: string }) {
    return evidence.adoptObservation(this, id, to)
  }
  parkObservation(id: string) {
    return observations.parkObservation(this, id)
  }
  joinParked(instance: string, reference: string) {
    return observations.joinParked(this, instance, reference)
  }
  countParked() {
    return observations.countParked(this)
  }
  evidenceOf(observationId: string) {
    return evidence.evidenceOf(this, observationId)
  }

  putSealed(attemptId: string, paymentId: string, kind: "input" | "action", text: string | undefined) {
    return evidence.putSealed(this, attemptId, paymentId, kind, text)
  }
  getSealed(attemptId: string, kind: "input" | "action") {
    return evidence.getSealed(this, attemptId, kind)
  }
  erase(paymentId: string) {
    return evidence.erase(this, paymentId)
  }

  insertEvent(row: EventRow) {
    return outbox.insertEvent(this, row)
  }
  updateEvent(row: EventRow) {
    return outbox.updateEvent(this, row)
  }
  dueEvents(now: number, limit: number) {
    return outbox.dueEvents(this, now, limit)
  }
  eventsOf(paymentId: string) {
    return outbox.eventsOf(this, paymentId)
  }

  putWork(row: WorkRow) {
    return work.putWork(this, row)
  }
  deleteWork(attemptId: string, kind: Kind) {
    return work.deleteWork(this, attemptId, kind)
  }
  claimWork(now: number, limit: number, leaseUntil: number) {
    return work.claimWork(this, now, limit, leaseUntil)
  }
  findWork(attemptId: string, kind: Kind) {
    return work.findWork(this, attemptId, kind)
  }
  followClock(now: number) {
    return clock.followClock(this, now)
  }

  insertRepayment(row: RepaymentRow) {
    return repayments.insertRepayment(this, row)
  }
  updateRepayment(row: RepaymentRow) {
    return repayments.updateRepayment(this, row)
  }
  findRepayment(id: string) {
    return repayments.findRepayment(this, id)
  }
  findRepaymentByKey(idempotencyDigest: string) {
    return repayments.findRepaymentByKey(this, idempotencyDigest)
  }
  repaymentsOf(paymentId: string) {
    return repayments.repaymentsOf(this, paymentId)
  }
  listRepayments(filter: RepaymentFilter) {
    return repayments.listRepayments(this, filter)
  }

  putInvoice(row: InvoiceRow) {
    return invoices.putInvoice(this, row)
  }
  findInvoice(attemptId: string) {
    return invoices.findInvoice(this, attemptId)
  }

  insertArchiveEntry(row: ArchiveEntryRow) {
    return archive.insertArchiveEntry(this, row)
  }
  lastArchiveEntry() {
    return archive.lastArchiveEntry(this)
  }
  archiveEntriesAfter(sequence: number, limit: number) {
    return archive.archiveEntriesAfter(this, sequence, limit)
  }
  archiveEntriesOf(paymentId: string) {
    return archive.archiveEntriesOf(this, paymentId)
  }
  putDocument(key: string, bytes: Uint8Array) {
    return archive.putDocument(this, key, bytes)
  }
  getDocument(key: string) {
    return archive.getDocument(this, key)
  }
  deleteDocument(key: string) {
    return archive.deleteDocument(this, key)
  }
}
