// What must be believed once everything that is due was done and nothing new happens.
import type { Attention, Manifest, Money, PaymentStatus } from "@maksa/core"
import type { AttemptTruth, Moment } from "./Moment.ts"
import { believedSums, suffices, trueSums } from "./Moment.ts"
import { givenBackOf } from "./Repayments.ts"
import { repaymentsAtRest } from "./repaymentsAtRest.ts"

/** How an attempt ended at the provider, or where it stands. */
export type Fate =
  | "open"
  | "refused"
  | "lapsed"
  | "promised"
  | "paid"
  | "overpaid"
  | "underpaid"
  | "foreign"
  | "undone"
  | "partly_undone"
  | "unpriced_rest"
  | "unspoken"

export const fateOf = ({ sums, deeds }: AttemptTruth, asked: Money | undefined): Fate => {
  if (deeds.word === "unknown_word") return "unspoken"
  if (sums.hasForeign) return "foreign"
  const there = sums.charged - sums.undone
  if (sums.charged > 0n) {
    if (there <= 0n) return "undone"
    if (asked === undefined && sums.undone > 0n) return "unpriced_rest"
    if (suffices(there, asked)) return asked !== undefined && there > asked.minorUnits ? "overpaid" : "paid"
    return sums.undone > 0n ? "partly_undone" : "underpaid"
  }
  const { word } = deeds
  if (word === "given_up") return "refused"
  return word === "promised" || word === "refused" || word === "lapsed" || word === "undone" ? word : "open"
}

interface Rest {
  readonly statuses: ReadonlyArray<PaymentStatus>
  readonly attention?: Attention
}

const withoutMoney: ReadonlyArray<PaymentStatus> = [
  "created",
  "requires_action",
  "processing",
  "declined",
  "expired",
  "canceled"
]
const ended: ReadonlyArray<PaymentStatus> = ["declined", "expired", "canceled"]

/** What may be believed of an attempt with this fate. */
export const atRest: Readonly<Record<Fate, Rest>> = {
  open: { statuses: withoutMoney },
  refused: { statuses: [...ended, "reversed"] },
  lapsed: { statuses: [...ended, "reversed"] },
  promised: { statuses: ["provisional"] },
  paid: { statuses: ["paid"] },
  overpaid: { statuses: ["paid"], attention: "overpaid" },
  underpaid: { statuses: ["under_review"], attention: "underpaid" },
  foreign: { statuses: ["under_review"] },
  // What came and went unheard of is any other end, where the provider has one word for all.
  undone: { statuses: [...ended, "reversed"] },
  partly_undone: { statuses: ["under_review"] },
  // Where the provider sets the price, nobody can tell whether what is left is all that was due.
  unpriced_rest: { statuses: ["paid", "under_review"] },
  unspoken: {
    statuses: [...withoutMoney, "provisional", "paid", "reversed", "under_review"],
    attention: "unknown_status"
  }
}

/** What nobody told us of cannot be known; a provider that breaks its own rules is for a person to judge. */
const isKnowable = ({ canBeAsked, deeds }: AttemptTruth): boolean => canBeAsked && !deeds.brokeRules

/** Whether a status is what may be believed of such an attempt. */
export const fits = (status: PaymentStatus, truth: AttemptTruth, asked: Money | undefined): boolean =>
  atRest[fateOf(truth, asked)].statuses.includes(status) ||
  (truth.deeds.isStrange && atRest.unspoken.statuses.includes(status)) ||
  (status === "under_review" && (truth.deeds.hadOddSum || truth.deeds.decided !== undefined)) ||
  // Once a part of it had gone nobody could tell whether the rest was all: a person was asked, and stays asked.
  (status === "under_review" && asked === undefined && truth.charges > 1 && truth.sums.undone > 0n) ||
  truth.deeds.decided?.status === status

// What was heard in the same second may be older than what was done in it.
const second = 1000

/** Money that was heard of after a person had decided that there is none. */
export const isOverlooked = ({ deeds, heardAt }: AttemptTruth, status: PaymentStatus): boolean =>
  deeds.decided?.status === status &&
  status !== "paid" &&
  deeds.decided.charged === 0n &&
  deeds.word === "received" &&
  deeds.at > deeds.decided.at &&
  heardAt >= deeds.at + second

