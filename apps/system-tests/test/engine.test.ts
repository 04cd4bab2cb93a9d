import { PaymentError, money, Unavailable, OutcomeUnknown } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, notice, received, refusal, type Script } from "./fakeProvider.ts"
import { days, harness, minutes, order } from "./harness.ts"

const failure = async (promise: Promise<unknown>): Promise<PaymentError> => {
  try {
    await promise
  } catch (cause) {
    if (cause instanceof PaymentError) return cause
    throw cause
  }
  return assert.fail("it did not fail")
}
const fail = (reason: PaymentError["reason"]) => Effect.fail(new PaymentError({ operation: "create", reason }))
const unavailable = () => fail(new Unavailable({ message: "refused" }))
const unknown = () => fail(new OutcomeUnknown({ message: "lost" }))
const count = (calls: ReadonlyArray<{ readonly verb: string }>, verb: string) =>
  calls.filter((call) => call.verb === verb).length

describe("create", () => {
  it("stores the intent, asks the provider and offers the payer's action", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([{ ...action(), providerReference: "R-1" }])
    const payment = await h.payments.create(order())
    assert.deepStrictEqual([payment.status, payment.state.finality], ["requires_action", "soft"])
    assert.strictEqual(payment.current.nextAction?._tag, "redirect")
    assert.strictEqual(payment.current.providerReference, "R-1")
    assert.match(payment.current.actionUrl ?? "", /^https:\/\/agency\.example\/maksa\/next\/[0-9a-f]{32}$/)
    assert.deepStrictEqual(JSON.stringify(await h.payments.get(payment.id)), JSON.stringify(payment))
  })

  it("answers a repeat with the same payment and makes one call, also for fifty at once", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const request = order()
    const all = await Promise.all(Array.from({ length: 50 }, () => h.payments.create(request)))
    assert.strictEqual(new Set(all.map((payment) => payment.id)).size, 1)
    assert.strictEqual(count(h.script.calls, "create"), 1)
  })

  it("refuses the same key with any other input, and keeps the first payment", async () => {
    await using h = await harness()
    const request = order()
    const first = await h.payments.create(request)
    const others = [
      { ...request, amount: { minorUnits: 1201n, currency: "EUR" } },
      { ...request, merchantReference: "CASE-2" },
      { ...request, options: { note: "x" } },
      { ...request, payer: { lastName: "Ozola" } },
      { ...request, returnUrl: "https://agency.example/orders/2" }
    ]
    for (const other of others) {
      const error = await failure(h.payments.create(other))
      assert.deepStrictEqual([error.reason._tag, error.paymentId], ["Conflict", first.id])
    }
    assert.strictEqual(count(h.script.calls, "create"), 1)
  })

  it("records a refusal, raises it with the provider's code, and does not send again", async () => {
    await using h = await harness()
    h.script.create = () => Effect.fail(refusal())
    const request = order()
    const error = await failure(h.payments.create(request))
    assert.strictEqual(error.reason._tag, "Refused")
    const payment = await h.payments.create(request)
    assert.deepStrictEqual([payment.status, payment.current.providerCode], ["declined", "X1"])
    assert.deepStrictEqual(payment.current.decline, { reason: "limit_exceeded", next: "use_another_way" })
    assert.strictEqual(count(h.script.calls, "create"), 1)
  })

  it("tells why it came to nothing, until money comes after all", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const { id } = await h.payments.create(order())
    const decline = { reason: "insufficient_funds", next: "use_another_way" } as const
    h.script.status = () => Effect.succeed([{ says: { _tag: "refused" }, trust: "proven", decline }])
    h.clock.value += minutes(1)
    await h.payments.runDue()
    assert.deepStrictEqual((await h.payments.get(id)).current.decline, decline)
    assert.deepStrictEqual((await h.payments.history(id)).at(-1)?.decline, decline)
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += days(1)
    await h.payments.runDue()
    const paid = await h.payments.get(id)
    assert.deepStrictEqual([paid.status, paid.current.decline], ["paid", undefined])
  })

  it("sends again on a repeat of the call when nothing had left", async () => {
    await using h = await harness()
    h.script.create = unavailable
    const request = order()
    const error = await failure(h.payments.create(request))
    assert.deepStrictEqual([error.reason._tag, error.isRetryable], ["Unavailable", true])
    assert.strictEqual((await h.payments.get(error.paymentId ?? "")).status, "created")
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(request)
    assert.deepStrictEqual([payment.id, payment.status], [error.paymentId, "requires_action"])
    assert.strictEqual(count(h.script.calls, "create"), 2)
  })

  it("looks a lost reply up and never sends it again, however often it is called", async () => {
    await using h = await harness()
    h.script.create = unknown
    const request = order()
    const error = await failure(h.payments.create(request))
    assert.deepStrictEqual([error.reason._tag, error.isRetryable], ["OutcomeUnknown", false])
    const waiting = await h.payments.create(request)
    assert.deepStrictEqual([waiting.status, waiting.state.reason], ["processing", "outcome_unknown"])
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(1)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(waiting.id)).status, "paid")
    assert.strictEqual(count(h.script.calls, "create"), 1)
  })

  it("sends the identical bytes again only where the provider's rules allow it and a query proved absence", async () => {
    await using h = await harness({ provider: (s) => fake(s, { repeatCreate: "after_absence" }) })
    h.script.create = unknown
    const error = await failure(h.payments.create(order({ payer: { lastName: "Ozola" } })))
    h.script.status = () => Effect.succeed([{ says: { _tag: "absent" }, trust: "proven" }])
    h.script.create = () => Effect.succeed([action()])
    h.clock.value += 11_000
    await h.payments.runDue()
    const [first, second, ...more] = h.script.calls.filter((call) => call.verb === "create")
    assert.strictEqual(more.length, 0)
    const comparable = (input: unknown) =>
      JSON.stringify({ ...(input as object), submittedAt: 0 }, (_k, v: unknown) => (typeof v === "bigint" ? `${v}` : v))
    assert.strictEqual(comparable(second?.input), comparable(first?.input))
    assert.strictEqual((await h.payments.get(error.paymentId ?? "")).status, "requires_action")
  })

  it("does not send again after absence where a repeat could collect twice", async () => {
    await using h = await harness()
    h.script.create = unknown
    const error = await failure(h.payments.create(order()))
    h.script.status = () => Effect.succeed([{ says: { _tag: "absent" }, trust: "proven" }])
    h.clock.value += 11_000
    await h.payments.runDue()
    assert.strictEqual(count(h.script.calls, "create"), 1)
    assert.strictEqual((await h.payments.get(error.paymentId ?? "")).status, "created")
  })

  it("names the wrong field and stores nothing", async () => {
    await using h = await harness()
    const cases: ReadonlyArray<readonly [Record<string, unknown>, RegExp]> = [
      [{ amount: undefined }, /amount/],
      [{ lines: [] }, /amount|lines/],
      [{ amount: { minorUnits: 0n, currency: "EUR" } }, /above zero/],
      [{ amount: { minorUnits: 1n, currency: "USD" } }, /EUR/],
      [{ amount: { minorUnits: 12.5, currency: "EUR" } }, /minorUnits/],
      [{ merchantReference: "pay for 010190-12345" }, /personal code/],
      [{ purpose: "case 32123456789" }, /personal code/],
      [{ returnUrl: "javascript:alert(1)" }, /returnUrl/],
      [{ deadline: "2020-01-01T00:00:00Z" }, /past/],
      [{ deadline: "2030-01-01T00:00:00Z" }, /ahead/],
      [{ options: { nothing: 1 } }, /nothing/],
      [{ provider: "other" }, /Configured: fake/],
      [{ unheardOf: 1 }, /unheardOf/]
    ]
    for (const [more, message] of cases) {
      const { amount, ...rest } = order(more)
      const error = await failure(h.payments.create((amount === undefined ? rest : { amount, ...rest }) as never))
      assert.strictEqual(error.reason._tag, "InvalidRequest", JSON.stringify(Object.keys(more)))
      assert.match(error.message, message)
    }
    assert.strictEqual((await h.payments.list()).length, 0)
  })

  it("stops waiting on an abort, and keeps the reply that comes all the same", async () => {
    await using h = await harness()
    const { promise, resolve } = Promise.withResolvers<void>()
    h.script.create = () =>
      Effect.as(
        Effect.promise(() => promise),
        [{ ...action(), providerReference: "R-1" }]
      )
    const controller = new AbortController()
    const call = h.payments.create(order(), { signal: controller.signal })
    await expectCalls(h.script.calls, 1)
    controller.abort()
    await call.then(
      () => assert.fail("it answered"),
      (cause: unknown) => assert.strictEqual((cause as Error).name, "AbortError")
    )
    const [payment] = await h.payments.list()
    assert.deepStrictEqual([payment?.status, payment?.state.reason], ["processing", "outcome_unknown"])
    resolve()
    await h.payments.close()
    const rows = await h.store.transact((tx) => tx.attemptsOf(payment?.id ?? ""))
    assert.deepStrictEqual([rows[0]?.providerReference, rows[0]?.status], ["R-1", "requires_action"])
  })
})

