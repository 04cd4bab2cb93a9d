import { type Attempt, type ConfirmationInput, type Observation } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import { notReady } from "./refusals.ts"

export interface Evidence {
  /** Whose word it is that money came. */
  readonly basis: "provider" | "operator"
  /** Whether an operator decided that the payment is paid. */
  readonly isDecided: boolean
  readonly attempt: Attempt
  readonly paidAt: number
  readonly paidAtSource: "provider" | "confirmed"
  readonly paidVia: string | undefined
  readonly providerReference: string | undefined
}

const millis = (observation: Observation): number => DateTime.toEpochMillis(observation.at)

const earliest = (observations: ReadonlyArray<Observation>): Observation | undefined =>
  observations.reduce<Observation | undefined>(
    (first, next) => (first === undefined || millis(next) < millis(first) ? next : first),
    undefined
  )

/** A query's time is the time of asking, so only the other channels tell when the payer paid. */
const tellsTimeOfPayment = (observation: Observation): boolean =>
  observation.hasProviderTime && observation.channel !== "query"

/** Money that came again after it was undone was paid then, not before; a part that was undone leaves the rest where it was. */
const sinceUndone = (received: ReadonlyArray<Observation>, undone: ReadonlyArray<Observation>) => {
  const later = received.filter((one) =>
    undone.every((other) => other.attemptId !== one.attemptId || millis(other) < millis(one))
  )
  return later.length > 0 ? later : received
}

/**
 * The proven observations that a confirmation rests on; hints prove nothing and are left out. Whether the payment is paid
 * is core's word already: here its evidence must be at hand, and it tells when, by whom and under which reference.
 */
export const evidenceOf = ({ observations, payment }: ConfirmationInput): Evidence => {
  const proven = observations.filter((observation) => observation.trust === "proven")
  const received = sinceUndone(
    proven.filter((one) => one.says._tag === "received" && one.says.amount !== undefined),
    proven.filter((one) => one.says._tag === "undone")
  )
  const decided = proven.filter((one) => one.says._tag === "decided" && one.says.status === "paid")
  const basis = received.length > 0 ? "provider" : "operator"
  const timed = earliest(received.filter(tellsTimeOfPayment))
  const chosen = timed ?? earliest(received) ?? earliest(decided)
  const attempt = payment.attempts.find((one) => one.id === chosen?.attemptId)
  if (chosen === undefined || attempt === undefined) {
    throw notReady(payment, "there is no proven observation that the money came and how much.")
  }
  // Several observations of one attempt may tell these; any of them is the provider's word, the first one is taken.
  const ofAttempt = proven.filter((one) => one.attemptId === attempt.id)
  return {
    basis,
    isDecided: decided.length > 0,
    attempt,
    paidAt: millis(chosen),
    paidAtSource: timed === undefined ? "confirmed" : "provider",
    paidVia: chosen.paidVia ?? ofAttempt.find((one) => one.paidVia !== undefined)?.paidVia,
    providerReference:
      chosen.providerReference ?? ofAttempt.find((one) => one.providerReference !== undefined)?.providerReference
  }
}
