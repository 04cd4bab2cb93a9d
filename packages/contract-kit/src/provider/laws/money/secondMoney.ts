import assert from "node:assert/strict"
import { attempted, toPage, collectedAt, eventsOf, hour, opened, paid, payAttempt, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

/** One attempt that the provider charges twice, against its own rules: not every simulator can play that. */
const chargedTwice = async (world: World): Promise<void> => {
  const payment = await paid(world)
  // Where no answer names sums, or nobody said what was due, only a person can tell.
  if (world.manifest.amountEvidence !== "status" || payment.amount === undefined) return
  await attempted(() => world.turn(payment, { to: "received", late: true }))
  const charged = (await world.truth(payment)).flatMap((one) => one.charged)
  if (charged.length < 2) return
  await world.advance(hour)
  const { state } = await world.get(payment)
  assert.ok(state.attention.includes("overpaid"), "one attempt was charged twice, and nobody is told")
  assert.equal(state.money.received?.minorUnits, sum(charged), "one attempt was charged twice, and one sum is shown")
}

export const secondMoney: Law = {
  id: "second-money-is-overpaid",
  sentence:
    "When a payment is paid twice, by two attempts or within one, both sums are counted, it is overpaid, and fulfilment is told once.",
  reason: "The payer who paid twice must get the second sum back, and only the ledger knows that there is one.",
  duty: "Leave the counting to core: report the money of each attempt as it comes, each charge with an `operation` of its own.",
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
    await chargedTwice(world)
  }
}