const expectCalls = async (calls: ReadonlyArray<unknown>, length: number): Promise<void> => {
  for (let i = 0; calls.length < length && i < 1000; i++) await new Promise((resolve) => setImmediate(resolve))
  assert.strictEqual(calls.length, length)
}

describe("attempts", () => {
  it("opens a new attempt after a refusal, and a stale one can neither cancel nor revive it", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const firstId = payment.current.id
    await h.send("/webhooks/fake", notice({ about: firstId, says: { _tag: "refused" }, at: h.clock.value }))
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "declined")
    const { merchantReference: _m, amount: _a, ...rest } = order({ paymentId: payment.id })
    const again = await h.payments.attempt(rest as never)
    assert.deepStrictEqual([again.attempts.length, again.status], [2, "requires_action"])
    await h.send("/webhooks/fake", notice({ about: firstId, says: { _tag: "lapsed" }, at: h.clock.value + 1 }))
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "requires_action")
  })

  it("unites money of two attempts and reports the second sum as overpaid", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const { merchantReference: _m, amount: _a, ...rest } = order({ paymentId: payment.id })
    const two = await h.payments.attempt(rest as never)
    for (const attempt of two.attempts) {
      await h.send(
        "/webhooks/fake",
        notice({
          about: attempt.id,
          says: { _tag: "received", amount: { minorUnits: "1200", currency: "EUR" } },
          at: h.clock.value
        })
      )
    }
    await h.payments.runDue()
    const paid = await h.payments.get(payment.id)
    assert.deepStrictEqual(
      [paid.status, paid.state.attention, paid.state.money.received?.minorUnits],
      ["paid", ["overpaid"], 2400n]
    )
  })

  it("refuses a second attempt while money may still come from the first", async () => {
    await using h = await harness()
    h.script.create = unknown
    const error = await failure(h.payments.create(order()))
    const { merchantReference: _m, amount: _a, ...rest } = order({ paymentId: error.paymentId })
    assert.strictEqual((await failure(h.payments.attempt(rest as never))).reason._tag, "Conflict")
  })

  it("gives the same attempt for the same key and refuses other input", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const { merchantReference: _m, amount: _a, ...rest } = order({ paymentId: payment.id })
    const one = await h.payments.attempt(rest as never)
    const same = await h.payments.attempt(rest as never)
    assert.deepStrictEqual([same.attempts.length, same.current.id], [2, one.current.id])
    const other = { ...rest, returnUrl: "https://agency.example/else" }
    assert.strictEqual((await failure(h.payments.attempt(other as never))).reason._tag, "Conflict")
  })
})

