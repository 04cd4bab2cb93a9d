// Over 300 lines because it is one class: each method of the port over maps, a few lines each.
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

type Fold = "unfolded" | "parked" | "folded"

/** What the memory store holds. Maps keep the order of insertion. */
export interface State {
  readonly payments: Map<string, PaymentRow>
  readonly attempts: Map<string, AttemptRow>
  readonly observations: Map<string, ObservationRow & { readonly fold: Fold }>
  readonly sealed: Map<string, { readonly paymentId: string; readonly text: string }>
  readonly events: Map<string, EventRow>
  readonly work: Map<string, WorkRow>
  readonly repayments: Map<string, RepaymentRow>
  readonly invoices: Map<string, InvoiceRow>
  readonly archive: Map<number, ArchiveEntryRow>
  readonly documents: Map<string, Uint8Array>
  readonly clock: { latestPass?: number }
}

export const emptyState = (): State => ({
  payments: new Map(),
  attempts: new Map(),
  observations: new Map(),
  sealed: new Map(),
  events: new Map(),
  work: new Map(),
  repayments: new Map(),
  invoices: new Map(),
  archive: new Map(),
  documents: new Map(),
  clock: {}
})

const insertUnique = <Row extends { readonly id: string }>(map: Map<string, Row>, row: Row) => {
  if (map.has(row.id)) throw new Error("the id is taken")
  map.set(row.id, row)
}
const replace = <Row>(map: Map<string, Row>, id: string, row: Row) => {
  if (!map.has(id)) throw new Error("no such row")
  map.set(id, row)
}
const take = <Row>(rows: ReadonlyArray<Row>, limit: number) => {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError("limit")
  return rows.slice(0, limit)
}
interface Dated {
  readonly id: string
  readonly status: string
  readonly createdAt: number
}
const isIn = (row: Dated, { before, from = -Infinity, status, to = Infinity }: RepaymentFilter): boolean =>
  row.createdAt >= from &&
  row.createdAt < to &&
  (status === undefined || row.status === status) &&
  (before === undefined ||
    row.createdAt < before.createdAt ||
    (row.createdAt === before.createdAt && row.id < before.id))
const newestFirst = <Row extends Dated>(rows: ReadonlyArray<Row>): ReadonlyArray<Row> =>
  rows.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
const withoutEvidence = (stored: ObservationRow & { readonly fold: Fold }): ObservationRow => {
  const { fold: _fold, ...row } = stored
  return { ...row, evidence: undefined }
}

/** The port over maps: the plainest right store, for the saboteurs to spoil one method at a time. */
export class MemoryTransaction implements StoreTransaction {
  readonly state: State
  constructor(state: State) {
    this.state = state
  }
  async insertPayment(row: PaymentRow): Promise<boolean> {
    if (await this.findPaymentByKey(row.idempotencyDigest)) return false
    if (row.askedMinor !== undefined && BigInt.asIntN(64, row.askedMinor) !== row.askedMinor)
      throw new RangeError("sum")
    insertUnique(this.state.payments, row)
    return true
  }
  async findPayment(id: string): Promise<PaymentRow | undefined> {
    return this.state.payments.get(id)
  }
  async findPaymentByKey(digest: string): Promise<PaymentRow | undefined> {
    return [...this.state.payments.values()].find((row) => row.idempotencyDigest === digest)
  }
  async updatePayment(row: PaymentRow): Promise<void> {
    replace(this.state.payments, row.id, row)
  }
  async listPayments(filter: PaymentFilter): Promise<ReadonlyArray<PaymentRow>> {
    const { merchantReference } = filter
    const rows = [...this.state.payments.values()].filter(
      (row) => isIn(row, filter) && (merchantReference === undefined || row.merchantReference === merchantReference)
    )
    return take(newestFirst(rows), filter.limit)
  }

