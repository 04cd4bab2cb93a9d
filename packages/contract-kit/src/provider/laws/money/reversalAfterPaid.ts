import assert from "node:assert/strict"
import { money } from "@maksa/core"
import { attempted, eventsOf, hour, paid, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import { unlessOutcome } from "../exempt.ts"

/** A cent goes back, where the provider can give back a part: the rest is still there, and a person must look. */
const partly = async (world: World): Promise<void> => {
  const payment = await paid(world)
  const before = (await world.truth(payment)).flatMap((one) => one.charged)
  const [charge] = before
  assert.ok(charge)
  const cent = money(1n, charge.currency)
  await attempted(() => world.turn(payment, { to: "undone", amount: cent, late: true }))
  if (sum((await world.truth(payment)).flatMap((one) => one.undone)) !== 1n) return
  await world.advance(hour)
  const { state, status } = await world.get(payment)
  assert.equal(status, "under_review", "a cent went back, and the payment is not under review")
  if (world.manifest.amountEvidence === "status")
    assert.equal(state.money.undone?.minorUnits, 1n, "a cent went back, and another sum is shown")
}

export const reversalAfterPaid: Law = {
  id: "reversal-after-paid",
  sentence:
    "Money that goes back after it came makes the payment reversed, a part of it makes it a case for a person, and the application hears that what it relied on is gone.",
  reason: "A permit that was handed out for money that left again is a loss that nobody would notice.",
  duty: "Map money that goes back to `undone`, with its sum and its own operation.",
  ...unlessOutcome("undone"),
  check: async (world) => {
    const payment = await paid(world)
    assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 1)
    await world.turn(payment, { to: "undone", late: true })
    await world.advance(hour)
    const after = await world.get(payment)
    assert.equal(after.status, "reversed", "the money is gone, and the payment is not reversed")
    const told = eventsOf(world, "payment.fulfilment_withdrawn", payment.id)
    assert.equal(told.length, 1, "the application was not told once that the money is gone")
    const undone = sum((await world.truth(payment)).flatMap((one) => one.undone))
    if (after.state.money.undone !== undefined) {
      assert.equal(after.state.money.undone.minorUnits, undone, "money facts differ from what went back")
    }
    if (world.manifest.amountEvidence === "status")
      assert.ok(after.state.money.undone, "how much went back is not shown")
    await partly(world)
  }
}
