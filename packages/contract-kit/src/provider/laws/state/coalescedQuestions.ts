import assert from "node:assert/strict"
import { callsOf, minute, offered } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const coalescedQuestions: Law = {
  id: "one-question-for-many-reasons",
  sentence:
    "However many reasons there are to ask about a payment, the provider is asked once, and again only after ten seconds.",
  reason: "A payer who reloads the page a hundred times must not bring the provider's rate limit upon everybody.",
  duty: "Make one call for one `status`, and repeat nothing inside the adapter.",
  once: true,
  check: async (world) => {
    const payment = await offered(world)
    await world.driver.notices.hold()
    await world.driver.advance(minute)
    const before = await callsOf(world, "status")
    await Promise.all(Array.from({ length: 20 }, () => world.payments.refresh(payment.id)))
    for (let i = 0; i < 5; i++) await world.payments.refresh(payment.id)
    assert.equal((await callsOf(world, "status")) - before, 1, "many reasons to ask made several calls")
    await world.driver.advance(11_000)
    await world.payments.refresh(payment.id)
    assert.equal((await callsOf(world, "status")) - before, 2, "after ten seconds the provider was not asked again")
  }
}