  async insertAttempt(row: AttemptRow): Promise<void> {
    for (const other of this.state.attempts.values()) {
      if (other.payerTokenDigest === row.payerTokenDigest || other.webhookTokenDigest === row.webhookTokenDigest) {
        throw new Error("the token is taken")
      }
      if (row.idempotencyDigest !== undefined && other.idempotencyDigest === row.idempotencyDigest) {
        throw new Error("the key is taken")
      }
    }
    insertUnique(this.state.attempts, row)
  }
  async updateAttempt(row: AttemptRow): Promise<void> {
    replace(this.state.attempts, row.id, row)
  }
  async findAttempt(id: string): Promise<AttemptRow | undefined> {
    return this.state.attempts.get(id)
  }
  async findAttemptByKey(digest: string): Promise<AttemptRow | undefined> {
    return [...this.state.attempts.values()].find((row) => row.idempotencyDigest === digest)
  }
  async findAttemptByPayerToken(digest: string): Promise<AttemptRow | undefined> {
    return [...this.state.attempts.values()].find((row) => row.payerTokenDigest === digest)
  }
  async findAttemptByWebhookToken(digest: string): Promise<AttemptRow | undefined> {
    return [...this.state.attempts.values()].find((row) => row.webhookTokenDigest === digest)
  }
  async findAttemptByReference(instance: string, reference: string): Promise<AttemptRow | undefined> {
    const rows = [...this.state.attempts.values()].filter((row) => row.instance === instance)
    return rows.find((row) => row.id === reference) ?? rows.find((row) => row.providerReference === reference)
  }
  async submittedAttempts(filter: SubmittedFilter): Promise<ReadonlyArray<AttemptRow>> {
    const { from, instance, limit, to, after = { submittedAt: -Infinity, id: "" } } = filter
    const rows = [...this.state.attempts.values()].flatMap((row) => {
      const { submittedAt: at } = row
      const isIn = at !== undefined && row.instance === instance && at >= from && at < to
      const isAfter = at !== undefined && (at > after.submittedAt || (at === after.submittedAt && row.id > after.id))
      return isIn && isAfter ? [{ row, at }] : []
    })
    return take(
      rows.toSorted((a, b) => a.at - b.at || (a.row.id < b.row.id ? -1 : 1)).map(({ row }) => row),
      limit
    )
  }
  async attemptsOf(paymentId: string): Promise<ReadonlyArray<AttemptRow>> {
    const rows = [...this.state.attempts.values()].filter((row) => row.paymentId === paymentId)
    return rows.toSorted((a, b) => a.ordinal - b.ordinal)
  }

