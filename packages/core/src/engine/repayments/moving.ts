// How a repayment's row moves on: always with its step, its due work and the news of it, in one transaction.
import * as DateTime from "effect/DateTime"
import { foldRepayment } from "../../lifecycle/foldRepayment.ts"
import type { Manifest } from "../../Manifest.ts"
import type { RepaymentStatus, RepaymentStep } from "../../Repayment.ts"
import type { ObservationRow, PaymentRow, RepaymentRow, StoreTransaction } from "../../Store.ts"
import { emitRepayment } from "../outbox.ts"
import type { Runtime } from "../Runtime.ts"
import { coalesceMillis, paceOf } from "../schedule.ts"
import { toRepaymentEntry } from "./evidence.ts"
import { amountOf, decodeHistory, decodeRepaymentStatus, encodeHistory } from "./row.ts"

const ends: ReadonlySet<RepaymentStatus> = new Set(["done", "refused", "reversed"])

/** How long an end of a repayment stays soft: for as long as any end of a payment may change there. */
const softSecondsOf = ({ softSeconds: { declined, paid, reversed } }: Manifest): number =>
  Math.max(paid, declined, reversed)

/** When the status may become hard, epoch milliseconds; `undefined`: it is no end. */
export const windowEndOf = (row: RepaymentRow, manifest: Manifest): number | undefined =>
  ends.has(decodeRepaymentStatus(row.status)) ? row.since + softSecondsOf(manifest) * 1000 : undefined

const nextAskAt = (row: RepaymentRow, manifest: Manifest, now: number): number => {
  // A clock that was set back must not silence the questions until it has caught up.
  const start = Math.min(row.submittedAt ?? now, now)
  const last = row.lastQueryAt === undefined || row.lastQueryAt > now ? 0 : row.lastQueryAt
  const earliest = Math.max(start + manifest.query.earliestSeconds * 1000, last + coalesceMillis)
  const pace = (last === 0 ? start : last) + paceOf(manifest.query.schedule, now - start)
  const proof = manifest.absenceProvesAfter.notSubmittedSeconds
  const moments = [windowEndOf(row, manifest), proof === false ? undefined : start + proof * 1000]
  return Math.max(
    earliest,
    Math.min(pace, ...moments.filter((at) => at !== undefined && at > last).map((at) => at ?? 0))
  )
}

/** Puts or removes the repayment's due work. `notBefore` and `tries` slow down what failed. */
export const planRepayment = async (
  runtime: Runtime,
  tx: StoreTransaction,
  row: RepaymentRow,
  now: number,
  { notBefore = now, tries = 0 }: { readonly notBefore?: number; readonly tries?: number } = {}
): Promise<void> => {
  if (row.attemptId === undefined) return
  const attempt = await tx.findAttempt(row.attemptId)
  const manifest = runtime.instances.get(attempt?.instance ?? "")?.provider.manifest
  if (row.status === "requested" || row.finality === "hard" || manifest === undefined) {
    await tx.deleteWork(row.id, "repayment")
    return
  }
  const dueAt = row.status === "approved" ? notBefore : Math.max(notBefore, nextAskAt(row, manifest, now))
  await tx.putWork({ kind: "repayment", attemptId: row.id, dueAt, leaseUntil: 0, tries })
}

/** What was never sent is ended by people alone. */
const finalityOf = (row: RepaymentRow, status: RepaymentStatus): RepaymentRow["finality"] =>
  row.route === "manual" || (status === "refused" && row.submittedAt === undefined) ? "hard" : "soft"

/** Moves a repayment by a step; answers the new row. */
export const move = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  row: RepaymentRow,
  to: { readonly status: RepaymentStatus; readonly step: Omit<RepaymentStep, "at">; readonly submittedAt?: number },
  now: number,
  plan: Parameters<typeof planRepayment>[4] = {}
): Promise<RepaymentRow> => {
  const submittedAt = to.submittedAt ?? row.submittedAt
  const moved: RepaymentRow = {
    ...row,
    status: to.status,
    submittedAt,
    finality: finalityOf({ ...row, submittedAt }, to.status),
    since: now,
    updatedAt: now,
    history: encodeHistory([...decodeHistory(row.history), { ...to.step, at: DateTime.makeUnsafe(now) }])
  }
  await tx.updateRepayment(moved)
  await emitRepayment(runtime, tx, payment, now, moved)
  await planRepayment(runtime, tx, moved, now, plan)
  return moved
}

const actionOf: Readonly<Record<RepaymentStatus, RepaymentStep["action"]>> = {
  requested: "request",
  approved: "approve",
  submitted: "hear",
  outcome_unknown: "lose_reply",
  done: "complete",
  refused: "refuse",
  reversed: "reverse"
}

/** Where the provider's words have led one repayment. What is known already changes nothing. */
const foldOne = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  row: RepaymentRow,
  words: ReadonlyArray<ObservationRow>,
  now: number
): Promise<RepaymentRow> => {
  const [first] = words
  if (first === undefined) return row
  const steps = decodeHistory(row.history).map((step) => ({ ...step, at: DateTime.toEpochMillis(step.at) }))
  const { attention, status, word } = foldRepayment(amountOf(row), steps, words.map(toRepaymentEntry))
  const noted: RepaymentRow = { ...row, attention: attention.join(",") }
  if (status !== row.status) {
    const reason = word?.says._tag === "refused" ? word.says.reason : undefined
    const step = {
      action: actionOf[status],
      by: first.instance,
      isProvidersWord: true,
      ...(word?.providerCode === undefined ? {} : { providerCode: word.providerCode }),
      ...(reason === undefined ? {} : { reason })
    }
    return move(runtime, tx, payment, noted, { status, step }, now)
  }
  if (noted.attention === row.attention) return row
  await tx.updateRepayment({ ...noted, updatedAt: now })
  await emitRepayment(runtime, tx, payment, now, noted)
  return noted
}

/** Applies the provider's words to every repayment of the payment; answers them all. */
export const foldRepayments = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  now: number
): Promise<ReadonlyArray<RepaymentRow>> => {
  const repayments = await tx.repaymentsOf(payment.id)
  if (repayments.every((row) => row.attemptId === undefined)) return repayments
  const words = (await tx.observationsOf(payment.id)).filter((row) => row.trust === "proven")
  const folded: Array<RepaymentRow> = []
  for (const row of repayments) {
    const own = words.filter((one) => one.attemptId === row.id)
    folded.push(await foldOne(runtime, tx, payment, row, own, now))
  }
  return folded
}
