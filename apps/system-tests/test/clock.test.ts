// Clocks that are wrong: the provider's ahead of ours, ours set back.
import { Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, received, type Script } from "./fakeProvider.ts"
import { days, harness, minutes, order } from "./harness.ts"
import { answering, eur, failing, got, hint, later, reasonOf, says, statuses } from "./steps.ts"

describe("a provider's clock that runs ahead", () => {
  it("does not keep money paid that a later question finds gone", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value + minutes(180))
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
    answering(h, { says: { _tag: "undone" }, trust: "proven" })
    await later(h, minutes(10))
    const { status, attention } = (await h.payments.get(payment.id)).state
    assert.deepStrictEqual([status, [...attention]], ["reversed", ["contract_drift"]])
  })

  it("does not make us ask for as long as it is ahead", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    await says(h, payment.current.id, { _tag: "refused" }, h.clock.value + minutes(180))
    answering(h, received())
    for (let i = 0; i < 60; i++) await later(h, 10_000)
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
    assert.isBelow(statuses(h), 20)
  })
})

describe("our clock that was set back", () => {
  const slow = { earliestSeconds: 0, schedule: [{ untilSeconds: 1, everySeconds: 21_600 }] }
  const notices = { provider: (s: Script) => fake(s, { webhook: "hint_only", query: slow }) }

  it("does not make us deaf to notices", async () => {
    await using h = await harness(notices)
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(120)
    await h.payments.refresh(payment.id)
    h.clock.value -= minutes(60)
    answering(h, received())
    await hint(h)
    await later(h, minutes(1))
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("does not date a person's decision before what the person knew", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    answering(h, received())
    h.clock.value += minutes(120)
    assert.strictEqual((await h.payments.refresh(payment.id)).status, "paid")
    h.clock.value -= minutes(60)
    const why = { by: "the head clerk", reason: "the bank took it back", evidence: "statement 17" }
    const { state } = await h.payments.decide(payment.id, { status: "reversed", ...why })
    assert.deepStrictEqual([state.status, state.finality], ["reversed", "hard"])
    const other = await h.payments.decide(payment.id, { status: "paid", ...why })
    assert.deepStrictEqual([other.status, other.state.finality], ["paid", "hard"])
  })

  it("does not make us ask about one notice for ever", async () => {
    await using h = await harness(notices)
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    h.clock.value += days(2)
    await hint(h)
    h.clock.value -= days(2) - minutes(5)
    answering(h, { says: { _tag: "working", actionStands: true }, trust: "proven" })
    for (let i = 0; i < 30; i++) await later(h, 11_000)
    assert.strictEqual(statuses(h), 1)
  })

  it("does not keep us from asking and telling until it has caught up", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    h.clock.value += days(30)
    const payment = await h.payments.create(order())
    await h.payments.runDue()
    await says(h, payment.current.id, { _tag: "promised", amount: eur("1200") }, h.clock.value)
    h.clock.value -= days(30)
    answering(h, received())
    await later(h, minutes(2))
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
    assert.include(
      h.events.map((event) => event.type),
      "payment.fulfil"
    )
    h.script.create = () => failing(new Unavailable({ message: "no" }))
    await reasonOf(h.payments.create(order()))
    const before = statuses(h)
    for (let i = 0; i < 5; i++) await later(h, minutes(1))
    assert.isAtMost(statuses(h) - before, 5)
  })
})
