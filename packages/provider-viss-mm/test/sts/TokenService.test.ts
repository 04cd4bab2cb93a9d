import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"

import type { IssuedToken } from "../../src/internal/sts/issuedToken.ts"
import { assertion, issued, tokenServiceOf } from "../support/sts.ts"

const service = "urn:mm"
const numbered = (nth: number): string => issued({ token: assertion(`_${nth}`) })
const idOf = (token: IssuedToken): string | undefined => /ID="(\w+)"/.exec(Redacted.value(token.assertion))?.[1]

describe("a token", () => {
  it.effect("is kept until a minute before it expires, whatever the clock of the service says", () =>
    Effect.gen(function* () {
      const tokens = yield* tokenServiceOf((_request, nth) => Effect.succeed(numbered(nth)))
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_1")
      yield* TestClock.adjust("238 minutes")
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_1")
      yield* TestClock.adjust("59 seconds")
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_1")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_2")
    })
  )

  it.effect("of less than two minutes is kept for half of its life", () =>
    Effect.gen(function* () {
      const short = { created: "2026-01-01T10:00:00Z", expires: "2026-01-01T10:01:00+00:00" }
      const tokens = yield* tokenServiceOf((_request, nth) =>
        Effect.succeed(issued({ ...short, token: assertion(`_${nth}`) }))
      )
      yield* tokens.tokenFor(service)
      yield* TestClock.adjust("29 seconds")
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_1")
      yield* TestClock.adjust("1 second")
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_2")
    })
  )

  it.effect("is asked for once by many who wait", () =>
    Effect.gen(function* () {
      const gate = yield* Deferred.make<void>()
      let asked = 0
      const tokens = yield* tokenServiceOf((_request, nth) => {
        asked = nth
        return Effect.as(Deferred.await(gate), numbered(nth))
      })
      const waiting = yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 50 }, () => tokens.tokenFor(service)),
          { concurrency: "unbounded" }
        )
      )
      yield* Effect.yieldNow
      yield* Deferred.succeed(gate, undefined)
      const found = yield* Fiber.join(waiting)
      assert.strictEqual(asked, 1)
      assert.deepStrictEqual([...new Set(found.map(idOf))], ["_1"])
    })
  )

  it.effect("reaches those who wait when the one who asked first gives up", () =>
    Effect.gen(function* () {
      const gate = yield* Deferred.make<void>()
      let asked = 0
      const tokens = yield* tokenServiceOf((_request, nth) => {
        asked = nth
        return Effect.as(Deferred.await(gate), numbered(nth))
      })
      const first = yield* Effect.forkChild(tokens.tokenFor(service))
      yield* Effect.yieldNow
      const second = yield* Effect.forkChild(tokens.tokenFor(service))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(first)
      yield* Deferred.succeed(gate, undefined)
      assert.strictEqual(idOf(yield* Fiber.join(second)), "_1")
      assert.strictEqual(asked, 1)
    })
  )

  it.effect("is asked for again after a failure, which is not kept", () =>
    Effect.gen(function* () {
      const tokens = yield* tokenServiceOf((_request, nth) => Effect.succeed(nth === 1 ? "no" : numbered(nth)))
      const trouble = yield* Effect.flip(tokens.tokenFor(service))
      assert.strictEqual(trouble.situation, "token_not_understood")
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_2")
    })
  )

  it.effect("that was refused is dropped, but not the newer one that took its place", () =>
    Effect.gen(function* () {
      const tokens = yield* tokenServiceOf((_request, nth) => Effect.succeed(numbered(nth)))
      const refused = yield* tokens.tokenFor(service)
      yield* tokens.forget(service, refused)
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_2")
      yield* tokens.forget(service, refused)
      assert.strictEqual(idOf(yield* tokens.tokenFor(service)), "_2")
    })
  )

  it.effect("is one service's own", () =>
    Effect.gen(function* () {
      const sent: Array<string> = []
      const tokens = yield* tokenServiceOf((request, nth) => {
        sent.push(new TextDecoder().decode(request.body))
        return Effect.succeed(numbered(nth))
      })
      assert.strictEqual(idOf(yield* tokens.tokenFor("urn:mm&more")), "_1")
      assert.strictEqual(idOf(yield* tokens.tokenFor("urn:requests")), "_2")
      assert.strictEqual(idOf(yield* tokens.tokenFor("urn:mm&more")), "_1")
      assert.include(sent[0], "<a:Address>urn:mm&amp;more</a:Address>")
      assert.include(sent[1], "<a:Address>urn:requests</a:Address>")
    })
  )
})
