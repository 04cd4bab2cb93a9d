import assert from "node:assert/strict"
import type { Payment } from "@maksa/core"
import type { Law } from "../../Law.ts"
import { findingMillis, opened } from "../../journeys.ts"
import type { World } from "../../World.ts"

const heard = async (world: World, payment: Payment, millis: number): Promise<Payment> => {
  await world.advance(millis)
  return world.get(payment)
}

const isOffered = ({ current, status }: Payment): boolean =>
  status === "requires_action" && current.nextAction !== undefined

export const actedPayer: Law = {
  id: "acted-payer-is-not-asked-again",
  sentence:
    "Where the provider tells that the payer has acted, nothing is asked of the payer any more; until then, the page stays on offer.",
  reason:
    "A payer who is shown the way to pay again pays twice; one whose page is taken away too early cannot pay at all.",
  duty: "Map the provider's word for a payer who has acted to `working`, and one that does not tell to `working` with `actionStands`; `accepted` says only that the order exists.",
  once: true,
  check: async (world) => {
    const { driver } = world
    const waits = await heard(world, await opened(world), findingMillis(world))
    assert.ok(isOffered(waits), `nobody has paid, and the page is no longer on offer: the payment is ${waits.status}`)
    if (!driver.facts.tellsOfWork) return
    for (const isSilent of [false, true]) {
      const payment = await opened(world)
      assert.ok(isOffered(payment), "the payer has opened the page, and it is no longer on offer")
      if (isSilent) await driver.notices.hold()
      await world.turn(payment, { to: "working" })
      const acted = await heard(world, payment, isSilent ? findingMillis(world) : 60_000)
      assert.equal(acted.status, "processing", `the payer has acted, and the payment is ${acted.status}`)
      assert.equal(acted.current.nextAction, undefined, "the payer has acted, and is asked to pay again")
    }
  }
}
