// One row of the provider's list: tied to an attempt of ours, compared, and kept as evidence.
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { AttemptId } from "../../Ids.ts"
import { type AttemptFold, foldAttempt } from "../../lifecycle/fold.ts"
import { publicState } from "../../lifecycle/table.ts"
import type { ListedPayment } from "../../ListedPayment.ts"
import type { Observed } from "../../Observation.ts"
import type { PaymentError } from "../../PaymentError.ts"
import { type Belief, Difference, type DifferenceKind } from "../../Reconciliation.ts"
import type { AttemptRow, ObservationRow, PaymentRow, StoreTransaction } from "../../Store.ts"
import { factsOf } from "../folding.ts"
import { type Entry, toEntry } from "../ledger.ts"
import { foldRows, toRows } from "../record.ts"
import { foldText } from "../repeats.ts"
import { now, type Runtime, transact } from "../Runtime.ts"
import { askedOf, decodeStatus } from "../view.ts"
import { differencesOf, type Told } from "./compare.ts"

/** What one row came to. */
export interface MetRow {
  readonly differences: ReadonlyArray<Difference>
  /** New observations. */
  readonly recorded: number
  /** The row named a sum that nothing had named before. */
  readonly isConfirming: boolean
  /** No id of ours ties it. */
  readonly isUntied: boolean
}

const untied: MetRow = { differences: [], recorded: 0, isConfirming: false, isUntied: true }
const isAttemptId = Schema.is(AttemptId)

export const beliefOf = ({ name, received, undone }: AttemptFold): Belief => ({
  status: publicState[name].status,
  ...(received === undefined ? {} : { received }),
  ...(undone === undefined ? {} : { undone })
})

const toldBy = (fold: AttemptFold): Told => ({
  ...beliefOf(fold),
  isUnknown: fold.attention.includes("unknown_status")
})

const shown = ({ isUnknown: _isUnknown, ...belief }: Told): Belief => belief

/** A list tells where the payer stands, not what they must do: the action comes from the provider's answer about the payment alone. */
const withoutAction = (one: Observed): Observed =>
  one.says._tag === "action_needed" ? { ...one, says: { _tag: "working", actionStands: true } } : one

/** What is kept of a row. Where it tells nothing of the payment's state, that the provider has it. */
const evidenceOf = ({ observations, providerReference }: ListedPayment): ReadonlyArray<Observed> =>
  observations.length === 0
    ? [{ says: { _tag: "accepted" }, trust: "proven", providerReference }]
    : observations.map((one) => ({ providerReference, ...withoutAction(one) }))

const findTied = async (
  tx: StoreTransaction,
  instance: string,
  { attemptId, providerReference }: ListedPayment
): Promise<{ readonly attempt: AttemptRow; readonly payment: PaymentRow } | undefined> => {
  const named = attemptId === undefined ? undefined : await tx.findAttempt(attemptId)
  const attempt = named?.instance === instance ? named : await tx.findAttemptByReference(instance, providerReference)
  const payment = attempt === undefined ? undefined : await tx.findPayment(attempt.paymentId)
  return attempt === undefined || payment === undefined ? undefined : { attempt, payment }
}

/** What a row says, without its time. */
const sayingOf = (row: ObservationRow): string => {
  const { at: _at, ...content } = JSON.parse(row.content) as { readonly at: number } // written by ledger.ts
  return JSON.stringify(content)
}

/** Whether the ledger holds each of these words of the list already, and they change nothing. */
const isKnown = (
  facts: Parameters<typeof foldAttempt>[0],
  ledger: ReadonlyArray<Entry>,
  rows: ReadonlyArray<ObservationRow>
): boolean => {
  const said = new Set(ledger.filter(({ channel }) => channel === "listing").map(({ row }) => sayingOf(row)))
  return (
    rows.every((row) => said.has(sayingOf(row))) &&
    foldText(foldAttempt(facts, ledger)) === foldText(foldAttempt(facts, [...ledger, ...rows.map(toEntry)]))
  )
}

