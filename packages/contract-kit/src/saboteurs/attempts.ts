// Adapters that confuse the attempts of a payment.
import type { AttemptRecord, Observed } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { knowsItsOwnLife, spoilAdapter } from "./spoiling.ts"

type News = Observed & { readonly about?: { readonly attemptId: string } | { readonly providerReference: string } }

const attemptOf = ({ about }: News): string | undefined =>
  about !== undefined && "attemptId" in about ? about.attemptId : undefined

/** Takes the first attempt of a payment for the whole payment, in messages and in queries. */
const knowsTheFirst = spoilAdapter(({ create, status, webhook }) => {
  const firsts = new Map<string, AttemptRecord>()
  const payments = new Map<string, string>()
  const firstOf = (attemptId: string | undefined) => firsts.get(payments.get(attemptId ?? "") ?? "")
  return {
    create: (input) => {
      firsts.set(input.paymentId, firsts.get(input.paymentId) ?? input)
      payments.set(input.attemptId, input.paymentId)
      return create(input)
    },
    status: (attempt) => {
      const { attemptId, createdAt } = firsts.get(attempt.paymentId) ?? attempt
      return status({ ...attempt, attemptId, createdAt })
    },
    webhook: (inbound) =>
      Effect.map(webhook(inbound), (verdict) => ({
        ...verdict,
        observations: verdict.observations.map((one) => {
          const first = firstOf(attemptOf(one))
          return first === undefined ? one : { ...one, about: { attemptId: first.attemptId } }
        })
      }))
  }
})

/** Believes that a payment is paid once: money of its other attempts is nothing new. */
const paysOnce = spoilAdapter(({ create, status, webhook }) => {
  const payments = new Map<string, string>()
  const paid = new Map<string, string>()
  const tell = <O extends News>(one: O, attemptId: string | undefined): O => {
    const payment = attemptId === undefined ? undefined : payments.get(attemptId)
    if (one.says._tag !== "received" || payment === undefined || attemptId === undefined) return one
    const payer = paid.get(payment) ?? attemptId
    paid.set(payment, payer)
    return payer === attemptId ? one : { ...one, says: { _tag: "working" } }
  }
  return {
    create: (input) => {
      payments.set(input.attemptId, input.paymentId)
      return create(input)
    },
    status: (attempt) => Effect.map(status(attempt), (all) => all.map((one) => tell(one, attempt.attemptId))),
    webhook: (inbound) =>
      Effect.map(webhook(inbound), (verdict) => ({
        ...verdict,
        observations: verdict.observations.map((one) => tell(one, attemptOf(one)))
      }))
  }
})

export const attemptSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "knows-only-the-first-attempt",
    sentence: "Takes everything about a payment for news of its first attempt.",
    kind: "adapter",
    killedBy: "stale-attempt-cancels-nothing",
    spoil: knowsTheFirst
  },
  {
    id: "is-paid-once",
    sentence: "Does not tell of money that comes by a second attempt.",
    kind: "adapter",
    killedBy: "second-money-is-overpaid",
    spoil: paysOnce
  },
  {
    id: "knows-only-its-own-life",
    sentence: "Keeps payments in memory, and knows none of them after a restart.",
    kind: "adapter",
    killedBy: "replay-equals-state",
    spoil: knowsItsOwnLife({ _tag: "unknown_word", word: "unknown payment" })
  }
]
