import assert from "node:assert/strict"
import { money } from "@maksa/core"
import { eventsOf, hour, opened, reconciled } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessPriced } from "../exempt.ts"

export const wrongCurrency: Law = {
  id: "wrong-currency-is-never-paid",
  sentence: "The right number in another currency is not the money that was asked.",
  reason: "A hundred of something else may be worth nothing.",
  duty: "Hand on the currency that the provider names, not the one that was asked.",
  ...unlessPriced,
  check: async (world) => {
    const from = world.now()
    const payment = await opened(world)
    const { amount } = payment
    assert.ok(amount)
    const other = amount.currency === "USD" ? "EUR" : "USD"
    await world.turn(payment, { to: "received", amount: money(amount.minorUnits, other) })
    await world.advance(hour)
    await reconciled(world, from)
    const after = await world.get(payment)
    assert.equal(after.status, "under_review", "another currency came, and the payment is not under review")
    assert.equal(after.state.reason, "amount_mismatch")
    if (world.manifest.amountEvidence === "status") {
      assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 0, "fulfilment was told for another currency")
    }
  }
}