describe("webhooks", () => {
  const paidNotice = (about: string, at: number, n = 0) =>
    notice({ about, says: { _tag: "received", amount: { minorUnits: "1200", currency: "EUR" } }, at, n })

  it("joins a message that came before create had answered", async () => {
    await using h = await harness()
    h.script.create = (input) =>
      Effect.as(
        Effect.promise(() => h.send("/webhooks/fake", paidNotice(input.attemptId, h.clock.value))),
        []
      )
    const payment = await h.payments.create(order())
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("keeps messages about payments it does not know, and answers them like any other", async () => {
    await using h = await harness()
    const response = await h.send("/webhooks/fake", paidNotice("att_unknown", h.clock.value))
    assert.deepStrictEqual([response.status, await response.text()], [200, "OK"])
    await h.payments.runDue()
    assert.strictEqual(await h.store.transact((tx) => tx.countParked()), 1)
  })

  it("takes a hundred copies as one, and tells the application once", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    const message = paidNotice(payment.current.id, h.clock.value)
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async () => (await h.send("/webhooks/fake", message)).status)
    )
    assert.deepStrictEqual(new Set(statuses), new Set([200]))
    await h.payments.runDue()
    assert.strictEqual((await h.payments.history(payment.id)).length, 1)
    assert.strictEqual(h.events.filter((event) => event.type === "payment.fulfil").length, 1)
  })

  it("ends in the same state for any order of arrival", async () => {
    const says = [
      { _tag: "working" },
      { _tag: "refused" },
      { _tag: "received", amount: { minorUnits: "1200", currency: "EUR" } }
    ]
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1]
    ]
    const seen = new Set<string>()
    for (const arrival of orders) {
      await using h = await harness()
      const payment = await h.payments.create(order())
      for (const i of arrival) {
        await h.send("/webhooks/fake", notice({ about: payment.current.id, says: says[i], at: h.clock.value + i }))
        await h.payments.runDue()
      }
      const { state } = await h.payments.get(payment.id)
      seen.add(`${state.status} ${state.finality} ${state.attention.join()}`)
    }
    assert.deepStrictEqual([...seen], ["paid soft late_money"])
  })

  it("refuses a flipped byte, other methods and too much, and stores nothing", async () => {
    await using h = await harness({ maxBodyBytes: 2000 })
    const payment = await h.payments.create(order())
    const message = paidNotice(payment.current.id, h.clock.value)
    const flipped = { ...message, body: message.body.replace('"word"', '"wore"') }
    assert.strictEqual((await h.send("/webhooks/fake", flipped)).status, 401)
    assert.strictEqual((await h.send("/webhooks/fake", { method: "POST", body: "<html>" })).status, 400)
    assert.strictEqual((await h.send("/webhooks/fake", { method: "PUT", body: "{}" })).status, 405)
    assert.strictEqual((await h.send("/webhooks/fake", { method: "POST", body: "x".repeat(2001) })).status, 413)
    assert.strictEqual((await h.send("/webhooks/nobody", message)).status, 404)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.history(payment.id)).length, 0)
  })

  it("tells the provider to try again when the store cannot write, and takes the message later", async () => {
    let isBroken = false
    await using h = await harness({
      wrap: (store) => ({
        transact: (unit) => (isBroken ? Promise.reject(new Error("disk full")) : store.transact(unit)),
        keyedDigest: (purpose, data) => store.keyedDigest(purpose, data),
        close: () => store.close()
      })
    })
    const payment = await h.payments.create(order())
    const message = paidNotice(payment.current.id, h.clock.value)
    isBroken = true
    assert.strictEqual((await h.send("/webhooks/fake", message)).status, 503)
    const error = await failure(h.payments.get(payment.id))
    assert.strictEqual(error.reason._tag, "Unavailable")
    assert.notInclude(JSON.stringify(error), "disk full")
    const started = await failure(h.payments.create(order()))
    assert.deepStrictEqual([started.reason._tag, started.isRetryable], ["Unavailable", true])
    assert.lengthOf(h.script.calls, 1, "nothing leaves before its intent is stored")
    isBroken = false
    assert.strictEqual((await h.send("/webhooks/fake", message)).status, 200)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("never calls a payment paid on a wrong sum or currency", async () => {
    for (const amount of [
      { minorUnits: "1199", currency: "EUR" },
      { minorUnits: "1200", currency: "USD" }
    ]) {
      await using h = await harness()
      const payment = await h.payments.create(order())
      await h.send(
        "/webhooks/fake",
        notice({ about: payment.current.id, says: { _tag: "received", amount }, at: h.clock.value })
      )
      await h.payments.runDue()
      assert.strictEqual((await h.payments.get(payment.id)).status, "under_review")
      assert.isFalse(h.events.some((event) => event.type === "payment.fulfil"))
      assert.isTrue(h.events.some((event) => event.type === "payment.attention"))
    }
  })
})

