// The provider's document against the payment that it should prove.
import type { AttemptFold } from "../lifecycle/fold.ts"
import type { Money } from "../Money.ts"
import type { Observed } from "../Observation.ts"
import type { AttemptRow } from "../Store.ts"

/** Whether the document calls the attempt otherwise than the provider did: then it is another payment's. GUIDs are written in either case. */
export const isOfAnother = (
  { providerReference: known }: Pick<AttemptRow, "providerReference">,
  observed: ReadonlyArray<Observed>
): boolean =>
  known !== undefined &&
  observed.some(({ providerReference: named = known }) => named.toLowerCase() !== known.toLowerCase())

/** Sums by operation; the same operation named twice is one. */
const sumsOf = (observed: ReadonlyArray<Observed>): ReadonlyArray<Money> => {
  const sums = new Map<string, Money>()
  for (const { operation = "", says } of observed) {
    if (says._tag === "received" && says.amount !== undefined) sums.set(operation, says.amount)
  }
  return [...sums.values()]
}

/**
 * Whether the document names another sum than what is known to have come or, where nobody named that, was asked. Under review
 * the sum that came is what is in doubt, so only the sum that was asked counts.
 */
export const namesAnotherSum = (
  fold: Pick<AttemptFold, "name" | "received">,
  asked: Money | undefined,
  observed: ReadonlyArray<Observed>
): boolean => {
  const sums = sumsOf(observed)
  const known = fold.name === "under_review" ? (asked ?? fold.received) : (fold.received ?? asked)
  if (sums.length === 0 || known === undefined) return false
  const total = sums.reduce((sum, one) => sum + one.minorUnits, 0n)
  return total !== known.minorUnits || sums.some((one) => one.currency !== known.currency)
}
