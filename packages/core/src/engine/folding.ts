// The second transaction: from unfolded rows to state, events and due work. Everything here is SQL and pure functions, so
// that it may be run again after a crash or a conflict with the same result.
import { mayFulfil } from "../Fulfilment.ts"
import { combine } from "../lifecycle/combine.ts"
import type { AttemptFacts } from "../lifecycle/evidence.ts"
import { type AttemptFold, foldAttempt } from "../lifecycle/fold.ts"
import { publicState } from "../lifecycle/table.ts"
import { add, money, type Money } from "../Money.ts"
import type { PaymentState, PaymentStatus } from "../State.ts"
import type { AttemptRow, ObservationRow, PaymentRow, RepaymentRow, StoreTransaction } from "../Store.ts"
import { type Before, beforeOf } from "./events.ts"
import { type Entry, sealedAction, toEntry } from "./ledger.ts"
import { emit } from "./outbox.ts"
import { isAboutRepayment } from "./repayments/evidence.ts"
import { foldRepayments } from "./repayments/moving.ts"
import type { Runtime } from "./Runtime.ts"
import { planWork } from "./schedule.ts"
import { askedOf, decodeState, decodeStatus, encodeState, type SealedView } from "./view.ts"

const none = { notSubmittedSeconds: false, lapsedSeconds: false } as const

/** What the fold knows of an attempt. An instance that is no longer configured proves nothing new. */
export const factsOf = (
  runtime: Runtime,
  attempt: Pick<AttemptRow, "instance" | "deadline" | "submission" | "submittedAt">,
  asked: Money | undefined
): AttemptFacts => {
  const manifest = runtime.instances.get(attempt.instance)?.provider.manifest
  const year = 365 * 86_400
  return {
    asked,
    deadline: attempt.deadline,
    submission: attempt.submission,
    submittedAt: attempt.submittedAt,
    absenceProvesAfter: manifest?.absenceProvesAfter ?? none,
    softSeconds: manifest?.softSeconds ?? { paid: year, declined: year, expired: year, canceled: year, reversed: year }
  }
}

// Repayments that left, or may have left, count as given back: an unknown outcome counts as paid out.
const leaving: ReadonlySet<string> = new Set(["submitted", "outcome_unknown", "done"])

const givenBack = (repayments: ReadonlyArray<RepaymentRow>): Money | undefined => {
  let sum: Money | undefined
  for (const row of repayments) {
    if (!leaving.has(row.status)) continue
    const amount = money(row.amountMinor, row.currency)
    sum = sum === undefined ? amount : add(sum, amount)
  }
  return sum
}

const keepsMoney: ReadonlySet<string> = new Set(["paid", "provisional", "under_review"])

const lastTold = async (tx: StoreTransaction, payment: PaymentRow): Promise<PaymentStatus> => {
  const last = (await tx.eventsOf(payment.id)).findLast((event) => event.type === "payment.status_changed")
  // Payloads are written by `emit`.
  return last === undefined ? "created" : (JSON.parse(last.payload) as { readonly status: PaymentStatus }).status
}

/** Tells the application what changed; answers the payment's new epoch and whether it was told to fulfil. */
const tell = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  before: Before,
  state: PaymentState,
  now: number
): Promise<Pick<PaymentRow, "epoch" | "fulfilment">> => {
  const { status, finality } = state
  // While a submission is under way its state is stored without a word; if it stays, the application hears of it after all.
  const previous = before.reason === "outcome_unknown" ? await lastTold(tx, payment) : before.status
  if (status !== previous || finality !== before.finality) {
    await emit(runtime, tx, payment, now, { type: "payment.status_changed", status, finality, previous })
  }
  const raised = state.attention.filter((flag) => !before.attention.includes(flag))
  if (raised.length > 0 || (status === "under_review" && before.status !== "under_review")) {
    await emit(runtime, tx, payment, now, { type: "payment.attention", attention: state.attention, status })
  }
  if (payment.fulfilment === "none" && mayFulfil(runtime.fulfilment, state)) {
    await emit(runtime, tx, payment, now, { type: "payment.fulfil", epoch: payment.epoch, status, finality })
    return { epoch: payment.epoch, fulfilment: "told" }
  }
  if (payment.fulfilment === "told" && !keepsMoney.has(status)) {
    await emit(runtime, tx, payment, now, { type: "payment.fulfilment_withdrawn", epoch: payment.epoch, status })
    return { epoch: payment.epoch + 1, fulfilment: "none" }
  }
  return { epoch: payment.epoch, fulfilment: payment.fulfilment }
}

