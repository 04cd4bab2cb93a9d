// Much of the same, two at once, and rows that cannot be read: nobody else may suffer from it.
import { createPayments, type Observed, type StoreTransaction, Unavailable, Wait } from "@maksa/core"
import { sqliteStore } from "@maksa/store-sql"
import * as Effect from "effect/Effect"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { action, fake, notice, received, script, type Script } from "./fakeProvider.ts"
import { base, days, harness, minutes, order, secret } from "./harness.ts"
import {
  answering,
  creates,
  eur,
  failing,
  got,
  hint,
  later,
  pathsOf,
  reasonOf,
  says,
  statuses,
  storeFailing
} from "./steps.ts"

const waiting: Observed = { says: { _tag: "action_needed", action: new Wait({}) }, trust: "proven" }
const working: Observed = { says: { _tag: "working", actionStands: true }, trust: "proven" }
describe("a page that is left open", () => {
  it("asks on, and adds little to the ledger the longer nothing changes", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([waiting])
    const payment = await h.payments.create(order())
    answering(h, waiting)
    h.clock.value += minutes(1)
    for (let i = 0; i < 200; i++) {
      h.clock.value += 10_000
      await h.send(pathsOf(h).next)
      // The page asks on its own; this joins it.
      await h.payments.refresh(payment.id)
    }
    assert.strictEqual(statuses(h), 200)
    assert.isBelow((await h.payments.history(payment.id)).length, 45)
    answering(h, action())
    h.clock.value += 10_000
    await h.payments.refresh(payment.id)
    assert.strictEqual((await h.payments.get(payment.id)).current.nextAction?._tag, "redirect")
  })

  it("hides neither another page of the provider, nor what comes back after a change, nor what hardens", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action("https://pay.example/0")])
    const payment = await h.payments.create(order())
    const ask = async (...observed: ReadonlyArray<Observed>) => {
      answering(h, ...observed)
      h.clock.value += 11_000
      return h.payments.refresh(payment.id)
    }
    for (let i = 0; i < 20; i++) await ask(action("https://pay.example/1"))
    const next = (await ask(action("https://pay.example/2"))).current.nextAction
    assert.strictEqual(next?._tag === "redirect" ? next.url : "", "https://pay.example/2")
    for (let i = 0; i < 20; i++) await ask(received())
    await says(h, payment.current.id, { _tag: "undone", amount: eur("1200") }, h.clock.value)
    await h.payments.runDue()
    assert.strictEqual((await ask(received())).status, "paid")
    for (let i = 0; i < 20; i++) await ask(received())
    h.clock.value += days(1)
    assert.strictEqual((await ask(received())).state.finality, "hard")
  })

  it("follows up a notice although the answer is the same, and asks about it once", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { webhook: "hint_only" }) })
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    answering(h, working)
    for (let i = 0; i < 20; i++) {
      h.clock.value += 11_000
      await h.payments.refresh(payment.id)
    }
    h.clock.value += 11_000
    await hint(h)
    const before = statuses(h)
    await h.payments.runDue()
    assert.strictEqual(statuses(h), before + 1)
    await later(h, 11_000)
    assert.strictEqual(statuses(h), before + 1)
  })
})

