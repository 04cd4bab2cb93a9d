// Histories in which the obvious next step would have been wrong: each with the least that shows it.
import { named, OutcomeUnknown, Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, received, type Script, script } from "./fakeProvider.ts"
import { days, harness, minutes, order } from "./harness.ts"
import {
  again,
  answering,
  creates,
  failing,
  got,
  hint,
  later,
  pathsOf,
  reasonOf,
  repayment,
  says,
  statuses,
  storeFailing
} from "./steps.ts"

const down = () => failing(new Unavailable({ message: "down" }))
const notices = { provider: (s: Script) => fake(s, { webhook: "hint_only" }) }

describe("a question that failed", () => {
  it("does not settle the notice before it: no withdrawal and no second attempt until there is an answer", async () => {
    await using h = await harness(notices)
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(1)
    h.script.status = down
    await hint(h)
    await h.payments.runDue()
    h.clock.value += 2000
    const withdrawing = () => reasonOf(h.payments.withdraw(payment.id, { by: "payer", reason: "No." }))
    assert.strictEqual(await withdrawing(), "NotReady")
    h.clock.value += 20_000
    assert.strictEqual(await withdrawing(), "NotReady")
    assert.strictEqual(await reasonOf(h.payments.attempt(again(payment.id, "other way"))), "NotReady")
    answering(h, received())
    h.clock.value += 20_000
    assert.strictEqual(await withdrawing(), "Conflict")
    assert.deepStrictEqual([creates(h), (await h.payments.get(payment.id)).status], [1, "paid"])
  })

  it("does not settle the notice that came after it in the same millisecond, whatever was decided", async () => {
    await using h = await harness(notices)
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await h.payments.decide(payment.id, { status: "declined", by: "clerk", reason: "No.", evidence: "letter 3" })
    h.clock.value += minutes(1)
    answering(h, { says: { _tag: "working", actionStands: true }, trust: "proven" })
    await h.payments.refresh(payment.id)
    await hint(h)
    answering(h, received())
    h.clock.value += minutes(1)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "under_review")
  })

  it("because the adapter broke does not keep the payer from the agency's page", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    h.clock.value += minutes(1)
    h.script.status = () => Effect.die(new Error("bug"))
    const response = await h.send(pathsOf(h).return)
    assert.deepStrictEqual(
      [response.status, response.headers.get("location")],
      [303, "https://agency.example/orders/1"]
    )
  })
})

describe("a payer who comes back", () => {
  it("while the provider cannot be asked is asked about soon, however slow the usual pace is", async () => {
    const slow = { earliestSeconds: 0, schedule: [{ untilSeconds: 1, everySeconds: 21_600 }] }
    await using h = await harness({ provider: (s: Script) => fake(s, { query: slow }) })
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(5)
    h.script.status = down
    assert.strictEqual((await h.send(pathsOf(h).return)).status, 303)
    answering(h, received())
    await later(h, 11_000)
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })
})

describe("a question of the application", () => {
  it("is about every attempt that may still be paid", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const { id } = await h.payments.create(order())
    const { attempts } = await h.payments.attempt(again(id, "second"))
    h.clock.value += minutes(1)
    h.script.status = ({ attemptId }) => Effect.succeed(attemptId === attempts[0].id ? [received()] : [])
    assert.strictEqual((await h.payments.refresh(id)).status, "paid")
  })
})

describe("a reply of the provider", () => {
  it("is kept although the store is busy for a moment", async () => {
    let failures = 0
    await using h = await harness({ wrap: storeFailing("insertObservation", () => failures-- > 0) })
    h.script.create = () => {
      failures = 2
      return Effect.succeed([{ ...action(), providerReference: "R-1" }])
    }
    const payment = await h.payments.create(order())
    assert.deepStrictEqual([payment.status, payment.current.providerReference], ["requires_action", "R-1"])
  })

  it("that the store could not keep is an unknown outcome, not an invitation to repeat", async () => {
    let isDown = false
    await using h = await harness({ wrap: storeFailing("insertObservation", () => isDown) })
    h.script.create = () => {
      isDown = true
      return Effect.succeed([action()])
    }
    const request = order()
    assert.strictEqual(await reasonOf(h.payments.create(request)), "OutcomeUnknown")
    isDown = false
    assert.strictEqual((await h.payments.create(request)).status, "processing")
    assert.strictEqual(creates(h), 1)
  })

  it("that never came is told to the application, and once only", async () => {
    await using h = await harness()
    h.script.create = () => failing(new OutcomeUnknown({ message: "lost" }))
    await reasonOf(h.payments.create(order()))
    for (let i = 0; i < 3; i++) await later(h, minutes(1))
    const told = h.events.map((event) => (event.type === "payment.status_changed" ? event.status : event.type))
    assert.deepStrictEqual(told, ["processing"])
  })

  it("of an adapter that throws is an unknown outcome", async () => {
    const throwing = (s: Script) => {
      const provider = fake(s)
      const create = () => {
        throw new Error("bug")
      }
      return { ...provider, make: Effect.map(provider.make, (adapter) => ({ ...adapter, create })) }
    }
    await using h = await harness({ provider: throwing })
    assert.strictEqual(await reasonOf(h.payments.create(order())), "OutcomeUnknown")
  })
})

describe("events of one payment", () => {
  it("come in their order though many of others are due between a put-off one and the next", async () => {
    let isDown = true
    const heard: Array<string> = []
    await using h = await harness({
      onEvent: (event) => {
        if (isDown) throw new Error("down")
        heard.push(`${event.paymentId} ${event.type}`)
      }
    })
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await h.payments.runDue()
    await says(h, payment.current.id, got("1200"), (h.clock.value += 1000))
    await h.payments.runDue()
    h.clock.value += 1000
    for (let i = 0; i < 60; i++) await h.payments.create(order())
    isDown = false
    await later(h, 10_000)
    await h.payments.runDue()
    assert.deepStrictEqual(
      heard.filter((line) => line.startsWith(payment.id)).map((line) => line.split(" ")[1]),
      ["payment.status_changed", "payment.status_changed", "payment.fulfil"]
    )
  })
})

