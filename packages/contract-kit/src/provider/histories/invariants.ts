import type { Invariant } from "./Invariant.ts"
import type { AttemptTruth, Moment } from "./Moment.ts"
import { believedSums, seemsEnough, trueSums } from "./Moment.ts"
import { repaymentInvariants } from "./repaymentInvariants.ts"
import { givenBackOf } from "./Repayments.ts"
import { relapse } from "./rest.ts"

/** An invariant of each attempt, as it is and as it is believed to be. */
const ofAttempts = (
  id: string,
  sentence: string,
  isBroken: (truth: AttemptTruth, believed: Moment["believed"]["attempts"][number], now: Moment) => boolean
): Invariant => ({
  id,
  sentence,
  broken: (now) => {
    for (const [index, truth] of now.attempts.entries()) {
      const believed = now.believed.attempts[index]
      if (believed !== undefined && isBroken(truth, believed, now)) {
        return `attempt ${index} is believed ${believed.status} (${believed.finality})`
      }
    }
    return undefined
  }
})

/** The same, while the status is not one that a named person decided: that person answers for it. */
const ofEvidence = (
  id: string,
  sentence: string,
  isBroken: (truth: AttemptTruth, believed: Moment["believed"]["attempts"][number], now: Moment) => boolean
): Invariant =>
  ofAttempts(
    id,
    sentence,
    (truth, believed, now) => truth.deeds.decided?.status !== believed.status && isBroken(truth, believed, now)
  )

const asText = (rows: ReadonlyArray<ReadonlyArray<string | bigint>>): string =>
  rows.map((row) => row.join(" ")).join(", ")

const second = 1000
const endsWithoutMoney: ReadonlySet<string> = new Set(["declined", "expired", "canceled"])