describe("a row that cannot be read", () => {
  it("as the stored state of a payment is made anew by the next fold", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await h.store.transact(async (tx) => {
      const row = await tx.findPayment(payment.id)
      if (row !== undefined) await tx.updatePayment({ ...row, state: "{}" })
    })
    await says(h, payment.current.id, got("1200"), h.clock.value)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("of thirty payments keeps the worker neither from another payment nor from its pace, and is not lost", async () => {
    let isBroken = true
    let tries = 0
    const bad = new Set<string>()
    // Broken are the payments, whatever row of theirs is tied.
    const wrap = storeFailing("adoptObservation", (_id, to) => {
      const { paymentId } = to as { readonly paymentId: string }
      if (isBroken && bad.has(paymentId)) tries++
      return isBroken && bad.has(paymentId)
    })
    await using h = await harness({ wrap, worker: { everyMillis: 10 } })
    const statusOf = async (id: string) => (await h.payments.get(id)).status
    const until = async (isSo: () => boolean | Promise<boolean>) => {
      for (let i = 0; i < 1000 && !(await isSo()); i++) await new Promise((next) => setTimeout(next, 5))
    }
    for (let i = 0; i < 30; i++) {
      const payment = await h.payments.create(order())
      bad.add(payment.id)
      await says(h, payment.current.id, got("1200"), h.clock.value)
    }
    const good = await h.payments.create(order())
    await says(h, good.current.id, got("1200"), h.clock.value)
    await until(async () => (await statusOf(good.id)) === "paid")
    assert.strictEqual(await statusOf(good.id), "paid")
    // The clock stands: after a second try at once nothing is due again.
    for (let i = 0; i < 3; i++) await reasonOf(h.payments.runDue())
    const before = tries
    for (let i = 0; i < 3; i++) await reasonOf(h.payments.runDue())
    assert.isAbove(before, 0)
    assert.strictEqual(tries, before)
    isBroken = false
    h.clock.value += minutes(1)
    await h.payments.runDue()
    for (const id of bad) assert.strictEqual(await statusOf(id), "paid")
  })
})

describe("two at once", () => {
  it("of create with one key in two processes make one payment", async () => {
    let hidden = 0
    await using h = await harness({
      wrap: (store) => {
        return {
          keyedDigest: (purpose, data) => store.keyedDigest(purpose, data),
          close: () => store.close(),
          transact: (unit) =>
            store.transact((tx) =>
              unit(
                new Proxy(tx, {
                  get: (target, property) => {
                    const value: unknown = Reflect.get(target, property, target)
                    if (property === "findPaymentByKey" && hidden-- > 0) return async () => undefined
                    return typeof value === "function" ? (value.bind(target) as unknown) : value
                  }
                }) as StoreTransaction
              )
            )
        }
      }
    })
    const request = order()
    const first = await h.payments.create(request)
    // The other process's payment is seen only by the insert.
    hidden = 2
    assert.strictEqual((await h.payments.create(request)).id, first.id)
    hidden = 2
    assert.strictEqual(await reasonOf(h.payments.create({ ...request, merchantReference: "OTHER" })), "Conflict")
    assert.strictEqual(creates(h), 1)
  })
})

describe("an erasure", () => {
  it("reaches messages that are stored but not yet tied to the payment", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await h.send("/webhooks/fake", notice({ about: payment.current.id, says: got("1200"), at: h.clock.value }))
    await h.payments.erase(payment.id)
    await h.payments.runDue()
    const [row] = await h.store.transact((tx) => tx.observationsOf(payment.id))
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
    assert.isUndefined(await h.store.transact((tx) => tx.evidenceOf(row?.id ?? "")))
  })
})

describe("a clock that was set back while nobody was looking", () => {
  it("does not keep what was planned by it waiting after a restart, and moves it once for all processes", async () => {
    let isDown = true
    await using h = await harness({
      onEvent: () => {
        if (isDown) throw new Error("down")
      }
    })
    h.clock.value += days(30)
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await h.payments.runDue()
    await h.payments.close()
    h.clock.value -= days(30)
    isDown = false
    const heard: Array<string> = []
    const s = script()
    s.status = () => Effect.succeed([received()])
    const open = async () => {
      const store = await sqliteStore({ file: join(h.directory, "maksa.sqlite"), secret })
      const payments = await createPayments({
        store,
        providers: [fake(s)],
        publicBaseUrl: base,
        fulfilment: { policy: "eager" },
        worker: false,
        clock: { now: () => h.clock.value },
        onEvent: (event) => {
          heard.push(event.type)
        }
      })
      return { payments, close: () => payments.close().then(() => store.close()) }
    }
    const processes = [await open(), await open()]
    for (const { payments } of processes) await payments.runDue()
    h.clock.value += minutes(2)
    for (const { payments } of processes) await payments.runDue()
    assert.deepStrictEqual(heard, ["payment.status_changed", "payment.status_changed", "payment.fulfil"])
    assert.strictEqual((await processes[0]?.payments.get(payment.id))?.status, "paid")
    for (const one of processes) await one.close()
  })
})

describe("a provider that is down", () => {
  it("does not make an open page add rows", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([waiting])
    const payment = await h.payments.create(order())
    h.script.status = () => failing(new Unavailable({ message: "down" }))
    for (let i = 0; i < 10; i++) {
      h.clock.value += 11_000
      await h.send(pathsOf(h).return)
    }
    assert.strictEqual((await h.payments.history(payment.id)).length, 1)
  })
})
