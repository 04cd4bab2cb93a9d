import type { AttemptFacts, Observed } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { ipAddress, reasonOf } from "../support/openAdapter.ts"
import { type Order, useWorld } from "../support/world.ts"

const world = useWorld({ flow: "gate" })

const order = (changes: Partial<Order> = {}): Order => world.order({ payer: { ipAddress }, ...changes })

const words = (observed: ReadonlyArray<Observed>): ReadonlyArray<string> => observed.map((one) => one.says._tag)

/** The bodies of the sales that reached the simulator cannot be read back, so that a fault rule tells them apart. */
const lost: Partial<AttemptFacts> = { submission: "started" }

describe("a payment by Gate", () => {
  it("is accepted, waits, is redirected by callback and paid", async () => {
    const input = order({ options: { bank: "swedbank" } })
    const observed = await Effect.runPromise(world.adapter.create(input))
    assert.deepEqual(words(observed), ["accepted", "action_needed"])
    world.agency.keepReply(observed)
    assert.equal(world.agency.fold(input).nextAction?._tag, "wait")

    await world.provider.pass(500)
    const redirected = world.agency.fold(input)
    if (redirected.nextAction?._tag !== "redirect") return assert.fail(redirected.nextAction?._tag)
    assert.equal((await fetch(redirected.nextAction.url)).status, 200)

    await world.provider.payer(input.attemptId, { action: "confirm" })
    await world.provider.pass(1000)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.equal(fold.received?.minorUnits, 1200n)
    assert.deepEqual(world.agency.refusals, [])
  })

  it("finds the redirect by status when the callback was lost", async () => {
    world.provider.sandbox.faults.add({ operation: "callback", kind: "drop" })
    const input = order()
    await world.create(input)
    await world.provider.pass(10_500)
    assert.equal(world.agency.fold(input).nextAction?._tag, "wait")
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
  })

  it("posts the redirect's fields as a form where the provider wants that", async () => {
    await world.provider.settings({ redirectMethod: "POST" })
    const input = order({ options: { bank: 1981 } })
    await world.create(input)
    await world.provider.pass(500)
    const action = world.agency.fold(input).nextAction
    if (action?._tag !== "submit_form") return assert.fail(action?._tag)
    const answer = await fetch(action.url, { method: "POST", body: new URLSearchParams(action.fields) })
    assert.equal(answer.status, 200)
  })

  for (const redirectKey of ["redirect_data", "redirect", "redirectData"]) {
    for (const emptyObjects of ["list", "object"]) {
      it(`reads ${redirectKey} with an empty ${emptyObjects}, nulls and long lists`, async () => {
        const callbackFormat = { redirectKey, emptyObjects, nulls: true, longLists: true }
        await world.provider.settings({ callbackFormat })
        const input = order()
        await world.create(input)
        await world.provider.pass(500)
        assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
        assert.deepEqual(world.agency.refusals, [])
      })
    }
  }

  it("takes a signed acceptance as well as an unsigned one", async () => {
    await world.provider.settings({ isAcceptanceSigned: true })
    assert.equal((await world.create(order())).says._tag, "action_needed")
  })

  it("needs the payer's address before anything is sent", async () => {
    const reason = await reasonOf(world.adapter.create(world.order()))
    assert.equal(reason._tag === "InvalidRequest" ? reason.field : reason._tag, "payer.ipAddress")
    assert.deepEqual(world.provider.sandbox.calls(), [])
  })

  it("does not ask in the first ten seconds, and says when to ask", async () => {
    const input = order()
    await world.create(input)
    const before = world.provider.sandbox.calls().length
    const reason = await reasonOf(world.adapter.status({ ...input, now: input.createdAt + 3_001 }))
    assert.equal(reason._tag === "NotReady" ? reason.retryAfterSeconds : reason._tag, 7)
    assert.equal(world.provider.sandbox.calls().length, before)
  })

  it("hears of data that failed the checks by callback, with the code", async () => {
    const input = order({ options: { bank: 140 } })
    await world.create(input)
    await world.provider.pass(500)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "declined_soft")
    assert.equal(fold.providerCode, "2801")
  })

  it("hears of data that failed the checks in the answer, with the code and the field", async () => {
    await world.provider.settings({ semanticErrors: "answer" })
    const reason = await reasonOf(world.adapter.create(order({ options: { bank: 140 } })))
    if (reason._tag !== "Refused") return assert.fail(reason._tag)
    assert.equal(reason.providerCode, "2801")
    assert.include(reason.message, "Bank ID not found")
    assert.include(reason.message, "account.bank_id")
  })

  for (const duplicateCode of ["3041", "3613"]) {
    it(`takes ${duplicateCode} for a sale that exists, in the answer or by callback, and asks how it stands`, async () => {
      await world.provider.settings({ duplicateCode })
      const input = order()
      await world.create(input)
      assert.deepEqual(words(await Effect.runPromise(world.adapter.create(input))), ["accepted", "action_needed"])
      await world.provider.settings({ duplicateError: "callback" })
      await world.create(input)
      await world.provider.pass(10_500)
      assert.equal(world.agency.fold(input).name, "requires_action")
      assert.equal(world.provider.sandbox.payments().length, 1)
      assert.deepEqual(words(await world.agency.ask(input)), ["action_needed"])
      assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
    })
  }

  it("takes an id whose request failed its checks anew, and asks about the sale that came of it", async () => {
    const input = order({ options: { bank: 140 } })
    await world.create(input)
    await world.provider.pass(10_500)
    assert.deepEqual(words(await world.agency.ask(input)), ["refused"])
    const again = { ...input, options: { bank: "seb" } } as const
    assert.deepEqual(words(await Effect.runPromise(world.adapter.create(again))), ["accepted", "action_needed"])
    await world.provider.pass(10_500)
    assert.deepEqual(words(await world.agency.ask(again)), ["action_needed"])
    assert.equal(world.provider.sandbox.payments().length, 1)
  })

  it("recovers a sale that never arrived: ten seconds, absence, the identical bytes", async () => {
    world.provider.sandbox.faults.add({ operation: "sale", kind: "reset", phase: "before", times: 1 })
    const input = order()
    assert.equal((await reasonOf(world.adapter.create(input)))._tag, "OutcomeUnknown")
    assert.equal(world.agency.fold(input, lost).name, "submitted")
    await world.provider.pass(10_000)
    assert.deepEqual(words(await world.agency.ask(input)), ["absent"])
    assert.equal(world.agency.fold(input, lost).name, "created")
    assert.deepEqual(words(await Effect.runPromise(world.adapter.create(input))), ["accepted", "action_needed"])
    assert.equal(world.provider.sandbox.payments().length, 1)
  })

  it("recovers a sale whose answer was lost: the status finds it, and nothing is sent twice", async () => {
    world.provider.sandbox.faults.add({ operation: "sale", kind: "close", phase: "after", times: 1 })
    const input = order()
    assert.equal((await reasonOf(world.adapter.create(input)))._tag, "OutcomeUnknown")
    await world.provider.pass(10_500)
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input, lost).name, "requires_action")
    assert.equal(world.provider.sandbox.payments().length, 1)
  })

  it("goes on when the callback came before the answer", async () => {
    world.provider.sandbox.faults.add({ operation: "sale", kind: "slow", phase: "after", delayMillis: 700, times: 1 })
    const input = order()
    await world.create(input)
    assert.isAtLeast(world.agency.verdicts.length, 1)
    assert.equal(world.agency.fold(input).nextAction?._tag, "redirect")
  })
})

describe("check", () => {
  it("finds Gate reachable and the signature accepted", async () => {
    const results = await Effect.runPromise(world.adapter.check())
    assert.deepEqual(
      results.map(({ name, isOk }) => [name, isOk]),
      [
        ["configuration", true],
        ["gate", true],
        ["signature", true]
      ]
    )
  })

  it("tells a Gate that does not answer", async () => {
    world.provider.sandbox.faults.add({ operation: "status", kind: "reset" })
    const results = await Effect.runPromise(world.adapter.check())
    assert.deepEqual(
      results.map(({ name, isOk }) => [name, isOk]),
      [
        ["configuration", true],
        ["gate", false]
      ]
    )
  })
})
