import assert from "node:assert/strict"
import { eventsOf, findingMillis, refusedByPayer, turned } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessOutcome } from "../exempt.ts"

export const lateMoney: Law = {
  id: "late-money-after-refusal",
  sentence: "Money that comes after a refusal is believed, shown as late, and fulfilled once.",
  reason: "Banks change their minds. A payer whose money came must not be told that the payment failed.",
  duty: "Report money whenever the provider says that it came, whatever it said before.",
  ...unlessOutcome("refused", "received"),
  check: async (world) => {
    const payment = await refusedByPayer(world)
    assert.equal(payment.state.finality, "soft", "a fresh refusal must stay soft")
    assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 0)
    const after = await turned(world, payment, { to: "received", late: true })
    assert.equal(after.status, "paid", "money after a refusal was not believed")
    assert.ok(after.state.attention.includes("late_money"), "nobody is told that the money came late")
    assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 1, "fulfilment was not told once")

    const silent = await refusedByPayer(world)
    await world.driver.notices.hold()
    await world.turn(silent, { to: "received", late: true })
    await world.advance(findingMillis(world))
    assert.equal((await world.get(silent)).status, "paid", "asking did not find money that came after a refusal")
  }
}