  async insertObservation(row: ObservationRow): Promise<boolean> {
    if ([...this.state.observations.values()].some((other) => other.digest === row.digest)) return false
    insertUnique(this.state.observations, { ...row, fold: "unfolded" })
    return true
  }
  async observationsOf(paymentId: string): Promise<ReadonlyArray<ObservationRow>> {
    return [...this.state.observations.values()].filter((row) => row.paymentId === paymentId).map(withoutEvidence)
  }
  async unfoldedObservations(limit: number): Promise<ReadonlyArray<ObservationRow>> {
    const rows = [...this.state.observations.values()].filter((row) => row.fold === "unfolded")
    return take(rows, limit).map(withoutEvidence)
  }
  #patch(id: string, patch: Partial<ObservationRow & { readonly fold: Fold }>): void {
    const row = this.state.observations.get(id)
    if (row === undefined) throw new Error("no such row")
    this.state.observations.set(id, { ...row, ...patch })
  }
  async adoptObservation(id: string, to: { readonly attemptId: string; readonly paymentId: string }): Promise<void> {
    this.#patch(id, { ...to, fold: "folded" })
  }
  async parkObservation(id: string): Promise<void> {
    this.#patch(id, { fold: "parked" })
  }
  async joinParked(instance: string, reference: string): Promise<void> {
    for (const row of this.state.observations.values()) {
      if (row.fold === "parked" && row.instance === instance && row.reference === reference) {
        this.#patch(row.id, { fold: "unfolded" })
      }
    }
  }
  async countParked(): Promise<number> {
    return [...this.state.observations.values()].filter((row) => row.fold === "parked").length
  }
  async evidenceOf(id: string): Promise<Uint8Array | undefined> {
    return this.state.observations.get(id)?.evidence
  }

  async putSealed(attemptId: string, paymentId: string, kind: string, text: string | undefined): Promise<void> {
    if (text === undefined) this.state.sealed.delete(`${attemptId} ${kind}`)
    else this.state.sealed.set(`${attemptId} ${kind}`, { paymentId, text })
  }
  async getSealed(attemptId: string, kind: string): Promise<string | undefined> {
    return this.state.sealed.get(`${attemptId} ${kind}`)?.text
  }
  async erase(paymentId: string): Promise<void> {
    for (const [key, value] of this.state.sealed) if (value.paymentId === paymentId) this.state.sealed.delete(key)
    const attempts = await this.attemptsOf(paymentId)
    const repayments = await this.repaymentsOf(paymentId)
    const isNamed = ({ fold, instance, reference }: ObservationRow & { readonly fold: Fold }) =>
      fold !== "folded" &&
      reference !== undefined &&
      attempts.some(
        (one) =>
          one.instance === instance &&
          (one.id === reference ||
            one.providerReference === reference ||
            repayments.some((repayment) => repayment.id === reference))
      )
    for (const row of this.state.observations.values()) {
      if (row.paymentId === paymentId || isNamed(row)) this.#patch(row.id, { evidence: undefined })
    }
  }

  async insertEvent(row: EventRow): Promise<void> {
    insertUnique(this.state.events, row)
  }
  async updateEvent(row: EventRow): Promise<void> {
    replace(this.state.events, row.id, row)
  }
  async dueEvents(now: number, limit: number): Promise<ReadonlyArray<EventRow>> {
    const pending = [...this.state.events.values()].filter((row) => row.status === "pending")
    const isFirst = (row: EventRow) => pending.find((one) => one.paymentId === row.paymentId) === row
    const rows = pending.filter((row) => row.dueAt <= now && isFirst(row))
    return take(
      rows.toSorted((a, b) => a.dueAt - b.dueAt),
      limit
    )
  }
  async eventsOf(paymentId: string): Promise<ReadonlyArray<EventRow>> {
    return [...this.state.events.values()].filter((row) => row.paymentId === paymentId)
  }

  async putWork(row: WorkRow): Promise<void> {
    this.state.work.set(`${row.attemptId} ${row.kind}`, row)
  }
  async deleteWork(attemptId: string, kind: WorkRow["kind"]): Promise<void> {
    this.state.work.delete(`${attemptId} ${kind}`)
  }
  async claimWork(now: number, limit: number, leaseUntil: number): Promise<ReadonlyArray<WorkRow>> {
    const due = [...this.state.work.values()].filter((row) => row.dueAt <= now && row.leaseUntil <= now)
    const rows = take(
      due.toSorted((a, b) => a.dueAt - b.dueAt),
      limit
    ).map((row) => ({ ...row, leaseUntil }))
    for (const row of rows) await this.putWork(row)
    return rows
  }
  async findWork(attemptId: string, kind: WorkRow["kind"]): Promise<WorkRow | undefined> {
    return this.state.work.get(`${attemptId} ${kind}`)
  }
  async followClock(now: number): Promise<void> {
    const { latestPass } = this.state.clock
    const millis = (latestPass ?? -Infinity) - now
    if (millis > -10_000 && millis <= 60_000) return
    this.state.clock.latestPass = now
    if (millis < 0) return
    for (const row of this.state.work.values()) {
      await this.putWork({ ...row, dueAt: row.dueAt - millis, leaseUntil: row.leaseUntil - millis })
    }
    for (const row of this.state.events.values()) {
      if (row.status === "pending") await this.updateEvent({ ...row, dueAt: row.dueAt - millis })
    }
  }

  async insertRepayment(row: RepaymentRow): Promise<boolean> {
    if (await this.findRepaymentByKey(row.idempotencyDigest)) return false
    insertUnique(this.state.repayments, row)
    return true
  }
  async updateRepayment(row: RepaymentRow): Promise<void> {
    replace(this.state.repayments, row.id, row)
  }
  async findRepayment(id: string): Promise<RepaymentRow | undefined> {
    return this.state.repayments.get(id)
  }
  async findRepaymentByKey(digest: string): Promise<RepaymentRow | undefined> {
    return [...this.state.repayments.values()].find((row) => row.idempotencyDigest === digest)
  }
  async repaymentsOf(paymentId: string): Promise<ReadonlyArray<RepaymentRow>> {
    return [...this.state.repayments.values()].filter((row) => row.paymentId === paymentId)
  }
  async listRepayments(filter: RepaymentFilter): Promise<ReadonlyArray<RepaymentRow>> {
    const rows = [...this.state.repayments.values()].filter((row) => isIn(row, filter))
    return take(newestFirst(rows), filter.limit)
  }

  async putInvoice(row: InvoiceRow): Promise<void> {
    this.state.invoices.set(row.attemptId, row)
  }
  async findInvoice(attemptId: string): Promise<InvoiceRow | undefined> {
    return this.state.invoices.get(attemptId)
  }

  async insertArchiveEntry(row: ArchiveEntryRow): Promise<boolean> {
    if (this.state.archive.has(row.sequence)) return false
    this.state.archive.set(row.sequence, row)
    return true
  }
  #chain(): ReadonlyArray<ArchiveEntryRow> {
    return [...this.state.archive.values()].toSorted((a, b) => a.sequence - b.sequence)
  }
  async lastArchiveEntry(): Promise<ArchiveEntryRow | undefined> {
    return this.#chain().at(-1)
  }
  async archiveEntriesAfter(sequence: number, limit: number): Promise<ReadonlyArray<ArchiveEntryRow>> {
    return take(
      this.#chain().filter((row) => row.sequence > sequence),
      limit
    )
  }
  async archiveEntriesOf(paymentId: string): Promise<ReadonlyArray<ArchiveEntryRow>> {
    return this.#chain().filter((row) => row.paymentId === paymentId)
  }
  async putDocument(key: string, bytes: Uint8Array): Promise<void> {
    this.state.documents.set(key, bytes.slice())
  }
  async getDocument(key: string): Promise<Uint8Array | undefined> {
    return this.state.documents.get(key)?.slice()
  }
  async deleteDocument(key: string): Promise<void> {
    this.state.documents.delete(key)
  }
}
