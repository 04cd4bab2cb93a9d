import assert from "node:assert/strict"
import { eventsOf, hour, paid, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessOutcome } from "../exempt.ts"

export const reversalAfterPaid: Law = {
  id: "reversal-after-paid",
  sentence:
    "Money that goes back after it came makes the payment reversed, and the application hears that what it relied on is gone.",
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
  }
}
