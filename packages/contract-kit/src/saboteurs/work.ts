// Adapters that take the word for a payer who has acted for one of its neighbours.
import type { Claim } from "@maksa/core"
import type { Saboteur } from "./Saboteur.ts"
import { retell } from "./spoiling.ts"

/** The provider's word for a payer who has acted, taken for something else; `undefined` is not said at all. */
const workIs = (id: string, sentence: string, says: Claim | undefined): Saboteur => ({
  id,
  sentence,
  kind: "adapter",
  killedBy: "acted-payer-is-not-asked-again",
  spoil: retell((one) => {
    if (one.says._tag !== "working" || one.says.actionStands === true) return one
    return says === undefined ? undefined : { ...one, says }
  })
})

export const workSaboteurs: ReadonlyArray<Saboteur> = [
  workIs("work-is-acceptance", "Takes a payer who has acted for an order that was accepted.", { _tag: "accepted" }),
  workIs("work-leaves-the-page", "Leaves the page on offer after the payer has acted.", {
    _tag: "working",
    actionStands: true
  }),
  workIs("work-is-a-promise", "Takes a payer who has acted for a promise of a bank.", { _tag: "promised" }),
  workIs("work-is-money", "Takes a payer who has acted for money.", { _tag: "received" }),
  workIs("work-is-a-refusal", "Takes a payer who has acted for one who was refused.", { _tag: "refused" }),
  workIs("work-is-absence", "Takes a payer who has acted for a payment that the provider does not know.", {
    _tag: "absent"
  }),
  workIs("work-is-no-news", "Does not tell that the payer has acted.", undefined),
  {
    id: "waiting-is-work",
    sentence: "Takes a page that nobody has used for a payer who has acted.",
    kind: "adapter",
    killedBy: "acted-payer-is-not-asked-again",
    spoil: retell(
      (one) => (one.says._tag === "action_needed" ? { ...one, says: { _tag: "working" } } : one),
      ["status"]
    )
  },
  {
    id: "refusals-are-work-in-notices",
    sentence: "Takes a refusal for work in progress where a notice tells it.",
    kind: "adapter",
    killedBy: "each-channel-tells-alone",
    spoil: retell((one) => (one.says._tag === "refused" ? { ...one, says: { _tag: "working" } } : one), ["webhook"])
  },
  {
    id: "promises-are-work-in-answers",
    sentence: "Takes a promise for work in progress where an answer tells it.",
    kind: "adapter",
    killedBy: "each-channel-tells-alone",
    spoil: retell((one) => (one.says._tag === "promised" ? { ...one, says: { _tag: "working" } } : one), ["status"])
  }
]
