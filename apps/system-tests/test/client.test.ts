// The Promise API at its edges: closing, calls after it, and calls that end otherwise than their callers hoped.
import { isPaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, notice, type Script } from "./fakeProvider.ts"
import { harness, order } from "./harness.ts"
import { got, pathsOf, reasonOf, storeFailing } from "./steps.ts"

const turns = async (until: () => boolean) => {
  for (let i = 0; i < 1000 && !until(); i++) await new Promise((next) => setImmediate(next))
}

describe("a client that is closed", () => {
  it("finishes the calls under way first, from their first step on, and may be closed again", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const calls = [h.payments.create(order()), h.payments.create(order())]
    await Promise.all([h.payments.close(), h.payments.close()])
    const statuses = await Promise.all(calls.map(async (one) => (await one).status))
    assert.deepStrictEqual(statuses, ["requires_action", "requires_action"])
    await h.payments.close()
  })

  it("takes no more calls, says so as an error of its own, and has the provider send its message again", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await h.payments.close()
    for (const call of [h.payments.get(payment.id), h.payments.create(order()), h.payments.runDue()]) {
      assert.strictEqual(await reasonOf(call), "Unavailable")
    }
    const message = notice({ about: payment.current.id, says: got("1200"), at: h.clock.value })
    assert.strictEqual((await h.send("/webhooks/fake", message)).status, 503)
    for (const path of [pathsOf(h).next, pathsOf(h).return]) {
      const page = await h.send(path)
      assert.deepStrictEqual([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"])
    }
  })
})

describe("a call", () => {
  it("that its caller gave up is an AbortError, before and after it began, and not a PaymentError", async () => {
    await using h = await harness()
    const gone = AbortSignal.abort()
    const before = await h.payments.list({}, { signal: gone }).then(String, (cause: unknown) => cause)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    h.script.create = () =>
      Effect.as(
        Effect.promise(() => held),
        [action()]
      )
    const caller = new AbortController()
    const call = h.payments.create(order(), { signal: caller.signal })
    await turns(() => h.script.calls.length > 0)
    caller.abort()
    const during = await call.then(String, (cause: unknown) => cause)
    for (const cause of [before, during]) {
      assert.deepStrictEqual([(cause as Error).name, isPaymentError(cause)], ["AbortError", false])
    }
    release()
  })

  it("may have options that say nothing", async () => {
    await using h = await harness()
    assert.strictEqual(await reasonOf(h.payments.list({}, { signal: undefined } as never)), "none")
    assert.strictEqual(await reasonOf(h.payments.list({ signal: undefined } as never)), "none")
  })
})

describe("the handler", () => {
  it("shows payers that we are checking while the store is down", async () => {
    let isDown = false
    await using h = await harness({ wrap: storeFailing("findPayment", () => isDown) })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    isDown = true
    const page = await h.send(pathsOf(h).next)
    assert.deepStrictEqual([page.status, page.headers.get("cache-control")], [200, "no-store"])
    assert.include(await page.text(), "Mēs pārbaudām maksājumu")
  })

  it("has a message that an adapter breaks on sent again, and tells nobody what was in it", async () => {
    const breaking = (s: Script) => {
      const provider = fake(s)
      const webhook = () => {
        throw new Error("message of 010190-12345")
      }
      return { ...provider, make: Effect.map(provider.make, (adapter) => ({ ...adapter, webhook })) }
    }
    await using h = await harness({ provider: breaking })
    const answer = await h.send("/webhooks/fake", notice({ says: got("1200") }))
    assert.deepStrictEqual([answer.status, await answer.text()], [500, ""])
  })

  it("leads to pages whose addresses are not ASCII, and leaves those that are as they were given", async () => {
    await using h = await harness()
    const signed = "https://pay.example/p?x=a'b%2fc|d&signature=%3d"
    for (const [index, [url, location]] of [
      ["https://pay.example/maksājums?ā=1", "https://pay.example/maks%C4%81jums?%C4%81=1"],
      [signed, signed]
    ].entries()) {
      h.script.create = () => Effect.succeed([action(url)])
      await h.payments.create(order({ returnUrl: "https://agency.example/rēķins\n" }))
      assert.strictEqual((await h.send(pathsOf(h, index).next)).headers.get("location"), location)
      const back = await h.send(pathsOf(h, index).return)
      assert.strictEqual(back.headers.get("location"), "https://agency.example/r%C4%93%C4%B7ins")
    }
  })
})