describe("hints", () => {
  const hinting = (scripted: Script) => fake(scripted, { webhook: "hint_only" })
  const hint = (n: number) => notice({ says: { _tag: "working", actionStands: true }, trust: "hint", n })
  const webhookPath = (h: Awaited<ReturnType<typeof harness>>) => {
    const input = h.script.calls[0]?.input as { readonly urls: { readonly webhook: string } }
    return new URL(input.urls.webhook).pathname.replace("/maksa", "")
  }

  it("makes core ask once in ten seconds, however many come, and moves no money by itself", async () => {
    await using h = await harness({ provider: hinting })
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(1)
    for (let n = 0; n < 50; n++) assert.strictEqual((await h.send(webhookPath(h), hint(n))).status, 200)
    await h.payments.runDue()
    await h.payments.runDue()
    assert.strictEqual(count(h.script.calls, "status"), 1)
    assert.strictEqual((await h.payments.get(payment.id)).status, "requires_action")
  })

  it("answers an unknown token alike and asks nobody", async () => {
    await using h = await harness({ provider: hinting })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    h.clock.value += 1000
    const known = await h.send(webhookPath(h), hint(0))
    const other = await h.send(`/webhooks/fake/${"0".repeat(32)}`, hint(1))
    assert.deepStrictEqual([other.status, await other.text()], [known.status, await known.text()])
    assert.strictEqual(count(h.script.calls, "status"), 0)
  })

  it("learns the provider's reference of a lost reply from the token that only the provider's server knows", async () => {
    await using h = await harness({ provider: hinting })
    h.script.create = unknown
    const error = await failure(h.payments.create(order()))
    await h.send(webhookPath(h), notice({ says: { _tag: "working" }, trust: "hint", reference: "GUID-1" }))
    assert.strictEqual((await h.payments.get(error.paymentId ?? "")).current.providerReference, "GUID-1")
  })

  it("does not let one attempt take the reference of another", async () => {
    await using h = await harness({ provider: hinting })
    h.script.create = () => Effect.succeed([{ ...action(), providerReference: "GUID-1" }])
    await h.payments.create(order())
    h.script.create = unknown
    const error = await failure(h.payments.create(order()))
    const input = h.script.calls[1]?.input as { readonly urls: { readonly webhook: string } }
    const path = new URL(input.urls.webhook).pathname.replace("/maksa", "")
    await h.send(path, notice({ says: { _tag: "working" }, trust: "hint", reference: "GUID-1" }))
    assert.isUndefined((await h.payments.get(error.paymentId ?? "")).current.providerReference)
  })
})