/** Whether the flag must be up. Too much is there no more once the surplus was given back. */
const isDue = (attention: Attention, { deeds }: AttemptTruth, { repayments }: Moment): boolean =>
  deeds.decided === undefined && (attention !== "overpaid" || givenBackOf(repayments.known) === 0n)

const attemptAtRest = (truth: AttemptTruth, index: number, now: Moment): string | undefined => {
  const { asked, believed, isSkewed } = now
  const one = believed.attempts[index]
  if (one === undefined || !isKnowable(truth)) return undefined
  // By a clock that was set back an answer seems older than what it answers: that may end before a person, never in money.
  if (isSkewed && one.status === "under_review") return undefined
  const fate = fateOf(truth, asked)
  if (!fits(one.status, truth, asked)) {
    return `attempt ${index} is ${fate} at the provider and believed ${one.status} (${one.finality})`
  }
  if (!isSkewed && isOverlooked(truth, one.status)) {
    return `attempt ${index} was decided ${one.status}, money came after that, and nobody is told`
  }
  const { attention } = atRest[fate]
  if (attention === undefined || !isDue(attention, truth, now)) return undefined
  return one.finality === "soft" && !believed.state.attention.includes(attention)
    ? `attempt ${index} is ${fate} at the provider and nobody is told ${attention}`
    : undefined
}

const isSame = (a: AttemptTruth, b: AttemptTruth): boolean =>
  a.deeds.word === b.deeds.word && a.sums.charged === b.sums.charged && a.sums.undone === b.sums.undone

/** Once our facts were the truth and nothing has happened at the provider since, nothing that we hear makes them false. */
export const relapse = (now: Moment, before: Moment | undefined): string | undefined => {
  for (const [index, truth] of now.attempts.entries()) {
    const was = before?.attempts[index]
    const [then, is] = [before?.believed.attempts[index], now.believed.attempts[index]]
    if (was === undefined || then === undefined || is === undefined) continue
    // What was never heard of may have been right by chance.
    if (was.heardAt < was.deeds.at + second) continue
    if (!isKnowable(was) || !isKnowable(truth) || !isSame(was, truth)) continue
    if (truth.deeds.decided !== undefined || now.isSkewed) continue
    if (fits(then.status, was, now.asked) && !fits(is.status, truth, now.asked)) {
      return `attempt ${index} is ${fateOf(truth, now.asked)} as before, and went from ${then.status} to ${is.status}`
    }
  }
  return undefined
}

const moneyAtRest = (now: Moment, manifest: Manifest): string | undefined => {
  if (now.isSkewed && now.believed.state.status === "under_review") return undefined
  const isNamed = now.attempts.every(
    (one) =>
      isKnowable(one) &&
      !one.sums.hasForeign &&
      !one.sums.cameLess &&
      !one.deeds.isStrange &&
      one.deeds.decided === undefined
  )
  if (!isNamed || manifest.amountEvidence === "none") return undefined
  const truth = trueSums(now)
  const believed = believedSums(now)
  return believed.charged - believed.undone === truth.charged - truth.undone
    ? undefined
    : `${believed.charged} - ${believed.undone} is believed there, ${truth.charged} - ${truth.undone} is`
}

/** The application heard of the status that stands. */
const toldAtRest = ({ believed, told }: Moment): string | undefined => {
  const last = told.findLast((event) => event.type === "payment.status_changed")
  const { status, finality } = believed.state
  if (last === undefined) return status === "created" ? undefined : `nobody was told that it is ${status}`
  return last.status === status && last.finality === finality
    ? undefined
    : `the application was last told ${last.status} (${last.finality}), and it is ${status} (${finality})`
}

/** The application heard of every repayment's status that stands. */
const repaymentsTold = ({ repayments, told }: Moment): string | undefined => {
  for (const { id, status } of repayments.known) {
    const last = told.findLast((event) => event.type === "repayment.changed" && event.repaymentId === id)
    if (last?.type !== "repayment.changed" || last.status !== status) {
      return `nobody was told that a repayment is ${status}`
    }
  }
  return undefined
}

/** What is wrong at rest, in words; `undefined`: our facts are the truth. */
export const wrongAtRest = (now: Moment, manifest: Manifest): string | undefined =>
  now.attempts.map((truth, index) => attemptAtRest(truth, index, now)).find((wrong) => wrong !== undefined) ??
  moneyAtRest(now, manifest) ??
  repaymentsAtRest(now, manifest) ??
  toldAtRest(now) ??
  repaymentsTold(now)
