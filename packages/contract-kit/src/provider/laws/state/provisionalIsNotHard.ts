import assert from "node:assert/strict"
import { eventsOf, opened, turned } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessOutcome } from "../exempt.ts"

export const provisionalIsNotHard: Law = {
  id: "provisional-is-not-hard",
  sentence: "Promised money is provisional: who fulfils only on hard money is not told to.",
  reason: "A promise of a bank may be taken back, and then what was handed out is not paid for.",
  duty: "Map money that the provider only expects to `promised`, never to `received`.",
  ...unlessOutcome("promised"),
  check: async (world) => {
    await world.restart({ fulfilment: { policy: "hard-only" } })
    const payment = await opened(world)
    const promised = await turned(world, payment, { to: "promised" })
    assert.equal(promised.status, "provisional", `promised money made the payment ${promised.status}`)
    assert.equal(promised.state.finality, "soft")
    assert.equal(promised.state.money.received, undefined, "promised money is shown as received")
    const received = await turned(world, payment, { to: "received" })
    assert.equal(received.status, "paid", "the promised money came, and a minute later the payment is not paid")
    assert.equal(
      eventsOf(world, "payment.fulfil", payment.id).length,
      0,
      "fulfilment was told before the money was hard"
    )
  }
}