/** What the attempt's page and view show; the action's text is sealed because it may hold personal data. */
const sealView = async (
  tx: StoreTransaction,
  attempt: AttemptRow,
  fold: AttemptFold,
  entries: ReadonlyArray<Entry>
): Promise<void> => {
  const source = fold.actionDigest === undefined ? undefined : entries.find((one) => one.digest === fold.actionDigest)
  const evidence = source === undefined ? undefined : await tx.evidenceOf(source.row.id)
  const view: Omit<SealedView, "actionUrl"> = {
    action: evidence === undefined ? undefined : sealedAction(evidence),
    paidVia: fold.paidVia,
    providerCode: fold.providerCode,
    decline: fold.decline
  }
  await tx.putSealed(attempt.id, attempt.paymentId, "action", JSON.stringify(view))
}

/** A payment whose ledger cannot be read or folded: a defect of ours, kept from standing in the way of other payments. */
export class UnfoldableLedger extends Error {
  override readonly name: string = "UnfoldableLedger"
}

export interface FoldedAttempt {
  readonly attempt: AttemptRow
  readonly fold: AttemptFold
  readonly entries: ReadonlyArray<Entry>
  /** A hint came since the last answered query: a reason to ask, whatever we believe. Follows from what is stored, so a crash keeps it. */
  readonly isHinted: boolean
}

// Within one millisecond, and where the clock was set back, time is no measure: then the order of arrival tells what was
// asked after what.
const isHinted = ({ answeredAt = 0 }: AttemptRow, entries: ReadonlyArray<Entry>, now: number): boolean =>
  entries.some((entry, index) => {
    if (entry.trust !== "hint") return false
    return entry.observedAt > now || answeredAt > now || entry.observedAt === answeredAt
      ? !entries.slice(index).some((later) => later.channel === "query")
      : entry.observedAt > answeredAt
  })

/** Folds every attempt of a payment from its ledger, oldest first. */
export const foldAttempts = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  now: number
): Promise<ReadonlyArray<FoldedAttempt>> => {
  const attempts = await tx.attemptsOf(payment.id)
  const rows = await tx.observationsOf(payment.id)
  try {
    const entries = rows.filter((row) => !isAboutRepayment(row)).map(toEntry)
    const asked = askedOf(payment)
    return attempts.map((attempt) => {
      const own = entries.filter((entry) => entry.row.attemptId === attempt.id)
      const fold = foldAttempt(factsOf(runtime, attempt, asked), own)
      return { attempt, entries: own, fold, isHinted: isHinted(attempt, own, now) }
    })
  } catch {
    throw new UnfoldableLedger(payment.id)
  }
}

/** What the last fold came to. The state follows from the ledger: one that cannot be read any more is compared by its columns and made anew. */
const readBefore = ({ state, status, finality }: PaymentRow): Before => {
  try {
    return beforeOf(decodeState(state))
  } catch {
    return { status: decodeStatus(status), finality, attention: [], reason: undefined }
  }
}

/**
 * Folds one payment from its whole ledger and stores what follows. `isQuiet`: the application is not told, because the
 * reply that is about to come will tell it better.
 */