/** A request of ours of which nothing is left here: only the list tells of it. */
const missingHere = (runtime: Runtime, instance: string, row: ListedPayment, entries: ReadonlyArray<Entry>): MetRow => {
  const attempt = {
    instance,
    deadline: Number.MAX_SAFE_INTEGER,
    submission: "answered",
    submittedAt: undefined
  } as const
  const told = toldBy(foldAttempt(factsOf(runtime, attempt, row.amount), entries))
  const difference = new Difference({
    kind: "missing_here",
    providerReference: row.providerReference,
    ...(row.attemptId === undefined ? {} : { attemptId: row.attemptId }),
    ...(row.amount === undefined ? {} : { asked: row.amount }),
    ...(row.observations.length === 0 ? {} : { theirs: shown(told) })
  })
  return { differences: [difference], recorded: 0, isConfirming: false, isUntied: false }
}

/** What every difference about an attempt of ours tells. */
export const aboutAttempt = (attempt: AttemptRow, payment: PaymentRow) => {
  const asked = askedOf(payment)
  return {
    paymentId: payment.id,
    attemptId: attempt.id,
    merchantReference: payment.merchantReference,
    ...(attempt.providerReference === undefined ? {} : { providerReference: attempt.providerReference }),
    ...(asked === undefined ? {} : { asked })
  }
}

/** Ties, compares and records one row that was asked for at `askedAt`. */
export const meetRow = Effect.fnUntraced(function* (
  runtime: Runtime,
  instance: string,
  row: ListedPayment,
  askedAt: number
): Effect.fn.Return<MetRow, PaymentError> {
  const observedAt = yield* now
  // A row is as of the moment of asking where the provider does not say since when.
  const evidence = evidenceOf(row).map((one) => ({ providerTime: askedAt, ...one }))
  const found = yield* transact(runtime, "reconcile", (tx) => findTied(tx, instance, row))
  const reception = {
    channel: "listing",
    instance,
    observedAt,
    ...(found === undefined ? {} : { attemptId: found.attempt.id, paymentId: found.payment.id })
  } as const
  const rows = yield* toRows(runtime, "reconcile", evidence, reception)
  if (found === undefined) {
    return row.attemptId !== undefined && isAttemptId(row.attemptId)
      ? missingHere(runtime, instance, row, rows.map(toEntry))
      : untied
  }
  const met = yield* transact(runtime, "reconcile", async (tx) => {
    // Read again: what is compared and what is added to are the same.
    const attempt = (await tx.findAttempt(found.attempt.id)) ?? found.attempt
    const facts = factsOf(runtime, attempt, askedOf(found.payment))
    const ledger = (await tx.observationsOf(attempt.paymentId))
      .filter((one) => one.attemptId === attempt.id)
      .map(toEntry)
    const ours = foldAttempt(facts, ledger)
    const added: Array<ObservationRow> = []
    const isNeeded = row.observations.length > 0 || attempt.providerReference === undefined
    if (isNeeded && !isKnown(facts, ledger, rows)) {
      for (const one of rows) if (await tx.insertObservation(one)) added.push(one)
    }
    const theirs = row.observations.length === 0 ? undefined : toldBy(foldAttempt(facts, rows.map(toEntry)))
    return { attempt, ours, theirs, added }
  })
  const { added, attempt, ours, theirs } = met
  if (added.length > 0) {
    runtime.onDurableStep("listing_committed")
    yield* foldRows(runtime, "reconcile", attempt.paymentId, added)
  }
  const kinds: ReadonlyArray<DifferenceKind> =
    theirs === undefined ? [] : differencesOf(beliefOf(ours), theirs, askedOf(found.payment))
  const after =
    kinds.length === 0 ? undefined : yield* transact(runtime, "reconcile", (tx) => tx.findPayment(attempt.paymentId))
  return {
    recorded: added.length,
    isConfirming: ours.isUnconfirmed && theirs?.received !== undefined,
    isUntied: false,
    differences: kinds.map(
      (kind) =>
        new Difference({
          kind,
          ...aboutAttempt(attempt, found.payment),
          providerReference: row.providerReference,
          ours: beliefOf(ours),
          ...(theirs === undefined ? {} : { theirs: shown(theirs) }),
          ...(after === undefined ? {} : { statusNow: decodeStatus(after.status) })
        })
    )
  }
})
