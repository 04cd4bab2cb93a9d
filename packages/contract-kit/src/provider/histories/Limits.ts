// How much money may go back at a moment: by the truth, and by what our side can know of it.
import type { AttemptTruth, Moment } from "./Moment.ts"
import { believedSums } from "./Moment.ts"

/** So much surely may go back, and no more than `most` does. */
export interface GoingBack {
  readonly sure: bigint
  readonly most: bigint
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** Money at the provider that our side knows exactly. */
const isNamed = ({ deeds, sums }: AttemptTruth, { namesSums }: Moment): boolean =>
  namesSums &&
  !deeds.brokeRules &&
  !deeds.hadOddSum &&
  deeds.decided === undefined &&
  !sums.hasForeign &&
  !sums.cameLess

/**
 * Only money that can no longer be undone goes back, unless a named person overrides: then all that is believed there may.
 * An operator who calls a payment paid answers for the sum, and so does a provider that names none: that much was asked.
 * Money that went against the provider's own rules is there until somebody tells that it went.
 */
export const mayGoBack = (now: Moment, isOverride: boolean): GoingBack => {
  const { asked, attempts, believed } = now
  let [sure, most] = [0n, 0n]
  for (const [index, truth] of attempts.entries()) {
    const one = believed.attempts[index]
    const isFirm = one?.status === "paid" && one.finality === "hard"
    // What was stored when the program was killed counts at once, and is seen only when it was folded.
    if (!isFirm && !now.unread.has(truth.id)) continue
    const net = larger(truth.sums.charged - truth.sums.undone, 0n)
    if (isFirm && isNamed(truth, now)) sure += net
    const there = truth.deeds.brokeRules ? truth.sums.charged : net
    most += isNamed(truth, now) ? net : larger(there, asked?.minorUnits ?? 0n)
  }
  if (!isOverride) return { sure, most }
  // Money that nobody named is there whatever was decided of it, and may be what was asked, even one in another currency.
  const isUnnamed = ({ sums }: AttemptTruth, index: number): boolean =>
    believed.attempts[index]?.status === "paid" || (!now.namesSums && (sums.charged > 0n || sums.hasForeign))
  const unnamed = BigInt(attempts.filter(isUnnamed).length) * (asked?.minorUnits ?? 0n)
  return { sure, most: larger(most, believedSums(now).charged + unnamed) }
}
