// Adapters that take one payment for another.
import type { AttemptRecord } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { spoilAdapter } from "./spoiling.ts"

/** The attempt that was asked about last, if it is another one: whose answer a careless adapter takes for this one's. */
const makeLast = () => {
  let last: AttemptRecord | undefined
  return {
    keep: (attempt: AttemptRecord) => Effect.sync(() => (last = attempt)),
    otherThan: (attempt: AttemptRecord) => (last?.attemptId === attempt.attemptId ? undefined : last)
  }
}

export const mixUpSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "believes-an-answer-about-another",
    sentence: "Does not look which payment an answer is about.",
    kind: "adapter",
    killedBy: "news-of-another-payment",
    spoil: spoilAdapter(({ status }) => {
      const last = makeLast()
      return {
        status: (attempt) =>
          Effect.catch(
            Effect.tap(status(attempt), () => last.keep(attempt)),
            (error) => {
              const other = last.otherThan(attempt)
              return other === undefined || error.reason._tag === "NotReady" ? Effect.fail(error) : status(other)
            }
          )
      }
    })
  },
  {
    id: "believes-a-document-of-another",
    sentence: "Does not look which payment a document is about.",
    kind: "adapter",
    killedBy: "news-of-another-payment",
    spoil: spoilAdapter(({ receipt }) => {
      const last = makeLast()
      return {
        receipt: (attempt, format) =>
          Effect.catch(
            Effect.tap(receipt(attempt, format), () => last.keep(attempt)),
            (error) => {
              const other = last.otherThan(attempt)
              return other === undefined ||
                !["MalformedResponse", "AuthenticationFailed", "Unavailable"].includes(error.reason._tag)
                ? Effect.fail(error)
                : receipt(other, format)
            }
          )
      }
    })
  },
  {
    id: "believes-a-reply-to-another",
    sentence: "Does not look which order a reply is about.",
    kind: "adapter",
    killedBy: "news-of-another-payment",
    spoil: spoilAdapter(({ create }) => {
      let last: Effect.Success<ReturnType<typeof create>> | undefined
      return {
        create: (input) =>
          Effect.catch(
            Effect.tap(create(input), (reply) => Effect.sync(() => (last = reply))),
            (error) => (last === undefined ? Effect.fail(error) : Effect.succeed(last))
          )
      }
    })
  }
]
