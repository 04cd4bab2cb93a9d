// The provider's own list against our records, page by page. Nothing changes without an observation.
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ListedBy, ListedPayment, Span } from "../../ListedPayment.ts"
import { InvalidRequest, type PaymentError, Unsupported } from "../../PaymentError.ts"
import { type Candidate, type Difference, Reconciliation } from "../../Reconciliation.ts"
import type { AttemptRow } from "../../Store.ts"
import { atInstance, failWith, findInstance, now, type Runtime } from "../Runtime.ts"
import { candidatesFor } from "./candidates.ts"
import { isExpected, isOrphan, type OwnAttempt, submittedIn, toOrphan, withoutRow } from "./own.ts"
import { meetRow } from "./row.ts"

export interface ReconcileInput<Instance extends string = string> {
  readonly provider: Instance
  /** ISO 8601 with a zone, or a Date. */
  readonly from: string | Date
  /** The span ends just before this moment, at the latest now. */
  readonly to: string | Date
}

const Input = Schema.Struct({ provider: Schema.NonEmptyString, from: Schema.Unknown, to: Schema.Unknown })
const decodeInput = Schema.decodeUnknownEffect(Input, { onExcessProperty: "error" })

const day = 86_400_000
/** A longer span is several runs. */
const mostDays = 366
/** Clocks differ: what either side dates a little outside the span is looked at, and not reported. */
const marginMillis = 300_000
const rowsAtOnce = 8

const invalid = (field: string, message: string) => failWith("reconcile", new InvalidRequest({ field, message }))

const readSpan = Effect.fnUntraced(function* (
  { from, to }: ReconcileInput,
  at: number
): Effect.fn.Return<Span, PaymentError> {
  const start = DateTime.make(from)
  const end = DateTime.make(to)
  if (start._tag === "None") return yield* invalid("from", "from must be a moment in ISO 8601.")
  if (end._tag === "None") return yield* invalid("to", "to must be a moment in ISO 8601.")
  const span = {
    from: DateTime.toEpochMillis(start.value),
    to: Math.min(DateTime.toEpochMillis(end.value), at)
  }
  if (span.from >= span.to) return yield* invalid("from", "from must be before to, and in the past.")
  if (span.to - span.from > mostDays * day) return yield* invalid("to", `The span is at most ${mostDays} days.`)
  return span
})

/** A span in pieces of a day, so that no list is long; the outer ones reach a little beyond. */
const piecesOf = ({ from, to }: Span): ReadonlyArray<Span> => {
  const pieces: Array<Span> = []
  for (let start = from; start < to; start += day) {
    const end = start + day
    pieces.push({ from: start === from ? from - marginMillis : start, to: end >= to ? to + marginMillis : end })
  }
  return pieces
}

/** What a list by the end holds may have been begun long before the span. */
const isInside = ({ createdAt }: ListedPayment, { from, to }: Span, by: ListedBy): boolean =>
  by === "end" || createdAt === undefined || (createdAt >= from && createdAt < to)

const toCandidate = ({ amount, createdAt, providerReference }: ListedPayment): Candidate => ({
  providerReference,
  ...(amount === undefined ? {} : { amount }),
  ...(createdAt === undefined ? {} : { createdAt: DateTime.makeUnsafe(createdAt) })
})

const isNameless = ({ providerReference }: AttemptRow): boolean => providerReference === undefined

/** Compares the provider's list of a span with our records, keeps what the list says, and reports every difference. */
export const reconcile = Effect.fn("Payments.reconcile")(function* (
  runtime: Runtime,
  input: ReconcileInput
): Effect.fn.Return<Reconciliation, PaymentError> {
  const startedAt = yield* now
  yield* Effect.mapError(decodeInput(input), ({ message }) => failWith("reconcile", new InvalidRequest({ message })))
  const span = yield* readSpan(input, startedAt)
  const { adapter, provider } = yield* findInstance(runtime, "reconcile", input.provider)
  const { instance } = provider
  const { list } = adapter
  const { list: declared } = provider.manifest.extras
  if (list === undefined || declared === false) {
    const message = `${instance} does not declare list.`
    return yield* failWith("reconcile", new Unsupported({ message }), { instance })
  }
  const isLost = (own: OwnAttempt) => isOrphan(own, provider.manifest.firstContact === "call", startedAt)
  const orphans = (yield* submittedIn(runtime, instance, span, isNameless)).filter(isLost).map(toOrphan)

  const seen = new Set<string>()
  const strangers: Array<ListedPayment> = []
  const differences: Array<Difference> = []
  const counts = { listed: 0, agreeing: 0, untied: 0, confirmed: 0, recorded: 0 }
  const pieces = piecesOf(span)
  // In a list by the end a payment may stand in several pieces: its last end tells how it stands.
  for (const piece of declared.by === "end" ? pieces.toReversed() : pieces) {
    const askedAt = yield* now
    const listed = yield* Effect.mapError(list(piece), atInstance(instance))
    const fresh = listed.filter((row) => !seen.has(row.providerReference))
    for (const { attemptId, providerReference } of fresh) {
      seen.add(providerReference)
      if (attemptId !== undefined) seen.add(attemptId)
    }
    const inside = fresh.filter((row) => isInside(row, span, declared.by))
    const met = yield* Effect.forEach(inside, (row) => meetRow(runtime, instance, row, askedAt), {
      concurrency: rowsAtOnce
    })
    counts.listed += met.length
    for (const one of met) {
      differences.push(...one.differences)
      counts.recorded += one.recorded
      if (one.isConfirming) counts.confirmed++
      if (one.isUntied) counts.untied++
      else if (one.differences.length === 0) counts.agreeing++
    }
    // Of a stranger's row only what may be our own lost request outlives its page.
    const unknown = inside.filter((_, index) => met[index]?.isUntied)
    strangers.push(...unknown.filter((row) => orphans.some((orphan) => candidatesFor(orphan, [row]).length > 0)))
  }
  const isUnseen = ({ id, providerReference }: AttemptRow) =>
    !seen.has(id) && (providerReference === undefined || !seen.has(providerReference))
  for (const own of yield* submittedIn(runtime, instance, span, isUnseen)) {
    if (isExpected(own, span, declared.by, startedAt)) differences.push(withoutRow(runtime, "missing_there", own))
    else if (isLost(own)) {
      const candidates = candidatesFor(toOrphan(own), strangers).map(toCandidate)
      differences.push(withoutRow(runtime, "orphan_request", own, { candidates }))
    }
  }
  return new Reconciliation({
    provider: instance,
    from: DateTime.makeUnsafe(span.from),
    to: DateTime.makeUnsafe(span.to),
    ...counts,
    differences
  })
})
