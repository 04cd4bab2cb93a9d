import assert from "node:assert/strict"
import { hour, opened } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const unknownWord: Law = {
  id: "unknown-word-changes-nothing",
  sentence: "A status that no document knows changes no state: somebody is told, and asking goes on.",
  reason: "A guess about a new word is right until it declines a payment that was paid.",
  duty: "Map every word that no document knows to `unknown_word`; have no default that means something.",
  check: async (world) => {
    const payment = await opened(world)
    await world.quiet()
    const before = await world.get(payment)
    await world.turn(payment, { to: "unknown_word", late: true })
    await world.advance(hour)
    const during = await world.get(payment)
    assert.equal(during.status, before.status, `an unknown word made the payment ${during.status}`)
    assert.ok(during.state.attention.includes("unknown_status"), "nobody is told of the unknown word")
    await world.turn(payment, { to: "received", late: true })
    await world.advance(hour)
    assert.equal((await world.get(payment)).status, "paid", "after an unknown word the money was not found")
  }
}
