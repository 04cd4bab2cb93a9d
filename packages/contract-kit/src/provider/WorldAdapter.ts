// The adapter opened beside the engine, by the world's clock, for calls that the engine has no verb for.
import type { AboutRepayments, AnyProvider, Extras, HttpTransport, Verbs } from "@maksa/core"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Scope from "effect/Scope"
import type { Telemetry } from "./Telemetry.ts"

export interface WorldAdapter extends AsyncDisposable {
  open(): Promise<Verbs<unknown> & Partial<Extras & AboutRepayments>>
  /** The call's scope ends with it. */
  run<A, E>(effect: Effect.Effect<A, E, Scope.Scope>): Promise<A>
}

// Wall time is the simulator's; waiting and measuring stay real.
const clockLayer = (now: () => number): Layer.Layer<never> =>
  Layer.effect(
    Clock.Clock,
    Effect.map(
      Clock.clockWith((real) => Effect.succeed(real)),
      (real): Clock.Clock => ({
        currentTimeMillisUnsafe: now,
        currentTimeMillis: Effect.sync(now),
        currentTimeNanosUnsafe: () => BigInt(now()) * 1_000_000n,
        currentTimeNanos: Effect.sync(() => BigInt(now()) * 1_000_000n),
        monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
        monotonicTimeNanos: real.monotonicTimeNanos,
        sleep: (duration) => real.sleep(duration)
      })
    )
  )

export const makeWorldAdapter = async (
  provider: AnyProvider,
  now: () => number,
  telemetry: Telemetry,
  wire?: Layer.Layer<HttpTransport>
): Promise<WorldAdapter> => {
  // Only now: undici doubles the start-up time of a program that imports this package.
  const transport = wire ?? (await import("@maksa/core/undici")).layer
  const runtime = ManagedRuntime.make(Layer.mergeAll(transport, clockLayer(now), telemetry.layer))
  const scope = Scope.makeUnsafe()
  const settle = <A, E>(exit: Exit.Exit<A, E>): A => {
    if (Exit.isSuccess(exit)) return exit.value
    const error = Cause.squash(exit.cause)
    telemetry.error(error)
    throw error
  }
  let opened: Promise<Verbs<unknown> & Partial<Extras & AboutRepayments>> | undefined
  return {
    open: () => {
      opened ??= runtime.runPromiseExit(Scope.provide(provider.make, scope)).then(settle)
      return opened
    },
    run: (effect) => runtime.runPromiseExit(Effect.scoped(effect)).then(settle),
    [Symbol.asyncDispose]: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await runtime.dispose()
    }
  }
}
