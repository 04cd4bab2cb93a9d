// Our side of a span: which attempts the provider's list must have, and which nobody knows the name of.
import * as Effect from "effect/Effect"
import { foldAttempt } from "../../lifecycle/fold.ts"
import type { ListedBy, Span } from "../../ListedPayment.ts"
import type { PaymentError } from "../../PaymentError.ts"
import { Difference } from "../../Reconciliation.ts"
import type { AttemptRow, PaymentRow, SubmittedFilter } from "../../Store.ts"
import { factsOf } from "../folding.ts"
import { type Entry, toEntry } from "../ledger.ts"
import { type Runtime, transact } from "../Runtime.ts"
import { askedOf } from "../view.ts"
import type { Orphan } from "./candidates.ts"
import { aboutAttempt, beliefOf } from "./row.ts"

/** An attempt of ours in the span, with what has been said of it. */
export interface OwnAttempt {
  readonly attempt: AttemptRow
  readonly payment: PaymentRow
  readonly entries: ReadonlyArray<Entry>
}

const pageSize = 200
/** A submission so young may still be under way, and what the provider has told us so lately may not be in its list yet. */
const underWayMillis = 180_000

/** The attempts that were submitted in a span and that `isWanted`, oldest first. */
export const submittedIn = Effect.fnUntraced(function* (
  runtime: Runtime,
  instance: string,
  span: Span,
  isWanted: (attempt: AttemptRow) => boolean
): Effect.fn.Return<ReadonlyArray<OwnAttempt>, PaymentError> {
  const found: Array<OwnAttempt> = []
  let after: SubmittedFilter["after"]
  for (;;) {
    const page = yield* transact(runtime, "reconcile", async (tx) => {
      const filter = { instance, ...span, limit: pageSize, ...(after === undefined ? {} : { after }) }
      const attempts = await tx.submittedAttempts(filter)
      const wanted: Array<OwnAttempt> = []
      for (const attempt of attempts.filter(isWanted)) {
        const payment = await tx.findPayment(attempt.paymentId)
        const rows = await tx.observationsOf(attempt.paymentId)
        const entries = rows.filter((row) => row.attemptId === attempt.id).map(toEntry)
        if (payment !== undefined) wanted.push({ attempt, payment, entries })
      }
      return { wanted, last: attempts.at(-1) }
    })
    found.push(...page.wanted)
    if (page.last?.submittedAt === undefined) return found
    after = { submittedAt: page.last.submittedAt, id: page.last.id }
  }
})

/** The provider itself has spoken of it: a reply counts only if it names it, because some are made without asking anybody. */
const isProvidersWord = ({ channel, row, says, trust }: Entry): boolean => {
  if (trust !== "proven" || channel === "operator" || channel === "return" || says._tag === "absent") return false
  // written by ledger.ts
  const { providerReference } = JSON.parse(row.content) as { readonly providerReference?: string }
  return channel !== "reply" || providerReference !== undefined
}

/** Since when at the latest the provider has had it, epoch milliseconds; `undefined`: nothing shows that it has. */
const knownThereSince = (entries: ReadonlyArray<Entry>): number | undefined => {
  const times = entries.filter(isProvidersWord).map(({ at }) => at)
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b))
}

/** Since when at the latest the provider has held the money that nothing has taken back since, epoch milliseconds. */
const paidThereSince = (entries: ReadonlyArray<Entry>): number | undefined => {
  const told = entries.filter(isProvidersWord)
  const paid = told.filter(({ says }) => says._tag === "received")
  const isOverturned = told.some(({ says }) => says._tag === "refused" || says._tag === "undone")
  return paid.length === 0 || isOverturned ? undefined : paid.reduce((since, { at }) => Math.min(since, at), Infinity)
}

/**
 * Whether the list of the span must have it: it was sent after the span's start, and the provider spoke of it before the
 * span's end, so it began there in between. A list by the end must have it only once the provider has told of money: what
 * goes on stands in none, and what was overturned may have ended at another time.
 */
export const isExpected = ({ attempt, entries }: OwnAttempt, span: Span, by: ListedBy, now: number): boolean => {
  const since = by === "end" ? paidThereSince(entries) : knownThereSince(entries)
  if (attempt.submittedAt === undefined || since === undefined) return false
  return attempt.submittedAt >= span.from && since < span.to && since <= now - underWayMillis
}

/** Whether its reply was lost and nothing has told since what the provider calls it. */
export const isOrphan = ({ attempt, entries }: OwnAttempt, isCalledFirst: boolean, now: number): boolean =>
  attempt.providerReference === undefined &&
  attempt.finality === "soft" &&
  attempt.status !== "created" &&
  (attempt.submission === "started" || (attempt.submission === "answered" && isCalledFirst)) &&
  (attempt.submittedAt ?? now) <= now - underWayMillis &&
  knownThereSince(entries) === undefined

export const toOrphan = ({ attempt, payment }: OwnAttempt): Orphan => ({
  asked: askedOf(payment),
  submittedAt: attempt.submittedAt ?? attempt.createdAt
})

/** A difference that no row of the list is about. */
export const withoutRow = (
  runtime: Runtime,
  kind: "missing_there" | "orphan_request",
  { attempt, entries, payment }: OwnAttempt,
  more: Pick<ConstructorParameters<typeof Difference>[0], "candidates"> = {}
): Difference =>
  new Difference({
    kind,
    ...aboutAttempt(attempt, payment),
    ours: beliefOf(foldAttempt(factsOf(runtime, attempt, askedOf(payment)), entries)),
    ...more
  })
