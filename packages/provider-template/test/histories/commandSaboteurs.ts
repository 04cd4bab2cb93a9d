// Mistakes, of adapters and of the engine, that only a history with one certain command can show.
import type { Client, HistoriesOptions, ProviderContract, Step } from "@maksa/contract-kit"
import { money, PaymentError, Refused } from "@maksa/core"
import * as Effect from "effect/Effect"
import { spoilRepayments, spoilSays, spoilVerbs } from "./spoiling.ts"

export interface CommandSaboteur {
  readonly id: string
  readonly sentence: string
  /** Whether a step is the command that shows it. */
  readonly needs: (step: Step) => boolean
  readonly spoil?: (contract: ProviderContract) => ProviderContract
  readonly engine?: NonNullable<HistoriesOptions["engine"]>
}

const isDo =
  (name: Step["do"]): CommandSaboteur["needs"] =>
  (step) =>
    step.do === name

const engineWith =
  (spoil: (own: Client) => Partial<Client>): NonNullable<HistoriesOptions["engine"]> =>
  (own) => ({ ...own, ...spoil(own) })

/** Takes silence for the provider's no. */
const orRefused = <A>(sent: Effect.Effect<A, PaymentError>): Effect.Effect<A, PaymentError> =>
  Effect.mapError(sent, (error) =>
    error.reason._tag === "OutcomeUnknown"
      ? new PaymentError({ operation: error.operation, reason: new Refused({ message: "No." }) })
      : error
  )

export const commandSaboteurs: ReadonlyArray<CommandSaboteur> = [
  {
    id: "trims-the-consent",
    sentence: "Trims the consent that the payer gave.",
    needs: isDo("answer"),
    spoil: spoilVerbs(({ resume }) =>
      resume === undefined
        ? {}
        : {
            resume: (attempt, { consentText, ...rest }) =>
              resume(attempt, { ...rest, ...(consentText === undefined ? {} : { consentText: consentText.trim() }) })
          }
    )
  },
  {
    id: "takes-any-consent",
    sentence: "An engine that takes a consent to another text for a consent to the shown one.",
    needs: isDo("answer"),
    engine: engineWith(({ resume }) => ({
      resume: (payment, { fields }) => {
        const action = payment.current.nextAction
        const shown = action?._tag === "collect" ? action.consentText : undefined
        return resume(payment, { fields, ...(shown === undefined ? {} : { consentText: shown }) })
      }
    }))
  },
  {
    id: "keeps-no-consent",
    sentence: "An engine that does not keep what the payer agreed to.",
    needs: isDo("answer"),
    engine: engineWith(({ history }) => ({
      history: async (id) => (await history(id)).filter(({ says }) => says._tag !== "consented")
    }))
  },
  {
    id: "drops-the-currency",
    sentence: "Hands on the number without its currency.",
    needs: (step) => step.do === "turn" && step.sum === "foreign",
    spoil: spoilSays((says) =>
      says._tag === "received" && says.amount !== undefined
        ? { ...says, amount: money(says.amount.minorUnits, "EUR") }
        : says
    )
  },
  {
    id: "believes-our-clock",
    sentence: "Takes an answer that our own clock has not come to for a refusal.",
    needs: isDo("skew"),
    spoil: spoilVerbs((own) => ({
      status: (attempt) =>
        Effect.map(own.status(attempt), (all) =>
          all.map((one) =>
            one.providerTime !== undefined && one.providerTime > attempt.now
              ? { ...one, says: { _tag: "refused" } as const }
              : one
          )
        )
    }))
  },
  {
    id: "signs-decisions-itself",
    sentence: "An engine that does not keep who decided.",
    needs: isDo("decide"),
    engine: engineWith(({ decide }) => ({ decide: (id, input) => decide(id, { ...input, by: "the system" }) }))
  },
  {
    id: "decides-as-it-likes",
    sentence: "An engine that takes a withdrawn case for a refused one.",
    needs: isDo("decide"),
    engine: engineWith(({ decide }) => ({
      decide: (id, input) => decide(id, { ...input, status: input.status === "canceled" ? "declined" : input.status })
    }))
  },
  {
    id: "gives-back-what-may-be-undone",
    sentence: "An engine that gives back money which the provider may still take away.",
    needs: isDo("repay"),
    engine: engineWith(({ repay }) => ({ repay: (input) => repay({ ...input, override: true }) }))
  },
  {
    id: "gives-back-twice",
    sentence: "An engine that takes a repeated request for another one.",
    needs: isDo("repay"),
    engine: (own) => {
      let count = 0
      return engineWith(({ repay }) => ({
        repay: (input) => repay({ ...input, idempotencyKey: `${input.idempotencyKey} ${count++}` })
      }))(own)
    }
  },
  {
    id: "takes-silence-for-no",
    sentence: "An engine that takes a transfer without an answer for refused.",
    needs: isDo("step_repayment"),
    engine: engineWith(({ stepRepayment }) => ({
      stepRepayment: (id, input) =>
        stepRepayment(id, { ...input, action: input.action === "lose_reply" ? "refuse" : input.action })
    }))
  },
  {
    id: "believes-without-proof",
    sentence: "An engine that takes a transfer for done that nobody can prove.",
    needs: isDo("step_repayment"),
    engine: engineWith(({ stepRepayment }) => ({
      stepRepayment: (id, input) => stepRepayment(id, { evidence: "surely", ...input })
    }))
  },
  {
    id: "takes-a-lost-payout-for-refused",
    sentence: "Takes a refund or a payout whose reply was lost for refused.",
    needs: (step) => step.do === "fault" && (step.operation === "refund" || step.operation === "payout"),
    spoil: spoilVerbs(({ payout, refund }) => ({
      ...(refund === undefined ? {} : { refund: (...asked) => orRefused(refund(...asked)) }),
      ...(payout === undefined ? {} : { payout: (...asked) => orRefused(payout(...asked)) })
    }))
  },
  {
    id: "does-not-hear-that-it-came-back",
    sentence: "Takes money that came back for money that is still on its way.",
    needs: (step) => step.do === "turn_repayment" && step.to === "reversed",
    spoil: spoilRepayments((says) => (says._tag === "reversed" ? { _tag: "working" } : says))
  },
  {
    id: "lets-anybody-approve",
    sentence: "An engine that lets the person who asked for it approve it.",
    needs: (step) => step.do === "step_repayment" && step.isSamePerson === true,
    engine: engineWith(({ stepRepayment }) => ({
      stepRepayment: (id, input) => stepRepayment(id, { ...input, by: `${input.by} once more` })
    }))
  },
  {
    id: "sends-before-anybody-approves",
    sentence: "An engine that sends money as soon as it is asked for.",
    needs: (step) => step.do === "repay" && step.route !== undefined && step.route !== "manual",
    engine: engineWith(({ repay, stepRepayment }) => ({
      repay: async (input) => {
        const repayment = await repay(input)
        if (repayment.route !== "manual" && repayment.status === "requested") {
          await stepRepayment(repayment.id, { action: "approve", by: "the system" })
        }
        return repayment
      }
    }))
  }
]
