import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { HttpTransport } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"

import { vissMm, type VissMmCredentials } from "../../src/index.ts"
import { at, attempt, createInput, errorOf, type Mm, startMm } from "../support/mm.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterAll(() => mm.close())

/** An adapter whose credentials are whatever `given` returns at that moment. */
const adapterOf = Effect.fnUntraced(function* (
  given: () => VissMmCredentials | Promise<VissMmCredentials>,
  transport: typeof layer = layer
) {
  yield* TestClock.setTime(Date.now())
  const config = yield* Effect.promise(() => mm.config({ credentials: given }))
  return yield* Effect.provide(vissMm(config).make, transport)
})

/** The transport over undici, which tells when the first of its connections has closed. */
const watchedLayer = (closed: Deferred.Deferred<void>) =>
  Layer.effect(
    HttpTransport,
    Effect.map(HttpTransport, (transport) => ({
      // Finalizers run backwards: the connection is closed by then, and its calls have ended.
      connect: (options: Parameters<typeof transport.connect>[0]) =>
        Effect.andThen(
          Effect.addFinalizer(() => Deferred.succeed(closed, undefined)),
          transport.connect(options)
        )
    }))
  ).pipe(Layer.provide(layer))

/** Creates a payment request and answers whose certificate MM saw. */
const seen = (adapter: Effect.Success<ReturnType<typeof adapterOf>>) =>
  Effect.map(adapter.create(createInput()), ([observed]) =>
    at(mm.sandbox.payment(observed?.providerReference ?? ""), "clientCertificate")
  )

describe("credentials that a function gives", () => {
  it.effect("are replaced while the adapter runs, within a minute of the change", () =>
    Effect.gen(function* () {
      let client: "a" | "b" = "a"
      let asked = 0
      const adapter = yield* adapterOf(() => {
        asked++
        return mm.pem(client)
      })
      assert.strictEqual(yield* seen(adapter), "Maksa client a")
      client = "b"
      yield* TestClock.adjust(59_000)
      assert.strictEqual(yield* seen(adapter), "Maksa client a")
      assert.strictEqual(asked, 1)
      yield* TestClock.adjust(1_000)
      assert.strictEqual(yield* seen(adapter), "Maksa client b")
      assert.strictEqual(asked, 2)
    })
  )

  it.effect("let calls on their way end with the old certificate, whose connections then close", () =>
    Effect.gen(function* () {
      let client: "a" | "b" = "a"
      const closed = yield* Deferred.make<void>()
      const adapter = yield* adapterOf(() => mm.pem(client), watchedLayer(closed))
      mm.fault({ operation: "SavePaymentRequest", kind: "slow", delayMillis: 400, times: 1 })
      const slow = yield* Effect.forkChild(seen(adapter), { startImmediately: true })
      client = "b"
      yield* TestClock.adjust(60_000)
      assert.strictEqual(yield* seen(adapter), "Maksa client b")
      assert.isFalse(yield* Deferred.isDone(closed))
      assert.strictEqual(yield* Fiber.join(slow), "Maksa client a")
      yield* Deferred.await(closed)
    })
  )

  it.effect("that cannot be used leave the old ones at work, and the check tells", () =>
    Effect.gen(function* () {
      let given: () => Promise<VissMmCredentials> = () => mm.pem("a")
      const adapter = yield* adapterOf(() => given())
      given = () => Promise.resolve({ pem: "slepens-kanarijs" })
      yield* TestClock.adjust(60_000)
      assert.strictEqual(yield* seen(adapter), "Maksa client a")
      const told = (yield* adapter.check()).find(({ name }) => name === "certificate")
      assert.include(told?.message, "the old ones stay in use. credentials")
      assert.deepInclude(told, { isOk: true, isWarning: true })
      given = () => Promise.reject(new Error("slepens-kanarijs"))
      assert.notInclude(JSON.stringify(yield* adapter.check()), "kanarijs")
      given = () => mm.pem("b")
      assert.notInclude(JSON.stringify(yield* adapter.check()), "stay in use")
      assert.strictEqual(yield* seen(adapter), "Maksa client b")
    })
  )

  it.effect("that are never given do not hold a call for more than five seconds", () =>
    Effect.gen(function* () {
      let given: () => Promise<VissMmCredentials> = () => mm.pem("a")
      const asked = yield* Deferred.make<void>()
      const adapter = yield* adapterOf(() => given())
      given = () => {
        Effect.runSync(Deferred.succeed(asked, undefined))
        return new Promise<never>(() => undefined)
      }
      yield* TestClock.adjust(60_000)
      const call = yield* Effect.forkChild(seen(adapter), { startImmediately: true })
      yield* Deferred.await(asked)
      yield* TestClock.adjust(5_000)
      assert.strictEqual(yield* Fiber.join(call), "Maksa client a")
    })
  )

  it("must be right at start", async () => {
    const broken = await mm.config({ credentials: () => Promise.reject(new Error("slepens-kanarijs")) })
    const error = await errorOf(vissMm(broken).make)
    assert.deepInclude(error.reason, { _tag: "NotConfigured", field: "credentials" })
    assert.notInclude(String(error) + JSON.stringify(error), "kanarijs")
  })

  it.effect("are asked for the reference of a payment too", () =>
    Effect.gen(function* () {
      const adapter = yield* adapterOf(() => mm.pem("a"))
      const [observed] = yield* adapter.create(createInput())
      const known = attempt({ providerReference: observed?.providerReference ?? "" })
      yield* TestClock.adjust(60_000)
      assert.lengthOf(yield* adapter.status(known), 1)
    })
  )
})
