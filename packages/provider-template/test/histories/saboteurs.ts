// Ways in which an adapter can be wrong that no single message shows: each must be found by random histories.
import type { ProviderContract, SandboxDriver } from "@maksa/contract-kit"
import {
  type CreateInput,
  money,
  type Observed,
  type PaymentError,
  PaymentError as Failure,
  Refused
} from "@maksa/core"
import * as Effect from "effect/Effect"
import { spoilManifest, spoilSays, spoilVerbs, spoilWords } from "./spoiling.ts"

export interface HistorySaboteur {
  readonly id: string
  readonly sentence: string
  /** Of the histories that find it; it takes a rare turn. */
  readonly seed?: number
  readonly spoil: (contract: ProviderContract) => ProviderContract
}

const refused: Observed = { says: { _tag: "refused" }, trust: "proven" }

const asRefusal = (error: PaymentError): PaymentError =>
  new Failure({ operation: error.operation, reason: new Refused({ message: "No." }) })

let count = 0

export const historySaboteurs: ReadonlyArray<HistorySaboteur> = [
  {
    id: "promise-is-money",
    sentence: "Takes a promise for money.",
    spoil: spoilSays((says) =>
      says._tag === "promised" ? { _tag: "received", ...(says.amount ? { amount: says.amount } : {}) } : says
    )
  },
  {
    id: "unknown-is-refused",
    sentence: "Takes a word that it does not know for a refusal.",
    spoil: spoilSays((says) => (says._tag === "unknown_word" ? { _tag: "refused" } : says))
  },
  {
    id: "absent-is-refused",
    sentence: "Takes a payment that the provider does not know for refused.",
    spoil: spoilSays((says) => (says._tag === "absent" ? { _tag: "refused" } : says))
  },
  {
    id: "undo-is-ignored",
    sentence: "Does not hear that money went back.",
    spoil: spoilSays((says) => (says._tag === "undone" ? { _tag: "working" } : says))
  },
  {
    id: "sum-is-as-asked",
    sentence: "Tells the asked sum instead of the one that came.",
    spoil: spoilSays((says) => (says._tag === "received" ? { _tag: "received", amount: money(1200n, "EUR") } : says))
  },
  {
    id: "sums-up",
    sentence: "Takes each message about the same money for other money.",
    spoil: spoilWords((observed) => ({ ...observed, operation: `message ${count++}` }))
  },
  {
    id: "orders-by-arrival",
    sentence: "Dates messages by when they come.",
    spoil: spoilVerbs((own) => ({
      webhook: (inbound) =>
        Effect.map(own.webhook(inbound), (verdict) => ({
          ...verdict,
          observations: verdict.observations.map((one) => ({
            ...one,
            providerTime: inbound.receivedAt.epochMilliseconds
          }))
        }))
    }))
  },
  {
    id: "one-message-per-payment",
    sentence: "Takes every message about a payment for a repetition of the first.",
    spoil: spoilVerbs((own) => ({
      webhook: (inbound) =>
        Effect.map(own.webhook(inbound), (verdict) => {
          const about = verdict.observations[0]?.about
          return { ...verdict, content: new TextEncoder().encode(JSON.stringify(about)) }
        })
    }))
  },
  {
    id: "lost-is-refused",
    sentence: "Takes a lost reply for a refusal.",
    spoil: spoilVerbs((own) => ({
      create: (input) =>
        Effect.mapError(own.create(input), (error) =>
          error.reason._tag === "OutcomeUnknown" ? asRefusal(error) : error
        )
    }))
  },
  {
    id: "silence-is-refused",
    sentence: "Takes a status query without an answer for a refusal.",
    spoil: spoilVerbs((own) => ({ status: (attempt) => Effect.orElseSucceed(own.status(attempt), () => [refused]) }))
  },
  {
    id: "remembers-answers",
    sentence: "Answers a status query as it did the first time.",
    spoil: (contract) => {
      const known = new Map<string, ReadonlyArray<Observed>>()
      return spoilVerbs((own) => ({
        status: (attempt) => {
          const answer = known.get(attempt.attemptId)
          return answer === undefined
            ? Effect.tap(own.status(attempt), (all) => Effect.sync(() => known.set(attempt.attemptId, all)))
            : Effect.succeed(answer)
        }
      }))(contract)
    }
  },
  {
    id: "lapses-early",
    sentence: "Calls a payment lapsed a day before its deadline.",
    spoil: spoilVerbs((own) => ({
      status: (attempt) =>
        Effect.map(own.status(attempt), (all) =>
          all.map((one) =>
            one.says._tag === "action_needed" && attempt.now > attempt.deadline - 86_400_000
              ? { ...one, says: { _tag: "lapsed" } as const }
              : one
          )
        )
    }))
  },
  {
    id: "refusal-is-final",
    seed: 4,
    sentence: "Forgets that a refusal may still be overturned.",
    spoil: spoilManifest((manifest) => ({ ...manifest, softSeconds: { ...manifest.softSeconds, declined: 0 } }))
  },
  {
    id: "money-is-final",
    sentence: "Forgets that money may still go back.",
    spoil: spoilManifest((manifest) => ({ ...manifest, softSeconds: { ...manifest.softSeconds, paid: 0 } }))
  },
  {
    id: "believes-everybody",
    sentence: "Believes a notice that nobody signed.",
    spoil: spoilVerbs((own) => ({
      webhook: (inbound) =>
        Effect.catch(own.webhook(inbound), (error) => {
          const text = new TextDecoder().decode(inbound.body)
          const id = /"id":"(att_[a-z0-9]+)"/.exec(text)?.[1]
          if (id === undefined) return Effect.fail(error)
          const says = { _tag: "received", amount: money(1200n, "EUR") } as const
          return Effect.succeed({
            observations: [{ says, trust: "proven", about: { attemptId: id } } as const],
            content: inbound.body,
            acknowledge: { status: 204 },
            tryAgain: { status: 503 }
          })
        })
    }))
  },
  {
    id: "news-of-another",
    sentence: "Ties a message to the payment that was ordered last.",
    spoil: (contract) => {
      let last: string | undefined
      return spoilVerbs((own) => ({
        create: (input: CreateInput<unknown>) => {
          last = input.attemptId
          return own.create(input)
        },
        webhook: (inbound) =>
          Effect.map(own.webhook(inbound), (verdict) => ({
            ...verdict,
            observations: verdict.observations.map((one) =>
              last === undefined ? one : { ...one, about: { attemptId: last } }
            )
          }))
      }))(contract)
    }
  },
  {
    id: "driver-shows-double",
    sentence: "A simulator that shows each payment twice.",
    spoil: (contract) => ({
      ...contract,
      driver: async (): Promise<SandboxDriver> => {
        const driver = await contract.driver()
        const truth = driver.truth.bind(driver)
        const twice: SandboxDriver["truth"] = async (attempt) => {
          const all = await truth(attempt)
          return [...all, ...all]
        }
        return Object.assign(driver, { truth: twice })
      }
    })
  },
  {
    id: "driver-invents-money",
    sentence: "A simulator that tells of money as soon as it hears of a payment.",
    spoil: (contract) => ({
      ...contract,
      driver: async (): Promise<SandboxDriver> => {
        const driver = await contract.driver()
        const truth = driver.truth.bind(driver)
        const invented: SandboxDriver["truth"] = async (attempt) =>
          (await truth(attempt)).map((one) => ({ ...one, charged: [money(1200n, "EUR")] }))
        return Object.assign(driver, { truth: invented })
      }
    })
  }
]