export const invariants: ReadonlyArray<Invariant> = [
  {
    id: "no-money-from-nowhere",
    sentence: "Received is never above what truly came.",
    broken: (now) => {
      const { charged } = trueSums(now)
      const believed = believedSums(now).charged
      // Where no sum was ever named, what is believed undone stands in for what came: judged by its own invariant.
      return now.believed.state.money.received !== undefined && believed > charged
        ? `${believed} is believed received, ${charged} came`
        : undefined
    }
  },
  {
    id: "no-undo-from-nowhere",
    sentence: "Money never leaves our facts unless it truly went back.",
    broken: (now) => {
      const truth = trueSums(now)
      const believed = believedSums(now).undone
      const isExplained = now.attempts.some(({ deeds }) => deeds.wasPromised || deeds.decided !== undefined)
      // Other money that came and went in one second may stand for the other, until the provider is asked.
      const isOtherMoney = now.attempts.some(({ deeds }) => deeds.hadOddSum) && believed <= truth.charged
      // By a wrong clock an older answer may seem the newer one, until the provider is asked again.
      return believed > truth.undone && !isExplained && !isOtherMoney && !now.isSkewed
        ? `${believed} is believed undone, ${truth.undone} went back`
        : undefined
    }
  },
  {
    id: "received-never-shrinks",
    sentence: "What was once believed received stays in the facts.",
    broken: (now, before) => {
      const was = before?.believed.state.money.received?.minorUnits ?? 0n
      const is = now.believed.state.money.received?.minorUnits ?? 0n
      return is < was ? `received went from ${was} to ${is}` : undefined
    }
  },
  ofEvidence(
    "paid-only-if-received",
    "Paid is believed only of an attempt that truly brought all that was asked, in its currency.",
    (truth, believed, now) => believed.status === "paid" && !seemsEnough(truth.sums.charged, truth.sums, now)
  ),
  ofAttempts(
    "provisional-is-promised",
    "Provisional is believed only of an attempt that somebody promised money for.",
    (truth, believed) => believed.status === "provisional" && !truth.deeds.wasPromised && truth.sums.charged === 0n
  ),
  ofEvidence(
    "hard-paid-is-there",
    "Paid and hard is believed only of money that is there and stays.",
    (truth, believed, now) =>
      believed.status === "paid" &&
      believed.finality === "hard" &&
      !truth.deeds.brokeRules &&
      !seemsEnough(truth.sums.charged - truth.sums.undone, truth.sums, now)
  ),
  ofEvidence(
    "hard-end-is-empty",
    "A hard end without money is believed only where no money is.",
    (truth, believed) =>
      endsWithoutMoney.has(believed.status) &&
      believed.finality === "hard" &&
      !truth.deeds.brokeRules &&
      truth.sums.charged > truth.sums.undone
  ),
  ofEvidence(
    "no-refusal-from-nowhere",
    "Declined or expired is believed only after a refusal, a lapse or the deadline: silence and failures are none.",
    (truth, believed, { at, ourTime }) =>
      (believed.status === "declined" || believed.status === "expired") &&
      !truth.deeds.wasRefused &&
      // Of what the provider has not got, either clock may tell that its time is over; providers count whole seconds.
      (truth.copies === 0 ? Math.max(at, ourTime) : at) + second < truth.deadline
  ),
  ofEvidence(
    "reversed-only-if-there",
    "Reversed is believed only of money that came or was promised.",
    (truth, believed) =>
      believed.status === "reversed" && truth.sums.charged === 0n && !truth.sums.hasForeign && !truth.deeds.wasPromised
  ),
  ofAttempts("one-payment-per-attempt", "An attempt never exists twice at the provider.", (truth) => truth.copies > 1),
  ofAttempts(
    "no-charge-from-nowhere",
    "The simulator moves no money that nobody made it move.",
    (truth) => truth.charges > truth.deeds.mayCharge
  ),
  ofAttempts(
    "watched-until-hard",
    "An attempt that may still change is always due for another question.",
    (truth, believed, { watched }) => believed.finality === "soft" && !watched.has(truth.id)
  ),
  {
    id: "fulfil-once-per-epoch",
    sentence: "The application is told to fulfil once per money epoch, and only of money that came or was promised.",
    broken: (now) => {
      const epochs = now.told.flatMap((event) => (event.type === "payment.fulfil" ? [event.epoch] : []))
      if (new Set(epochs).size < epochs.length) return `told to fulfil twice in epoch ${epochs.join(", ")}`
      const isCovered = now.attempts.some(
        ({ deeds, sums }) => deeds.wasPromised || deeds.decided !== undefined || seemsEnough(sums.charged, sums, now)
      )
      return epochs.length > 0 && !isCovered ? "told to fulfil although nothing came" : undefined
    }
  },
  ofAttempts(
    "decision-stands",
    "What a named person decided gives way to money alone, or goes into review.",
    ({ deeds, sums }, { finality, status }) =>
      deeds.decided !== undefined &&
      status !== "under_review" &&
      sums.charged === 0n &&
      (status !== deeds.decided.status || finality !== "hard")
  ),
  {
    id: "repayments-stay",
    sentence: "Every repayment that was taken stands as it was left, and what left counts as given back.",
    broken: ({ believed, repayments }) => {
      const is = asText(repayments.believed.map(({ id, status, amount }) => [id, status, amount.minorUnits]))
      const must = asText(repayments.known.map(({ id, status, minorUnits }) => [id, status, minorUnits]))
      if (is !== must) return `repayments are ${is}, and ought to be ${must}`
      const given = believed.state.money.givenBack?.minorUnits ?? 0n
      const left = givenBackOf(repayments.known)
      return given === left ? undefined : `${given} is believed given back, ${left} left`
    }
  },
  ...repaymentInvariants,
  {
    id: "truth-is-kept",
    sentence: "What is believed and true does not become false by old or repeated news.",
    broken: relapse
  },
  {
    id: "attempts-stay",
    sentence: "No attempt is ever forgotten.",
    broken: (now, before) =>
      before !== undefined && before.believed.attempts.some((one, i) => one.id !== now.believed.attempts[i]?.id)
        ? "an attempt is gone"
        : undefined
  }
]
