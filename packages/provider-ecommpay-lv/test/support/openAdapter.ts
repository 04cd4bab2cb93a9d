import { type CreateInput, money, named, newId, type PaymentError } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { assert } from "vitest"
import { type EcommpayLvConfig, ecommpayLv, type EcommpayLvPaymentOptions } from "../../src/index.ts"

/** An adapter that is made, with its connections; `close` ends them. */
export const openAdapter = async (config: EcommpayLvConfig) => {
  const provider = named("ecommpay-test", ecommpayLv(config))
  const scope = Effect.runSync(Scope.make())
  const adapter = await Effect.runPromise(
    provider.make.pipe(Effect.provide(layer), Effect.provideService(Scope.Scope, scope))
  )
  return { provider, adapter, close: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}
export type OpenAdapter = Awaited<ReturnType<typeof openAdapter>>

/** The typed failure of an effect that must fail. */
export const failureOf = async <A, E>(effect: Effect.Effect<A, E>): Promise<E> => {
  const exit = await Effect.runPromiseExit(effect)
  if (Exit.isSuccess(exit)) return assert.fail("it should have failed")
  const reason = exit.cause.reasons.find(Cause.isFailReason)
  return reason?.error ?? assert.fail(`it should have failed with an error: ${Cause.pretty(exit.cause)}`)
}

export const reasonOf = async <A>(effect: Effect.Effect<A, PaymentError>) => (await failureOf(effect)).reason

/** What core would hand to `create`: 12.00 EUR without personal data, due in an hour. */
export const orderAt = (
  now: number,
  changes: Partial<CreateInput<EcommpayLvPaymentOptions>> = {}
): CreateInput<EcommpayLvPaymentOptions> => ({
  paymentId: newId("pay", now),
  attemptId: newId("att", now),
  instance: "ecommpay-test",
  merchantReference: "LV-2026-17",
  total: money(1200n, "EUR"),
  lines: [],
  createdAt: now,
  submittedAt: now,
  deadline: now + 3_600_000,
  now,
  purpose: "Nodeva LV-2026-17",
  options: {},
  urls: {
    return: "https://agency.example/return/ecommpay-test/0123",
    webhook: "https://agency.example/webhooks/ecommpay-test/4567",
    next: "https://agency.example/next/89ab"
  },
  ...changes
})

export const ipAddress = Redacted.make("192.0.2.7")
