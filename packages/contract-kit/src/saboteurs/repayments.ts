// Adapters that send money back otherwise than was asked, or tell of it otherwise than it happened.
import { type Money, money, type Observed } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { retellRepayments, spoilAdapter, spoilManifest } from "./spoiling.ts"

export const repaymentSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "refunds-again",
    sentence: "Makes another refund of each repetition.",
    kind: "adapter",
    killedBy: "refund-gives-back",
    spoil: spoilAdapter(({ refund }) => {
      let count = 0
      return { refund: refund && ((attempt, back) => refund(attempt, { ...back, repaymentId: `rep_${count++}` })) }
    })
  },
  {
    id: "refunds-everything",
    sentence: "Gives everything back where a part was asked.",
    kind: "adapter",
    killedBy: "refund-gives-back",
    spoil: spoilAdapter(({ refund }) => ({
      refund: refund && ((attempt, back) => refund(attempt, { ...back, amount: attempt.total ?? back.amount }))
    }))
  },
  {
    id: "refunds-for-ever",
    sentence: "Declares that a refund is possible for longer than it is.",
    kind: "adapter",
    killedBy: "refund-gives-back",
    spoil: spoilManifest((right) => ({
      ...right,
      extras: {
        ...right.extras,
        refund:
          right.extras.refund === false
            ? false
            : { ...right.extras.refund, windowDays: right.extras.refund.windowDays + 30 }
      }
    }))
  },
  {
    id: "refunds-in-words",
    sentence: "Says that money went back without asking the provider.",
    kind: "adapter",
    killedBy: "refund-gives-back",
    spoil: spoilAdapter(() => ({ refund: () => Effect.succeed([]) }))
  },
  {
    id: "pays-out-again",
    sentence: "Sends a payout again when no reply came.",
    kind: "adapter",
    killedBy: "payout-is-paid-once",
    spoil: spoilAdapter(({ payout }) => ({
      payout: payout && ((attempt, out) => Effect.catch(payout(attempt, out), () => payout(attempt, out)))
    }))
  },
  {
    id: "pays-out-in-any-currency",
    sentence: "Pays euros out where another currency was asked.",
    kind: "adapter",
    killedBy: "payout-is-paid-once",
    spoil: spoilAdapter(({ payout }) => ({
      payout: payout && ((attempt, out) => payout(attempt, { ...out, amount: money(out.amount.minorUnits, "EUR") }))
    }))
  },
  {
    id: "pays-out-before-it-happened",
    sentence: "Says that money going back has left while the provider still works on it.",
    kind: "adapter",
    killedBy: "what-goes-back-is-told",
    spoil: retellRepayments((right) => (right.says._tag === "working" ? { ...right, says: { _tag: "done" } } : right))
  },
  {
    id: "keeps-a-return-to-itself",
    sentence: "Says nothing of money that left and came back.",
    kind: "adapter",
    killedBy: "what-goes-back-is-told",
    spoil: retellRepayments((right) => (right.says._tag === "reversed" ? undefined : right))
  },
  {
    id: "takes-a-refused-payout-for-sent",
    sentence: "Says that a repayment left which the provider refused.",
    kind: "adapter",
    killedBy: "what-goes-back-is-told",
    spoil: retellRepayments((right) => (right.says._tag === "refused" ? { ...right, says: { _tag: "done" } } : right))
  },
  {
    id: "undoes-what-we-sent-back",
    sentence: "Tells money that we sent back as undone, too.",
    kind: "adapter",
    killedBy: "what-goes-back-is-told",
    spoil: spoilAdapter(({ payout, refund, status, webhook }) => {
      const sent = new Map<string, Money>()
      const note = (attemptId: string, amount: Money) => void sent.set(attemptId, amount)
      const undone = (attemptId: string): ReadonlyArray<Observed> => {
        const amount = sent.get(attemptId)
        const operation = "sent back"
        return amount === undefined ? [] : [{ says: { _tag: "undone", amount }, trust: "proven", operation }]
      }
      return {
        refund: refund && ((attempt, back) => (note(attempt.attemptId, back.amount), refund(attempt, back))),
        payout: payout && ((attempt, out) => (note(attempt.attemptId, out.amount), payout(attempt, out))),
        status: (attempt) => Effect.map(status(attempt), (found) => [...found, ...undone(attempt.attemptId)]),
        webhook: (inbound) =>
          Effect.map(webhook(inbound), (verdict) => {
            const [attemptId] = sent.keys()
            const isAbout = attemptId !== undefined && (verdict.repayments?.length ?? 0) > 0
            const more = isAbout ? undone(attemptId).map((one) => ({ ...one, about: { attemptId } })) : []
            return { ...verdict, observations: [...verdict.observations, ...more] }
          })
      }
    })
  },
  {
    id: "never-heard-of-a-payout",
    sentence: "Says of every repayment that the provider knows nothing of it.",
    kind: "adapter",
    killedBy: "a-lost-repayment-is-found",
    spoil: spoilAdapter(() => ({
      repaymentStatus: () => Effect.succeed([{ says: { _tag: "absent" }, trust: "proven" } as const])
    }))
  },
  {
    id: "hears-nothing-of-payouts",
    sentence: "Says of a repayment that never arrived that it is on its way.",
    kind: "adapter",
    killedBy: "a-lost-repayment-is-found",
    spoil: retellRepayments((right) => (right.says._tag === "absent" ? { ...right, says: { _tag: "working" } } : right))
  }
]