describe("money that an operator", () => {
  it("calls reversed is gone: it cannot go back again, and the next sum is no surplus", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const { id } = await h.payments.create(order())
    const { attempts } = await h.payments.attempt(again(id, "second"))
    await says(h, attempts[0].id, got("1200"), h.clock.value)
    await h.payments.runDue()
    h.clock.value += 1000
    await h.payments.decide(id, { status: "reversed", by: "clerk", reason: "Letter of the bank." })
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(id, 1n, { override: true }))), "Conflict")
    await says(h, attempts[1]?.id ?? "", got("1200"), h.clock.value)
    await h.payments.runDue()
    const { state } = await h.payments.get(id)
    assert.deepStrictEqual([state.status, [...state.attention], state.money.undone?.minorUnits], ["paid", [], 1200n])
  })

  it("calls reversed is gone also where nobody had named the sum", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, { _tag: "received" }, h.clock.value)
    await h.payments.runDue()
    h.clock.value += 1000
    await h.payments.decide(payment.id, { status: "reversed", by: "clerk", reason: "Letter of the bank." })
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(payment.id, 1n, { override: true }))), "Conflict")
  })

  it("calls paid after all is there again", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    await says(h, payment.current.id, { _tag: "undone" }, (h.clock.value += 1000))
    await h.payments.runDue()
    h.clock.value += 1000
    await h.payments.decide(payment.id, { status: "paid", by: "clerk", reason: "The bank confirms." })
    assert.isUndefined((await h.payments.get(payment.id)).state.money.undone)
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(payment.id, 1200n))), "none")
  })

  it("gives back by override is not less than without it, though other money went that was never seen to come", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const { id } = await h.payments.create(order())
    const { attempts } = await h.payments.attempt(again(id, "second"))
    await says(h, attempts[0].id, { _tag: "undone" }, h.clock.value)
    await says(h, attempts[1]?.id ?? "", got("1200"), h.clock.value)
    h.script.status = ({ attemptId }) =>
      Effect.succeed([attemptId === attempts[0].id ? { says: { _tag: "undone" }, trust: "proven" } : received()])
    await later(h, days(2))
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(id, 1201n, { override: true }))), "Conflict")
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(id, 1200n, { override: true }))), "none")
  })
})

describe("the payer", () => {
  it("whose payment is for a person to judge goes on to the agency's page, and asks the provider no more", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1"), h.clock.value)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "under_review")
    assert.strictEqual((await h.send(pathsOf(h).next)).status, 303)
  })
})

describe("what is written wrong", () => {
  it("in a sum or a line is an invalid request, and a personal code is stored nowhere in the clear", async () => {
    await using h = await harness()
    const amount = { minorUnits: 100n, currency: "EUR" }
    for (const wrong of [
      { amount: { ...amount, currency: "euro" } },
      { amount: undefined, lines: [{ amount: { ...amount, currency: "" } }] },
      { amount: undefined, lines: [{ amount, description: "Fee of 010190-12345" }] }
    ]) {
      const { amount: sum, ...rest } = order(wrong)
      const request = sum === undefined ? rest : { ...rest, amount: sum }
      assert.strictEqual(await reasonOf(h.payments.create(request as never)), "InvalidRequest")
    }
    assert.strictEqual((await h.payments.list()).length, 0)
  })

  it("in the configuration is named at start", async () => {
    for (const wrong of [
      { fulfilment: { policy: "hardOnly" } },
      { fulfilment: { policy: "provisional-up-to" } },
      { fulfilment: { policy: "provisional-up-to", limit: { minorUnits: 5, currency: "EUR" } } },
      { defaultDeadlineSeconds: Number.NaN },
      { worker: { everyMillis: 0 } }
    ]) {
      const started = harness(wrong as never).then((h) => h[Symbol.asyncDispose]())
      assert.strictEqual(await reasonOf(started), "NotConfigured", JSON.stringify(wrong))
    }
  })
})

describe("one pass over everything due", () => {
  it("does not wait for each payment of a provider that does not answer", async () => {
    const [silent, well] = [script(), script()]
    await using h = await harness({ providers: [fake(silent), named("well", fake(well))] })
    const asked: Array<string> = []
    const answer = (name: string, effect: ReturnType<Script["status"]>) => () => {
      asked.push(name)
      return effect
    }
    for (const one of [silent, well]) one.create = () => Effect.succeed([action()])
    silent.status = answer("silent", down())
    well.status = answer("well", Effect.succeed([received()]))
    for (let i = 0; i < 60; i++) await h.payments.create(order())
    h.clock.value += 1
    const payment = await h.payments.create(order({ provider: "well" }) as never)
    await later(h, minutes(2))
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
    // Five that failed, and what was under way beside them.
    assert.isAtMost(asked.indexOf("well"), 13)
    silent.status = answer("silent", Effect.succeed([received()]))
    for (let i = 0; i < 2; i++) await later(h, minutes(2))
    assert.strictEqual((await h.payments.list({ status: "paid" })).length, 61)
  })

  it("asks and delivers although something could not be folded", async () => {
    let isBroken = false
    await using h = await harness({ wrap: storeFailing("adoptObservation", () => isBroken) })
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    isBroken = true
    h.script.status = down
    assert.strictEqual(await reasonOf(later(h, minutes(2))), "Unavailable")
    assert.deepStrictEqual([h.events.length, statuses(h)], [1, 1])
  })
})
