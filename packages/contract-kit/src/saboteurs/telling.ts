// Adapters that misread what the provider says about a payment.
import type { Claim, ClaimTag } from "@maksa/core"
import type { Saboteur } from "./Saboteur.ts"
import { retell, retellAnew, type Source, spoilAdapter } from "./spoiling.ts"
import * as Effect from "effect/Effect"

/** One claim taken for another. */
const mistaken = (from: ClaimTag, to: (right: Claim) => Claim | undefined, only?: ReadonlyArray<Source>) =>
  retell((one) => {
    if (one.says._tag !== from) return one
    const says = to(one.says)
    return says === undefined ? undefined : { ...one, says }
  }, only)

const sumOf = (claim: Claim) => ("amount" in claim && claim.amount !== undefined ? { amount: claim.amount } : {})

export const tellingSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "unknown-word-is-declined",
    sentence: "Takes a status that no document knows for a refusal.",
    kind: "adapter",
    killedBy: "unknown-word-changes-nothing",
    spoil: mistaken("unknown_word", () => ({ _tag: "refused" }))
  },
  {
    id: "unknown-word-is-paid",
    sentence: "Takes a status that no document knows for money.",
    kind: "adapter",
    killedBy: "unknown-word-changes-nothing",
    spoil: mistaken("unknown_word", () => ({ _tag: "received" }))
  },
  {
    id: "unknown-word-is-working",
    sentence: "Takes a status that no document knows for one that it knows, and tells nobody.",
    kind: "adapter",
    killedBy: "unknown-word-changes-nothing",
    spoil: mistaken("unknown_word", () => ({ _tag: "working" }))
  },
  {
    id: "swaps-promised-and-received",
    sentence: "Takes a promise for money and money for a promise.",
    kind: "adapter",
    killedBy: "provisional-is-not-hard",
    spoil: retell((one) => {
      const { says } = one
      if (says._tag === "promised") return { ...one, says: { _tag: "received", ...sumOf(says) } }
      return says._tag === "received" ? { ...one, says: { _tag: "promised", ...sumOf(says) } } : one
    })
  },
  {
    id: "promise-is-money",
    sentence: "Takes a promise of a bank for money.",
    kind: "adapter",
    killedBy: "provisional-is-not-hard",
    spoil: mistaken("promised", (says) => ({ _tag: "received", ...sumOf(says) }))
  },
  {
    id: "promise-is-nothing",
    sentence: "Takes a promise of a bank for work in progress.",
    kind: "adapter",
    killedBy: "provisional-is-not-hard",
    spoil: mistaken("promised", () => ({ _tag: "working" }))
  },
  {
    id: "acceptance-is-money",
    sentence: "Takes an operation that succeeded for a payment that was paid.",
    kind: "adapter",
    killedBy: "truth-agreement",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) =>
        Effect.map(create(input), (observed) => [
          ...observed,
          {
            says: { _tag: "received", ...(input.total === undefined ? {} : { amount: input.total }) },
            trust: "proven",
            operation: "created"
          }
        ])
    }))
  },
  {
    id: "absence-is-a-refusal",
    sentence: "Takes a payment that the provider does not know for one that was refused.",
    kind: "adapter",
    killedBy: "absence-proves-what-the-manifest-says",
    spoil: mistaken("absent", () => ({ _tag: "refused" }))
  },
  {
    id: "absence-has-lapsed",
    sentence: "Takes a payment that the provider does not know for one that nobody can pay any more.",
    kind: "adapter",
    killedBy: "absence-proves-what-the-manifest-says",
    spoil: mistaken("absent", () => ({ _tag: "lapsed" }))
  },
  {
    id: "reversal-is-a-refusal",
    sentence: "Takes money that went back for a payment that was refused.",
    kind: "adapter",
    killedBy: "outcomes-are-seen",
    spoil: mistaken("undone", () => ({ _tag: "refused" }))
  },
  {
    id: "swallows-reversals",
    sentence: "Does not tell that money went back.",
    kind: "adapter",
    killedBy: "reversal-after-paid",
    spoil: mistaken("undone", () => undefined)
  },
  {
    id: "sees-reversals-only-in-notices",
    sentence: "Does not tell that money went back when it asks.",
    kind: "adapter",
    killedBy: "reversal-is-found-by-asking",
    spoil: mistaken("undone", () => undefined, ["status"])
  },
  {
    id: "refusal-is-lapse",
    sentence: "Takes a refusal for a payment that nobody paid in time.",
    kind: "adapter",
    killedBy: "outcomes-are-seen",
    spoil: mistaken("refused", () => ({ _tag: "lapsed" }))
  },
  {
    id: "refusal-is-final",
    sentence: "Says of a payment that was once refused for ever that it was refused.",
    kind: "adapter",
    killedBy: "late-money-after-refusal",
    spoil: retellAnew(() => {
      const refused = new Set<string>()
      return (one) => {
        const { providerReference = "", says } = one
        if (says._tag === "refused") refused.add(providerReference)
        return refused.has(providerReference) ? { ...one, says: { _tag: "refused" } } : one
      }
    })
  },
  {
    id: "money-is-news-once",
    sentence: "Tells of the money only the first time that it sees it, and then calls the payment unfinished.",
    kind: "adapter",
    killedBy: "soft-until-the-window-ends",
    spoil: retellAnew(() => {
      const seen = new Set<string>()
      return (one) => {
        const { operation = "", providerReference = "", says } = one
        const about = `${providerReference}/${operation}`
        if (says._tag !== "received") return one
        if (seen.has(about)) return { ...one, says: { _tag: "absent" } }
        seen.add(about)
        return one
      }
    })
  },
  {
    id: "withdrawal-is-a-wish",
    sentence: "Says that a payment is withdrawn without asking the provider.",
    kind: "adapter",
    killedBy: "withdrawal-stops-offering",
    spoil: spoilAdapter(() => ({
      withdraw: () => Effect.succeed([{ says: { _tag: "withdrawn" }, trust: "proven" }])
    }))
  },
  {
    id: "calls-it-otherwise",
    sentence: "Tells another reference than the provider's.",
    kind: "adapter",
    killedBy: "first-contact",
    spoil: retell((one) =>
      one.providerReference === undefined ? one : { ...one, providerReference: `X${one.providerReference}` }
    )
  },
  {
    id: "drops-the-providers-time",
    sentence: "Drops the provider's time, so that what arrives last is taken for what happened last.",
    kind: "adapter",
    killedBy: "any-order-of-notices",
    spoil: retell(({ providerTime: _time, ...one }) => one)
  },
  {
    id: "counts-time-in-seconds",
    sentence: "Takes the provider's milliseconds for seconds.",
    kind: "adapter",
    killedBy: "soft-until-the-window-ends",
    spoil: retell((one) =>
      one.providerTime === undefined ? one : { ...one, providerTime: Math.floor(one.providerTime / 1000) }
    )
  }
]