describe("time", () => {
  it("makes soft money hard only by a query after the window that says the same", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(1)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).state.finality, "soft")
    h.script.status = () => fail(new Unavailable({ message: "down" }))
    h.clock.value += days(2)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).state.finality, "soft")
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += days(1)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).state.finality, "hard")
    const asked = count(h.script.calls, "status")
    h.clock.value += days(30)
    await h.payments.runDue()
    assert.strictEqual(count(h.script.calls, "status"), asked)
  })

  it("expires what was never sent at its deadline without asking anybody", async () => {
    await using h = await harness()
    h.script.create = unavailable
    const error = await failure(h.payments.create(order({ deadline: "2026-11-23T10:00:00Z" })))
    h.clock.value += days(2)
    await h.payments.runDue()
    const payment = await h.payments.get(error.paymentId ?? "")
    assert.deepStrictEqual([payment.status, payment.state.finality], ["expired", "hard"])
    assert.strictEqual(count(h.script.calls, "status"), 0)
  })

  it("finds the outcome by asking when every message was lost", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.script.status = () => Effect.succeed([received()])
    for (let minute = 0; minute < 3; minute++) {
      h.clock.value += minutes(1)
      await h.payments.runDue()
    }
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })
})

describe("the application's handler", () => {
  const states = [received(1200n), { says: { _tag: "undone" }, trust: "proven" } as const, received(1200n)]

  it("is told to fulfil once per money epoch, and that the money went", async () => {
    await using h = await harness()
    await h.payments.create(order())
    for (const state of states) {
      h.script.status = () => Effect.succeed([state])
      h.clock.value += minutes(2)
      await h.payments.runDue()
      h.clock.value += minutes(2)
      await h.payments.runDue()
    }
    const told = h.events.flatMap((event) =>
      event.type === "payment.fulfil" || event.type === "payment.fulfilment_withdrawn"
        ? [`${event.type} ${event.epoch}`]
        : []
    )
    assert.deepStrictEqual(told, ["payment.fulfil 0", "payment.fulfilment_withdrawn 0", "payment.fulfil 1"])
  })

  it("is told again, with the same id, until it has taken an event", async () => {
    let tries = 0
    const ids = new Set<string>()
    await using h = await harness({
      onEvent: (event) => {
        ids.add(event.id)
        if (tries++ < 2) throw new Error("database of the application is down")
      }
    })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    for (let i = 0; i < 5; i++) {
      await h.payments.runDue()
      h.clock.value += minutes(1)
    }
    assert.deepStrictEqual([tries, ids.size], [3, 1])
  })

  it("waits for hard money under hard-only, and for a small sum not at all under a limit", async () => {
    const policies = [
      [{ policy: "hard-only" }, 0],
      [{ policy: "provisional-up-to", limit: money(1200n, "EUR") }, 1],
      [{ policy: "provisional-up-to", limit: money(1199n, "EUR") }, 0]
    ] as const
    for (const [fulfilment, told] of policies) {
      await using h = await harness({ fulfilment })
      const payment = await h.payments.create(order())
      const promised = { _tag: "promised", amount: { minorUnits: "1200", currency: "EUR" } }
      await h.send("/webhooks/fake", notice({ about: payment.current.id, says: promised, at: h.clock.value }))
      await h.payments.runDue()
      assert.strictEqual((await h.payments.get(payment.id)).status, "provisional")
      assert.strictEqual(h.events.filter((event) => event.type === "payment.fulfil").length, told)
    }
  })
})

