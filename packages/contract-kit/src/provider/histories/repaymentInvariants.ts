// What holds of money that a provider sends back for us, at every step of every history.
import type { Invariant } from "./Invariant.ts"
import { mayGoBack } from "./Limits.ts"
import { type Moment, trueSums } from "./Moment.ts"
import { boundOf, countsAsGone, isCarried, isGone, type KnownRepayment, reallyGone } from "./Repayments.ts"

const ofCarried = (
  id: string,
  sentence: string,
  broken: (known: KnownRepayment, now: Moment, before: Moment | undefined) => string | undefined
): Invariant => ({
  id,
  sentence,
  broken: (now, before) => {
    for (const known of now.repayments.known) {
      const wrong = isCarried(known) ? broken(known, now, before) : undefined
      if (wrong !== undefined) return `a ${known.route} of ${known.minorUnits}: ${wrong}`
    }
    return undefined
  }
})

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

export const repaymentInvariants: ReadonlyArray<Invariant> = [
  ofCarried(
    "approved-before-it-leaves",
    "The provider hears of no repayment before another person approved it.",
    (known) =>
      known.atProvider !== undefined && !known.isApproved ? "the provider has it, and nobody approved it" : undefined
  ),
  ofCarried(
    "leaves-once",
    "A repayment leaves once, and with the sum that was asked for.",
    ({ atProvider, minorUnits }, now) => {
      const { sent = [] } = atProvider ?? {}
      if (sent.length > 1) return `it left ${sent.length} times`
      const isOther = sent.some((sum) => sum.minorUnits !== minorUnits || sum.currency !== now.currency)
      return isOther ? `${sent.map((sum) => `${sum.minorUnits} ${sum.currency}`).join(", ")} left` : undefined
    }
  ),
  ofCarried(
    "what-left-counts",
    "Money that left at the provider counts as gone, whatever was heard of it.",
    (known, { isSkewed }) =>
      isGone(known) && !countsAsGone(known) && !known.isSettled && !isSkewed
        ? `it left, and is believed ${known.status}`
        : undefined
  ),
  ofCarried(
    "only-firm-money-leaves",
    "What leaves is there and can no longer be undone when it leaves, unless a named person overrides.",
    (known, now, before) => {
      const was = before?.repayments.known.find(({ id }) => id === known.id)
      if (known.atProvider === undefined || was?.atProvider !== undefined) return undefined
      const most = [now, ...(before === undefined ? [] : [before])].map((one) => mayGoBack(one, known.isOverride).most)
      const limit = most.reduce(larger, 0n)
      const all = known.minorUnits + boundOf(now.repayments.known.filter(({ id }) => id !== known.id))
      return all > limit ? `with it ${all} go, of ${limit} that may` : undefined
    }
  ),
  {
    id: "no-more-goes-than-came",
    sentence: "Never more goes back than truly came.",
    broken: (now) => {
      const { charged, hasForeign } = trueSums(now)
      const isForPeople =
        !now.namesSums ||
        hasForeign ||
        now.attempts.some(({ deeds }) => deeds.decided !== undefined) ||
        now.repayments.known.some(({ isSettled }) => isSettled)
      const gone = reallyGone(now.repayments.known)
      return gone > charged && !isForPeople ? `${gone} went back, ${charged} came` : undefined
    }
  }
]
