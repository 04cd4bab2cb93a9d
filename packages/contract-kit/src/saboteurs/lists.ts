// Mistakes in the provider's own list, for reconciliation.
import { money } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { spoilAdapter } from "./spoiling.ts"

export const listSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "lists-one-page",
    sentence: "Lists only what fits on the provider's first page.",
    kind: "adapter",
    killedBy: "listing-is-complete",
    spoil: spoilAdapter(({ list }) => ({ list: list && ((span) => Effect.map(list(span), (all) => all.slice(0, 10))) }))
  },
  {
    id: "lists-all-times",
    sentence: "Lists payments of other times too.",
    kind: "adapter",
    killedBy: "listing-is-complete",
    spoil: spoilAdapter(({ list }) => ({ list: list && (({ from, to }) => list({ from, to: to + 86_400_000 })) }))
  },
  {
    id: "lists-unpaid-as-paid",
    sentence: "Lists a payment that nobody paid as paid.",
    kind: "adapter",
    killedBy: "listing-is-complete",
    spoil: spoilAdapter(({ list }) => ({
      list:
        list &&
        ((span) =>
          Effect.map(list(span), (all) =>
            all.map((one) => ({ ...one, observations: [{ says: { _tag: "received" }, trust: "proven" }] }))
          ))
    }))
  },
  {
    id: "lists-strangers-as-ours",
    sentence: "Gives a row of the list another attempt's id than it has.",
    kind: "adapter",
    killedBy: "listing-is-complete",
    spoil: spoilAdapter(({ list }) => ({
      list:
        list &&
        ((span) =>
          Effect.map(list(span), (all) => all.map((one) => ({ ...one, attemptId: all[0]?.attemptId ?? "att_none" }))))
    }))
  },
  {
    id: "lists-twice",
    sentence: "Lists each payment twice.",
    kind: "adapter",
    killedBy: "listing-is-complete",
    spoil: spoilAdapter(({ list }) => ({ list: list && ((span) => Effect.map(list(span), (all) => [...all, ...all])) }))
  },
  {
    id: "lists-another-total",
    sentence: "Lists payments with another sum than that of the order.",
    kind: "adapter",
    killedBy: "listing-is-complete",
    spoil: spoilAdapter(({ list }) => ({
      list:
        list && ((span) => Effect.map(list(span), (all) => all.map((one) => ({ ...one, amount: money(1n, "EUR") }))))
    }))
  },
  {
    id: "lists-money-by-another-name",
    sentence: "Calls a charge otherwise in the list than in notices.",
    kind: "adapter",
    killedBy: "listing-unites-with-other-evidence",
    spoil: spoilAdapter(({ list }) => ({
      list:
        list &&
        ((span) =>
          Effect.map(list(span), (all) =>
            all.map((row) => ({
              ...row,
              observations: row.observations.map((one) => ({ ...one, operation: `row:${one.operation ?? ""}` }))
            }))
          ))
    }))
  }
]