export const foldPayment = async (
  runtime: Runtime,
  tx: StoreTransaction,
  paymentId: string,
  now: number,
  isQuiet = false
): Promise<PaymentState | undefined> => {
  const payment = await tx.findPayment(paymentId)
  if (payment === undefined) return undefined
  const folded = await foldAttempts(runtime, tx, payment, now)
  const repayments = await foldRepayments(runtime, tx, payment, now)
  const state = combine(
    askedOf(payment),
    folded.map(({ fold }) => fold),
    givenBack(repayments)
  )
  for (const { attempt, fold, entries, isHinted } of folded) {
    const { status, finality } = publicState[fold.name]
    const updated: AttemptRow = { ...attempt, status, finality, since: fold.since }
    await tx.updateAttempt(updated)
    await sealView(tx, attempt, fold, entries)
    await planWork(runtime, tx, updated, fold, isHinted, now)
  }
  const isSending = isQuiet && state.reason === "outcome_unknown"
  const told = isSending ? {} : await tell(runtime, tx, payment, readBefore(payment), state, now)
  await tx.updatePayment({
    ...payment,
    ...told,
    status: state.status,
    finality: state.finality,
    state: encodeState(state),
    updatedAt: now
  })
  return state
}

/** Whose payment the evidence about a repayment belongs to: only the instance that carries it out may speak of it. */
const paymentOfRepayment = async (tx: StoreTransaction, row: ObservationRow): Promise<string | undefined> => {
  const repayment = await tx.findRepayment(row.attemptId ?? "")
  const attempt = repayment?.attemptId === undefined ? undefined : await tx.findAttempt(repayment.attemptId)
  return attempt?.instance === row.instance ? attempt.paymentId : undefined
}

const attemptOf = (tx: StoreTransaction, row: ObservationRow): Promise<AttemptRow | undefined> =>
  row.attemptId !== undefined
    ? tx.findAttempt(row.attemptId)
    : row.reference === undefined
      ? Promise.resolve(undefined)
      : tx.findAttemptByReference(row.instance, row.reference)

/** Finds which payments have rows that no fold has seen, and parks rows whose payment is unknown. */
export const tieUnfolded = async (
  tx: StoreTransaction,
  limit: number
): Promise<{ readonly rows: number; readonly byPayment: ReadonlyMap<string, ReadonlyArray<ObservationRow>> }> => {
  const rows = await tx.unfoldedObservations(limit)
  const byPayment = new Map<string, ReadonlyArray<ObservationRow>>()
  for (const row of rows) {
    const paymentId = isAboutRepayment(row) ? await paymentOfRepayment(tx, row) : (await attemptOf(tx, row))?.paymentId
    if (paymentId === undefined) await tx.parkObservation(row.id)
    else byPayment.set(paymentId, [...(byPayment.get(paymentId) ?? []), row])
  }
  return { rows: rows.length, byPayment }
}

/** Ties rows to their attempts, which marks them as folded; keeps what the provider calls an attempt. */
export const adoptRows = async (tx: StoreTransaction, rows: ReadonlyArray<ObservationRow>): Promise<void> => {
  for (const row of rows) {
    if (row.attemptId !== undefined && isAboutRepayment(row)) {
      const paymentId = await paymentOfRepayment(tx, row)
      if (paymentId !== undefined) await tx.adoptObservation(row.id, { attemptId: row.attemptId, paymentId })
      continue
    }
    const attempt = await attemptOf(tx, row)
    if (attempt === undefined) continue
    await tx.adoptObservation(row.id, { attemptId: attempt.id, paymentId: attempt.paymentId })
    const { providerReference } = JSON.parse(row.content) as { readonly providerReference?: string } // written by ledger.ts
    if (row.trust === "proven" && providerReference !== undefined && attempt.providerReference === undefined) {
      await learnReference(tx, attempt, providerReference)
    }
  }
}

/** Keeps what the provider calls the attempt, unless another attempt already has that name; joins what was parked under it. */
export const learnReference = async (
  tx: StoreTransaction,
  attempt: AttemptRow,
  reference: string
): Promise<boolean> => {
  const other = await tx.findAttemptByReference(attempt.instance, reference)
  if (other !== undefined && other.id !== attempt.id) return false
  await tx.updateAttempt({ ...attempt, providerReference: reference })
  await tx.joinParked(attempt.instance, reference)
  return true
}
