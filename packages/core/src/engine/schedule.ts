// When an attempt is next asked about. Time only makes us ask; what the answer means is the fold's.
import type { AttemptFold } from "../lifecycle/fold.ts"
import { publicState } from "../lifecycle/table.ts"
import type { Manifest } from "../Manifest.ts"
import type { AttemptRow, StoreTransaction } from "../Store.ts"
import type { Runtime } from "./Runtime.ts"

/** At most one status call per attempt in this time. */
export const coalesceMillis = 10_000

/** How long after the failed try with this number the next one comes, milliseconds. */
export const backoff = (tries: number, capMillis: number): number =>
  Math.min(capMillis, 5_000 * 2 ** Math.min(tries, 20))

export const paceOf = (schedule: Manifest["query"]["schedule"], ageMillis: number): number => {
  const row = schedule.find((one) => ageMillis < one.untilSeconds * 1000) ?? schedule.at(-1)
  return (row?.everySeconds ?? 3600) * 1000
}

const windowEnd = (attempt: AttemptRow, fold: AttemptFold, manifest: Manifest): number | undefined => {
  const { status, finality } = publicState[fold.name]
  if (finality === "hard") return undefined
  const soft = manifest.softSeconds
  return status === "paid" ||
    status === "declined" ||
    status === "expired" ||
    status === "canceled" ||
    status === "reversed"
    ? attempt.since + soft[status] * 1000
    : undefined
}

/** Epoch milliseconds of the next query, or `undefined` when nothing can change any more. */
export const nextQueryAt = (
  attempt: AttemptRow,
  fold: AttemptFold,
  manifest: Manifest,
  isHinted: boolean,
  now: number
): number | undefined => {
  // A clock that was set back must not silence the queries until it has caught up.
  const last = (attempt.lastQueryAt ?? 0) > now ? 0 : (attempt.lastQueryAt ?? 0)
  const start = Math.min(attempt.submittedAt ?? attempt.createdAt, now)
  const earliest = Math.max(start + manifest.query.earliestSeconds * 1000, last + coalesceMillis)
  // The provider's server says that something changed: ask, also about what we hold for closed or never sent.
  if (isHinted) return Math.max(earliest, now)
  if (publicState[fold.name].finality === "hard") return undefined
  // Nothing ever left: there is nobody to ask. The deadline alone may close it.
  if (!fold.hasEvidence && (attempt.submission === "none" || attempt.submission === "not_sent")) {
    return fold.name === "created" ? Math.max(attempt.deadline, now) : undefined
  }
  if (fold.wantsQuery) return Math.max(earliest, now)
  const paced = Math.max(earliest, (last === 0 ? start : last) + paceOf(manifest.query.schedule, now - start))
  const end = windowEnd(attempt, fold, manifest)
  const lapse =
    manifest.absenceProvesAfter.lapsedSeconds === false
      ? undefined
      : attempt.deadline + manifest.absenceProvesAfter.lapsedSeconds * 1000
  const absence =
    fold.name === "submitted" && manifest.absenceProvesAfter.notSubmittedSeconds !== false
      ? start + manifest.absenceProvesAfter.notSubmittedSeconds * 1000
      : undefined
  // A moment at which the answer can prove something new is not missed by the pace.
  const moments = [end, lapse, absence].filter((at) => at !== undefined && at > last)
  return Math.max(earliest, Math.min(paced, ...moments.map((at) => at ?? paced)))
}

/** Puts or removes the attempt's due work according to its fold. */
export const planWork = async (
  runtime: Runtime,
  tx: StoreTransaction,
  attempt: AttemptRow,
  fold: AttemptFold,
  isHinted: boolean,
  now: number
): Promise<void> => {
  const manifest = runtime.instances.get(attempt.instance)?.provider.manifest
  if (manifest === undefined) return
  const dueAt = nextQueryAt(attempt, fold, manifest, isHinted, now)
  if (dueAt === undefined) await tx.deleteWork(attempt.id, "query")
  else await tx.putWork({ kind: "query", attemptId: attempt.id, dueAt, leaseUntil: 0, tries: 0 })

  if (fold.isUnconfirmed && manifest.amountEvidence === "receipt" && attempt.providerReference !== undefined) {
    const planned = await tx.findWork(attempt.id, "receipt")
    if (planned === undefined) {
      await tx.putWork({ kind: "receipt", attemptId: attempt.id, dueAt: now, leaseUntil: 0, tries: 0 })
    }
  } else await tx.deleteWork(attempt.id, "receipt")
}
