import assert from "node:assert/strict"
import { money } from "@maksa/core"
import { eventsOf, hour, opened, reconciled } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessPriced } from "../exempt.ts"

export const wrongSum: Law = {
  id: "wrong-sum-is-never-paid",
  sentence: "Money that is less than asked never makes a payment paid; money that is more is shown as overpaid.",
  reason: "Somebody who hands out a permit must know that the state got the whole fee.",
  duty: "Hand on the sum that the provider names, not the one that was asked.",
  ...unlessPriced,
  check: async (world) => {
    const from = world.now()
    const payment = await opened(world)
    const { amount } = payment
    assert.ok(amount)
    await world.turn(payment, { to: "received", amount: money(amount.minorUnits - 1n, amount.currency) })
    await world.advance(hour)
    await reconciled(world, from)
    const less = await world.get(payment)
    assert.equal(less.status, "under_review", "a cent too little, and the payment is not under review")
    assert.ok(less.state.reason === "underpaid" || less.state.reason === "amount_mismatch")
    assert.equal(less.state.money.received?.minorUnits, amount.minorUnits - 1n, "the sum that came is not shown")
    if (world.manifest.amountEvidence === "status") {
      assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 0, "fulfilment was told for too little money")
    }

    const other = await opened(world)
    await world.turn(other, { to: "received", amount: money(amount.minorUnits + 1n, amount.currency) })
    await world.advance(hour)
    await reconciled(world, from)
    const more = await world.get(other)
    assert.equal(more.status, "paid")
    assert.ok(more.state.attention.includes("overpaid"), "a cent too much is not shown as overpaid")
    assert.equal(more.state.money.received?.minorUnits, amount.minorUnits + 1n)
  }
}
