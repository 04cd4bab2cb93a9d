import assert from "node:assert/strict"
import { toPage, collectedAt, eventsOf, hour, opened, payAttempt } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const secondMoney: Law = {
  id: "second-money-is-overpaid",
  sentence:
    "When two attempts of one payment are paid, both sums are counted, the payment is overpaid, and fulfilment is told once.",
  reason: "The payer who paid twice must get the second sum back, and only the ledger knows that there is one.",
  duty: "Leave the counting to core: report the money of each attempt as it comes.",
  check: async (world) => {
    const payment = await opened(world)
    const first = world.at(payment)
    const second = world.at(await toPage(world, await world.attempt(payment)))
    assert.notEqual(second.attemptId, first.attemptId)
    await payAttempt(world, second)
    await world.quiet()
    await payAttempt(world, first)
    await world.advance(hour)
    const after = await world.get(payment)
    assert.equal(after.status, "paid", "both attempts were paid, and an hour later the payment is not")
    assert.ok(after.state.attention.includes("overpaid"), "two sums came, and nobody is told of the second")
    const total = (await collectedAt(world, first)) + (await collectedAt(world, second))
    if (world.manifest.amountEvidence === "status") {
      assert.equal(after.state.money.received?.minorUnits, total, "money facts are not the sum of both attempts")
    }
    assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 1, "fulfilment was told more than once")
  }
}
