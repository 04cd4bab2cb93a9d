import { assert, describe, it } from "vitest"
import { type Order, useWorld } from "../support/world.ts"

const world = useWorld({ fundsConfirmation: "reversal" })

const day = 86_400_000

/** A payer who confirms at the bank; the simulator then waits for the money. */
const confirmed = async (confirmation: string, changes: object = {}): Promise<Order> => {
  await world.provider.settings({ confirmation, ...changes })
  const input = world.order()
  const { says } = await world.create(input)
  if (says._tag !== "action_needed" || says.action._tag !== "redirect") return assert.fail("no link")
  await world.provider.payer(input.attemptId, { action: "open", url: says.action.url })
  await world.provider.payer(input.attemptId, { action: "choose_bank", bankId: 1981 })
  await world.provider.payer(input.attemptId, { action: "confirm" })
  await world.provider.pass(1000)
  return input
}

describe("money that is confirmed", () => {
  for (const confirmationNotices of ["both", "sale", "confirmation"]) {
    it(`is only promised while it is awaited, whatever the operation says (${confirmationNotices})`, async () => {
      const input = await confirmed("decline", { confirmationNotices })
      const fold = world.agency.fold(input)
      assert.equal(fold.name, "provisional")
      assert.equal(fold.promised?.minorUnits, 1200n)
      assert.isUndefined(fold.received)
      assert.deepEqual(fold.attention, [])
    })
  }

  it("is one sum when it arrives, though a sale, a confirmation and the payment tell of it", async () => {
    const input = await confirmed("decline")
    await world.provider.pass(day)
    await world.provider.outcome(input.attemptId, { confirmation: "success" })
    await world.provider.pass(1000)
    await world.provider.pass(11_000)
    await world.agency.ask(input)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "paid_soft")
    assert.equal(fold.received?.minorUnits, 1200n)
    assert.deepEqual(fold.attention, [])
  })

  it("is declined after seven days without it, where the project declines", async () => {
    const input = await confirmed("decline")
    await world.provider.pass(7 * day)
    const fold = world.agency.fold(input)
    assert.equal(fold.name, "declined_soft")
    assert.equal(fold.providerCode, "20812")
    assert.isUndefined(fold.received)
  })

  for (const reversalNoticeStatus of ["processing", "awaiting confirmation"]) {
    it(`is reversed after seven days without it, where the project reverses (${reversalNoticeStatus} between)`, async () => {
      const input = await confirmed("reversal", { reversalNoticeStatus })
      await world.provider.pass(7 * day)
      assert.equal(world.agency.fold(input).name, "reversed_soft")
      await world.provider.pass(11_000)
      await world.agency.ask(input)
      const fold = world.agency.fold(input)
      assert.equal(fold.name, "reversed_soft")
      assert.equal(fold.undone?.minorUnits, 1200n)
    })
  }

  it("is hard an hour later when the query repeats it", async () => {
    const input = await confirmed("decline")
    await world.provider.outcome(input.attemptId, { confirmation: "success" })
    await world.provider.pass(1000)
    await world.agency.ask({ ...input, submittedAt: input.createdAt - day })
    assert.equal(world.agency.fold(input).name, "paid_soft")
    await world.provider.pass(3_600_000)
    await world.agency.ask(input)
    assert.equal(world.agency.fold(input).name, "paid_hard")
  })
})

describe("a project that confirms funds against its configuration", () => {
  const off = useWorld({ fundsConfirmation: "off" })

  it("is seen as a deviation that a person should look at", async () => {
    await off.provider.settings({ confirmation: "decline" })
    const input = off.order()
    const { says } = await off.create(input)
    if (says._tag !== "action_needed" || says.action._tag !== "redirect") return assert.fail("no link")
    await off.provider.payer(input.attemptId, { action: "open", url: says.action.url })
    await off.provider.outcome(input.attemptId, { status: "awaiting confirmation" })
    await off.provider.pass(1000)
    const fold = off.agency.fold(input)
    assert.equal(fold.name, "provisional")
    assert.include(fold.attention, "contract_drift")
  })
})
