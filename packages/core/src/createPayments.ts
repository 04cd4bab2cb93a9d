/** The Promise API: the same verbs and classes, without Effect in sight. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import { type HandlerOptions, makeHandler } from "./http/handler.ts"
import { checkPresentation } from "./http/presentation.ts"
import type { HttpTransport } from "./HttpTransport.ts"
import { type Engine, makeEngine } from "./engine/Engine.ts"
import type { Payments, PaymentsOptions } from "./Payments.ts"
import { NotConfigured, Operation, OutcomeUnknown, PaymentError, Unavailable } from "./PaymentError.ts"
import type { AnyProvider } from "./Provider.ts"

export interface CallOptions {
  /** Stops waiting. What was sent to a provider stays sent and is looked up. */
  readonly signal?: AbortSignal
}

/** The Promise form of every verb. */
export type Promised<S> = {
  readonly [K in keyof S]: S[K] extends (...args: infer A) => Effect.Effect<infer R, infer _E>
    ? (...args: [...A, options?: CallOptions]) => Promise<R>
    : never
}

/** The client of an application with the providers `P`. */
export type PaymentsClient<P extends AnyProvider> = Promised<Payments<P>> &
  AsyncDisposable & {
    /** Webhooks, payer returns, next-action pages and, with `authorize`, payment endpoints. */
    readonly handler: (request: Request) => Promise<Response>
    /**
     * Finishes calls under way (for half a minute), stops the worker and closes connections; later calls are `Unavailable`.
     * The store is closed by who opened it.
     */
    close(): Promise<void>
  }

export interface CreatePaymentsOptions<Ps extends ReadonlyArray<AnyProvider>>
  extends PaymentsOptions<Ps>, HandlerOptions {
  /** Outbound HTTP; default: `@maksa/core/undici`, which needs the package `undici`. */
  readonly transport?: Layer.Layer<HttpTransport>
  /** Loggers, tracers and metrics of the application; without it the engine logs as Effect does by default. */
  readonly telemetry?: Layer.Layer<never>
  /** Another clock, for tests and simulations. */
  readonly clock?: { now(): number }
}

const loadTransport = async (): Promise<Layer.Layer<HttpTransport>> => {
  try {
    // Only now: undici doubles the start-up time of a program that imports this package.
    return (await import("./undici.ts")).layer
  } catch {
    throw new PaymentError({
      operation: "start",
      reason: new NotConfigured({ field: "transport", message: "Install the package `undici`, or pass a transport." })
    })
  }
}

// Wall time comes from the caller; waiting and measuring stay real.
const clockLayer = (clock: { now(): number }): Layer.Layer<never> =>
  Layer.effect(
    Clock.Clock,
    Effect.map(
      Clock.clockWith((real) => Effect.succeed(real)),
      (real): Clock.Clock => ({
        currentTimeMillisUnsafe: () => clock.now(),
        currentTimeMillis: Effect.sync(() => clock.now()),
        currentTimeNanosUnsafe: () => BigInt(clock.now()) * 1_000_000n,
        currentTimeNanos: Effect.sync(() => BigInt(clock.now()) * 1_000_000n),
        monotonicTimeNanosUnsafe: () => real.monotonicTimeNanosUnsafe(),
        monotonicTimeNanos: real.monotonicTimeNanos,
        sleep: (duration) => real.sleep(duration)
      })
    )
  )

class EngineService extends Context.Service<EngineService, Engine>()("@maksa/core/Engine") {}

const isOperation = Schema.is(Operation)
const closed = (verb: string): PaymentError =>
  new PaymentError({
    operation: isOperation(verb) ? verb : "status",
    reason: new Unavailable({ message: "The client is closed; nothing was sent." })
  })
const cutOff = (): PaymentError =>
  new PaymentError({
    operation: "status",
    reason: new OutcomeUnknown({
      message: "The client was closed before the call ended. What was sent is looked up after the next start."
    })
  })

/** How long `close` waits for calls under way, milliseconds. */
const finishMillis = 30_000

/** Resolves when all have settled, or at the latest when the time is up. */
const settledWithin = async (calls: Iterable<Promise<unknown>>, millis: number): Promise<void> => {
  const { promise: timeUp, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, millis)
  await Promise.race([Promise.allSettled(calls), timeUp])
  clearTimeout(timer)
}

/** The verb's arguments without the call's own options, which come last. */
const splitCallOptions = (
  args: ReadonlyArray<unknown>
): { readonly args: ReadonlyArray<unknown>; readonly signal: AbortSignal | undefined } => {
  const last = args.at(-1)
  if (typeof last !== "object" || last === null || !("signal" in last)) return { args, signal: undefined }
  const { signal, ...rest } = last
  if (signal instanceof AbortSignal) return { args: args.slice(0, -1), signal }
  return signal === undefined && Object.keys(rest).length === 0
    ? { args: args.slice(0, -1), signal: undefined }
    : { args, signal: undefined }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true
const aborted = (): DOMException => new DOMException("The call was aborted.", "AbortError")

/**
 * Opens providers and starts the engine. Rejects with a `PaymentError` (`NotConfigured`, `AuthenticationFailed`) if the
 * configuration does not hold. One client lives as long as the application: `await using payments = await createPayments(...)`.
 */
export const createPayments = async <const Ps extends ReadonlyArray<AnyProvider>>(
  options: CreatePaymentsOptions<Ps>
): Promise<PaymentsClient<Ps[number]>> => {
  if (options.presentation !== undefined) checkPresentation(options.presentation)
  const transport = options.transport ?? (await loadTransport())
  const runtime = ManagedRuntime.make(
    Layer.effect(EngineService, makeEngine(options)).pipe(
      Layer.provide(transport),
      Layer.provideMerge(options.telemetry ?? Layer.empty),
      Layer.provideMerge(options.clock === undefined ? Layer.empty : clockLayer(options.clock))
    )
  )
  const calls = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined
  const run = async <A, E>(effect: Effect.Effect<A, E>, signal?: AbortSignal, verb = "status"): Promise<A> => {
    if (closing !== undefined) throw closed(verb)
    if (isAborted(signal)) throw aborted()
    const call = runtime.runPromiseExit(effect, signal === undefined ? {} : { signal })
    calls.add(call)
    const exit = await call.finally(() => calls.delete(call))
    if (Exit.isSuccess(exit)) return exit.value
    if (Cause.hasInterruptsOnly(exit.cause)) throw isAborted(signal) ? aborted() : cutOff()
    throw Cause.squash(exit.cause)
  }
  let engine: Engine
  try {
    engine = await run(EngineService.use((service) => Effect.succeed(service)) as never)
  } catch (cause) {
    await runtime.dispose()
    throw cause
  }
  const close = () => (closing ??= settledWithin(calls, finishMillis).then(() => runtime.dispose()))
  const client: Record<PropertyKey, unknown> = {
    handler: makeHandler(engine, options, run),
    close,
    [Symbol.asyncDispose]: close
  }
  // One loop over the verbs that exist, never a blind proxy: what no provider declares is absent at run time too.
  for (const [name, verb] of Object.entries(engine.verbs)) {
    client[name] = async (...all: ReadonlyArray<unknown>) => {
      const { args, signal } = splitCallOptions(all)
      // Each verb decodes what it is given.
      return run(verb(...(args as ReadonlyArray<never>)), signal, name)
    }
  }
  // The engine is untyped by provider; this line is the border to the Promise types.
  return client as unknown as PaymentsClient<Ps[number]>
}
