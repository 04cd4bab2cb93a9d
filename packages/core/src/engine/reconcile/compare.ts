// The provider's row against our records: pure, so that every case can be tried.
import type { Money } from "../../Money.ts"
import type { Belief, DifferenceKind } from "../../Reconciliation.ts"
import type { PaymentStatus } from "../../State.ts"

/** How far a payment has come, as far as two sides can be expected to agree: lists rarely tell more. */
type Phase = "open" | "promised" | "paid" | "ended" | "gone" | "review"

const phases: Readonly<Record<PaymentStatus, Phase>> = {
  created: "open",
  requires_action: "open",
  processing: "open",
  provisional: "promised",
  paid: "paid",
  declined: "ended",
  expired: "ended",
  canceled: "ended",
  reversed: "gone",
  under_review: "review"
}

/** What the row says, folded by itself. */
export interface Told extends Belief {
  /** A word that nobody understands. */
  readonly isUnknown: boolean
}

const isSame = (a: Money, b: Money): boolean => a.currency === b.currency && a.minorUnits === b.minorUnits

const hasMoney = (belief: Belief): boolean => {
  const phase = phases[belief.status]
  return phase === "promised" || phase === "paid" || (phase === "review" && belief.received !== undefined)
}

const differsInAmount = (ours: Belief, theirs: Belief, asked: Money | undefined): boolean => {
  if (theirs.received === undefined) return false
  // Where no sum was named here, money counts as the sum that was asked.
  const believed = ours.received ?? asked
  if (believed === undefined) return false
  if (!isSame(believed, theirs.received)) return true
  return ours.received !== undefined && (ours.undone?.minorUnits ?? 0n) !== (theirs.undone?.minorUnits ?? 0n)
}

const differsInStatus = (ours: Belief, theirs: Told, isOtherSum: boolean): "status" | "late" | undefined => {
  if (theirs.isUnknown) return "status"
  const [our, their] = [phases[ours.status], phases[theirs.status]]
  if (our === their) return undefined
  if ((our === "ended" || our === "gone") && hasMoney(theirs)) return "late"
  // Money of another sum than ours is the difference in amount, and no second one.
  if (isOtherSum && our === "paid" && their === "review") return undefined
  // Withdrawn here is only our own offer: the provider may go on showing the request.
  if (ours.status === "canceled" && their === "open") return undefined
  return "status"
}

/** Every way in which a row differs from what we believe; none where it agrees. */
export const differencesOf = (ours: Belief, theirs: Told, asked: Money | undefined): ReadonlyArray<DifferenceKind> => {
  const isOtherSum = differsInAmount(ours, theirs, asked)
  const status = differsInStatus(ours, theirs, isOtherSum)
  return [...(isOtherSum ? ["amount" as const] : []), ...(status === undefined ? [] : [status])]
}
