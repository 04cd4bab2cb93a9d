import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schedule from "effect/Schedule"
import type { PaymentError } from "../PaymentError.ts"
import type { Runtime } from "./Runtime.ts"

/**
 * Runs a command to a provider to its end, the durable reply included. The exchange runs on its own: a caller that stops
 * waiting, or a browser that goes away, does not cut it off, and `close` waits for it.
 */
export const seeThrough = <A>(
  runtime: Runtime,
  command: Effect.Effect<A, PaymentError>
): Effect.Effect<A, PaymentError> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkDetach(command)
    runtime.sending.add(fiber)
    fiber.addObserver(() => runtime.sending.delete(fiber))
    return yield* Fiber.join(fiber)
  })

/** After these nobody knows what the provider did. */
export const lostReplies: ReadonlySet<string> = new Set(["OutcomeUnknown", "MalformedResponse"])

/** What a reply says is kept although the store is busy for a moment: what is in it may be nowhere else. */
export const keepTries = {
  times: 5,
  schedule: Schedule.exponential("50 millis"),
  while: (error: PaymentError) => error.reason._tag === "Unavailable"
}
