// Adapters that go wrong when a payment begins.
import { OutcomeUnknown, Refused, Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { because, knowsItsOwnLife, misnamed, spoilAdapter } from "./spoiling.ts"

const refused = () => new Refused({ message: "The provider said no." })
const unavailable = () => new Unavailable({ message: "The provider is down." })
const unknown = () => new OutcomeUnknown({ message: "Nobody knows." })

export const startingSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "repeats-after-a-timeout",
    sentence: "Sends an order again at once when no reply came.",
    kind: "adapter",
    killedBy: "lost-reply-is-never-resent",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) =>
        Effect.catch(create(input), (error) =>
          error.reason._tag === "OutcomeUnknown" ? create(input) : Effect.fail(error)
        )
    }))
  },
  {
    id: "lost-reply-is-refused",
    sentence: "Calls a lost reply to an order a refusal.",
    kind: "adapter",
    killedBy: "broken-reply-is-no-refusal",
    spoil: misnamed("OutcomeUnknown", ["create"], refused)
  },
  {
    id: "lost-reply-is-unavailable",
    sentence: "Calls a lost reply to an order an outage in which nothing was sent.",
    kind: "adapter",
    killedBy: "lost-reply-is-never-resent",
    spoil: misnamed("OutcomeUnknown", ["create"], unavailable)
  },
  {
    id: "refusal-is-unknown",
    sentence: "Calls the provider's explicit refusal of an order an unknown outcome.",
    kind: "adapter",
    killedBy: "refusal-declines",
    spoil: misnamed("Refused", ["create"], unknown)
  },
  {
    id: "refusal-is-unavailable",
    sentence: "Calls the provider's explicit refusal of an order an outage.",
    kind: "adapter",
    killedBy: "refusal-declines",
    spoil: misnamed("Refused", ["create"], unavailable)
  },
  {
    id: "retries-inside",
    sentence: "Repeats by itself whatever failed and may be repeated, without telling the core.",
    kind: "adapter",
    killedBy: "broken-answer-proves-nothing",
    spoil: spoilAdapter(({ create, status }) => ({
      create: (input) => Effect.retry(create(input), { times: 2, while: (error) => error.isRetryable }),
      status: (attempt) => Effect.retry(status(attempt), { times: 2, while: (error) => error.isRetryable })
    }))
  },
  {
    id: "sends-another-id",
    sentence: "Makes up a new id for each order that it sends.",
    kind: "adapter",
    killedBy: "one-key-one-payment",
    spoil: spoilAdapter(({ create }) => {
      let count = 0
      return { create: (input) => create({ ...input, attemptId: `${input.attemptId}${count++}` }) }
    })
  },
  {
    id: "other-bytes-on-a-repeat",
    sentence: "Sends other bytes when the core sends an order again.",
    kind: "adapter",
    killedBy: "repeated-order",
    spoil: spoilAdapter(({ create }) => {
      const times = new Map<string, number>()
      return {
        create: (input) => {
          const time = times.get(input.attemptId) ?? 0
          times.set(input.attemptId, time + 1)
          return create({ ...input, purpose: `${input.purpose}${".".repeat(time)}` })
        }
      }
    })
  },
  {
    id: "orders-twice",
    sentence: "Opens two payments at the provider for one order.",
    kind: "adapter",
    killedBy: "first-contact",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) => Effect.andThen(create({ ...input, attemptId: `${input.attemptId}b` }), create(input))
    }))
  },
  {
    id: "only-pretends-to-order",
    sentence: "Says that the provider accepted an order without calling it.",
    kind: "adapter",
    killedBy: "first-contact",
    spoil: spoilAdapter(() => ({ create: () => Effect.succeed([{ says: { _tag: "accepted" }, trust: "proven" }]) }))
  },
  {
    id: "ignores-the-deadline",
    sentence: "Gives the payer as long as the provider allows, whatever the deadline is.",
    kind: "adapter",
    killedBy: "deadline-as-declared",
    spoil: spoilAdapter(({ create }, { provider }) => ({
      create: (input) =>
        create({ ...input, deadline: input.createdAt + (provider.manifest.limits.maxDeadlineSeconds - 60) * 1000 })
    }))
  },
  {
    id: "ignores-the-language",
    sentence: "Opens the provider's page in one language for everybody.",
    kind: "adapter",
    killedBy: "language-reaches-the-page",
    spoil: spoilAdapter(({ create }) => ({
      create: ({ language: _language, ...input }) => create(input)
    }))
  },
  {
    id: "throws-what-it-likes",
    sentence: "Throws exceptions of its own where the port wants a reason.",
    kind: "adapter",
    killedBy: "broken-answer-proves-nothing",
    spoil: spoilAdapter(({ status }) => ({
      status: (attempt) =>
        Effect.catch(status(attempt), (error) => Effect.die(new TypeError(`cannot read ${error.reason._tag}`)))
    }))
  },
  {
    id: "waits-for-ever",
    sentence: "Waits without end for a reply that does not come.",
    kind: "adapter",
    killedBy: "broken-answer-proves-nothing",
    spoil: spoilAdapter(({ create, status }) => ({
      create: (input) =>
        Effect.catch(create(input), (error) =>
          error.reason._tag === "OutcomeUnknown" ? Effect.never : Effect.fail(error)
        ),
      status: (attempt) =>
        Effect.catch(status(attempt), (error) =>
          error.reason._tag === "Unavailable" ? Effect.never : Effect.fail(error)
        )
    }))
  },
  {
    id: "wrong-credentials-are-an-outage",
    sentence: "Calls wrong or expired credentials an outage of the provider.",
    kind: "adapter",
    killedBy: "bad-credentials-are-named",
    spoil: misnamed("AuthenticationFailed", ["create", "status"], unavailable)
  },
  {
    id: "wrong-credentials-are-refused",
    sentence: "Calls wrong or expired credentials a refusal of the payer's order.",
    kind: "adapter",
    killedBy: "bad-credentials-are-named",
    spoil: misnamed("AuthenticationFailed", ["create", "status"], refused)
  },
  {
    id: "keeps-payments-in-memory",
    sentence: "Knows only the payments that it opened since the start.",
    kind: "adapter",
    killedBy: "asking-finds-what-notices-lost",
    spoil: knowsItsOwnLife({ _tag: "absent" })
  },
  {
    id: "outage-is-absence",
    sentence: "Takes a status query that failed for a provider that does not know the payment.",
    kind: "adapter",
    killedBy: "broken-answer-proves-nothing",
    spoil: spoilAdapter(({ status }) => ({
      status: (attempt) =>
        Effect.catch(status(attempt), () => Effect.succeed([{ says: { _tag: "absent" }, trust: "proven" }]))
    }))
  },
  {
    id: "outage-is-a-refusal",
    sentence: "Takes a status query that failed for a payment that failed.",
    kind: "adapter",
    killedBy: "broken-answer-proves-nothing",
    spoil: spoilAdapter(({ status }) => ({
      status: (attempt) =>
        Effect.catch(status(attempt), () => Effect.succeed([{ says: { _tag: "refused" }, trust: "proven" }]))
    }))
  },
  {
    id: "strange-answer-is-an-unknown-outcome",
    sentence: "Calls a status query whose answer it cannot read an unknown outcome.",
    kind: "adapter",
    killedBy: "broken-answer-proves-nothing",
    spoil: spoilAdapter(({ status }) => ({
      status: (attempt) => Effect.mapError(status(attempt), (error) => because(error, unknown()))
    }))
  },
  {
    id: "asks-twice",
    sentence: "Makes two calls for one question.",
    kind: "adapter",
    killedBy: "one-question-for-many-reasons",
    spoil: spoilAdapter(({ status }) => ({ status: (attempt) => Effect.andThen(status(attempt), status(attempt)) }))
  },
  {
    id: "remembers-the-first-answer",
    sentence: "Asks the provider once, and repeats the first answer for ever.",
    kind: "adapter",
    killedBy: "asking-finds-what-notices-lost",
    spoil: spoilAdapter(({ status }) => {
      const answers = new Map<string, Effect.Success<ReturnType<typeof status>>>()
      return {
        status: (attempt) => {
          const known = answers.get(attempt.attemptId)
          if (known !== undefined) return Effect.succeed(known)
          return Effect.tap(status(attempt), (answer) => Effect.sync(() => answers.set(attempt.attemptId, answer)))
        }
      }
    })
  }
]