describe("operators", () => {
  it("withdraw stops offering and keeps watching: late money is believed and shown", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const canceled = await h.payments.withdraw(payment.id, { by: "clerk 7", reason: "Application was withdrawn." })
    assert.deepStrictEqual([canceled.status, canceled.current.nextAction], ["canceled", undefined])
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(2)
    await h.payments.runDue()
    const late = await h.payments.get(payment.id)
    assert.deepStrictEqual([late.status, late.state.attention], ["paid", ["late_money"]])
  })

  it("decide leaves review with who, why and on what evidence", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    const amount = { minorUnits: "1", currency: "EUR" }
    await h.send(
      "/webhooks/fake",
      notice({ about: payment.current.id, says: { _tag: "received", amount }, at: h.clock.value })
    )
    await h.payments.runDue()
    h.clock.value += 1000
    const decision = {
      status: "paid",
      by: "A. Kalniņa",
      reason: "Bank statement shows it.",
      evidence: "Statement 17/2026"
    } as const
    const decided = await h.payments.decide(payment.id, decision)
    assert.deepStrictEqual([decided.status, decided.state.finality], ["paid", "hard"])
    const history = await h.payments.history(payment.id)
    assert.deepStrictEqual(history.at(-1)?.decision, {
      by: decision.by,
      reason: decision.reason,
      evidence: decision.evidence
    })
    assert.strictEqual(
      (await failure(h.payments.decide(payment.id, { status: "paid", by: "", reason: "x" }))).reason._tag,
      "InvalidRequest"
    )
  })

  it("lists by time, status and reference, page by page", async () => {
    await using h = await harness()
    for (let i = 0; i < 5; i++) {
      h.clock.value += 1000
      await h.payments.create(order({ merchantReference: `CASE-${i}` }))
    }
    const [first, second] = await h.payments.list({ limit: 2 })
    assert.deepStrictEqual([first?.merchantReference, second?.merchantReference], ["CASE-4", "CASE-3"])
    const next = await h.payments.list({ limit: 2, ...(second === undefined ? {} : { after: second }) })
    assert.deepStrictEqual(
      next.map((payment) => payment.merchantReference),
      ["CASE-2", "CASE-1"]
    )
    assert.strictEqual((await h.payments.list({ status: "paid" })).length, 0)
    assert.strictEqual((await h.payments.list({ merchantReference: "CASE-3" })).length, 1)
    assert.strictEqual((await h.payments.list({ from: new Date(h.clock.value) })).length, 1)
  })

  it("erases personal data and raw messages, and keeps status and money facts", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([{ ...action(), evidence: new TextEncoder().encode("raw") }])
    const payment = await h.payments.create(order({ payer: { lastName: "Ozola" } }))
    await h.payments.erase(payment.id)
    const after = await h.payments.get(payment.id)
    assert.deepStrictEqual([after.status, after.current.nextAction], ["requires_action", undefined])
    assert.strictEqual((await h.payments.history(payment.id)).length, 1)
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(2)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })
})

