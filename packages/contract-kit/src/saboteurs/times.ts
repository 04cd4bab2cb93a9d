// Adapters that go wrong with times.
import { NotFound, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { retell, spoilAdapter } from "./spoiling.ts"

const hour = 3_600_000

/** The deadline of each order, written otherwise. */
const due = (change: (deadline: number) => number): Saboteur["spoil"] =>
  spoilAdapter(({ create }) => ({ create: (input) => create({ ...input, deadline: change(input.deadline) }) }))

/** Every time that the provider names, read otherwise. */
const told = (change: (time: number) => number): Saboteur["spoil"] =>
  retell((one) => (one.providerTime === undefined ? one : { ...one, providerTime: change(one.providerTime) }))

export const timeSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "deadline-in-local-time",
    sentence: "Sends the deadline in Riga's time as if it were UTC.",
    kind: "adapter",
    killedBy: "deadline-as-declared",
    spoil: due((deadline) => deadline + 2 * hour)
  },
  {
    id: "deadline-too-early",
    sentence: "Takes Riga's time off the deadline.",
    kind: "adapter",
    killedBy: "deadline-as-declared",
    spoil: due((deadline) => deadline - 2 * hour)
  },
  {
    id: "deadline-at-midnight",
    sentence: "Sends the day of the deadline and not its hour.",
    kind: "adapter",
    killedBy: "deadline-as-declared",
    spoil: due((deadline) => Math.ceil(deadline / (24 * hour)) * 24 * hour)
  },
  {
    id: "reads-utc-as-local-time",
    sentence: "Reads the provider's times two hours too early.",
    kind: "adapter",
    killedBy: "notice-has-the-time-of-the-fact",
    spoil: told((time) => time - 2 * hour)
  },
  {
    id: "reads-local-time-as-utc",
    sentence: "Reads the provider's times two hours too late.",
    kind: "adapter",
    killedBy: "notice-has-the-time-of-the-fact",
    spoil: told((time) => time + 2 * hour)
  },
  {
    id: "reads-days-only",
    sentence: "Reads the day of the provider's times and not their hour.",
    kind: "adapter",
    killedBy: "notice-has-the-time-of-the-fact",
    spoil: told((time) => Math.floor(time / (24 * hour)) * 24 * hour)
  },
  {
    id: "caches-answers",
    sentence: "Repeats an answer for a minute instead of asking.",
    kind: "adapter",
    killedBy: "one-question-for-many-reasons",
    spoil: spoilAdapter(({ status }) => {
      const answers = new Map<
        string,
        { readonly at: number; readonly answer: Effect.Success<ReturnType<typeof status>> }
      >()
      return {
        status: (attempt) => {
          const known = answers.get(attempt.attemptId)
          if (known !== undefined && attempt.now < known.at + 60_000) return Effect.succeed(known.answer)
          return Effect.tap(status(attempt), (answer) =>
            Effect.sync(() => answers.set(attempt.attemptId, { at: attempt.now, answer }))
          )
        }
      }
    })
  },
  {
    id: "absence-is-an-error",
    sentence: "Fails where the provider says that it does not know a payment.",
    kind: "adapter",
    killedBy: "absence-proves-what-the-manifest-says",
    spoil: spoilAdapter(({ status }, { provider }) => ({
      status: (attempt) =>
        Effect.flatMap(status(attempt), (all) =>
          all.some(({ says }) => says._tag === "absent")
            ? Effect.fail(
                new PaymentError({
                  instance: provider.instance,
                  operation: "status",
                  reason: new NotFound({ message: "No such payment." })
                })
              )
            : Effect.succeed(all)
        )
    }))
  }
]