describe("repayments", () => {
  const paidHard = async (h: Awaited<ReturnType<typeof harness>>): Promise<string> => {
    const payment = await h.payments.create(order())
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(1)
    await h.payments.runDue()
    h.clock.value += days(2)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).state.finality, "hard")
    return payment.id
  }
  const ask = (paymentId: string, minorUnits: bigint, more: object = {}) => ({
    paymentId,
    idempotencyKey: `r-${minorUnits}`,
    amount: { minorUnits, currency: "EUR" },
    by: "clerk 7",
    reason: "Paid twice by mistake.",
    ...more
  })

  it("go back only against hard money, never more than came, and are safe to repeat", async () => {
    await using h = await harness()
    const id = await paidHard(h)
    const first = await h.payments.repay(ask(id, 1000n))
    assert.strictEqual((await h.payments.repay(ask(id, 1000n))).id, first.id)
    assert.strictEqual((await failure(h.payments.repay(ask(id, 1000n, { reason: "Other." })))).reason._tag, "Conflict")
    assert.strictEqual((await failure(h.payments.repay(ask(id, 201n)))).reason._tag, "Conflict")
    await h.payments.repay(ask(id, 200n))
    assert.strictEqual((await failure(h.payments.repay(ask(id, 1n)))).reason._tag, "Conflict")
  })

  it("need a named override while money is soft", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    h.script.status = () => Effect.succeed([received()])
    h.clock.value += minutes(1)
    await h.payments.runDue()
    assert.strictEqual((await failure(h.payments.repay(ask(payment.id, 100n)))).reason._tag, "Conflict")
    const allowed = await h.payments.repay(ask(payment.id, 100n, { override: true }))
    assert.deepStrictEqual([allowed.history[0]?.isOverride, allowed.history[0]?.by], [true, "clerk 7"])
  })

  it("go through their states with proof, and count as given back as soon as they may have left", async () => {
    await using h = await harness()
    const id = await paidHard(h)
    const { id: repaymentId } = await h.payments.repay(ask(id, 500n))
    const step = (action: "approve" | "submit" | "lose_reply" | "complete" | "reverse", evidence?: string) =>
      h.payments.stepRepayment(repaymentId, { action, by: "chief 1", ...(evidence === undefined ? {} : { evidence }) })
    assert.strictEqual((await failure(step("complete", "x"))).reason._tag, "Conflict")
    await step("approve")
    await step("submit")
    await step("lose_reply")
    assert.strictEqual((await h.payments.get(id)).state.money.givenBack?.minorUnits, 500n)
    assert.strictEqual((await failure(step("complete"))).reason._tag, "InvalidRequest")
    const done = await step("complete", "Transfer 42")
    assert.deepStrictEqual([done.status, done.history.length], ["done", 5])
    await step("reverse")
    assert.isUndefined((await h.payments.get(id)).state.money.givenBack)
    await h.payments.runDue()
    assert.strictEqual(h.events.filter((event) => event.type === "repayment.changed").length, 6)
  })
})
