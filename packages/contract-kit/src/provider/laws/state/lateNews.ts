import assert from "node:assert/strict"
import { findingMillis, minute, offered, payAtProvider, second } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const lateNews: Law = {
  id: "asking-goes-on-to-the-deadline",
  sentence: "A payment is asked about as long as it can be paid: money of its last hours is found without a notice.",
  reason: "People pay on the last day. Who stopped asking by then has taken the money and not given the permit.",
  duty: "Let the schedule reach past the longest deadline that you declare.",
  about: ["query"],
  once: true,
  check: async (world) => {
    const { driver, manifest } = world
    const seconds = Math.min(manifest.limits.maxDeadlineSeconds - 60, driver.facts.watch.untilSeconds)
    const end = world.now() + seconds * second
    const payment = await offered(world, { deadline: new Date(end) })
    await driver.notices.hold()
    await world.leap(Math.max(minute, end - world.now() - 3 * findingMillis(world)))
    await world.advance(findingMillis(world))
    assert.notEqual((await world.get(payment)).status, "expired", "a payment expired while it could still be paid")
    await payAtProvider(world, payment)
    await world.advance(findingMillis(world))
    assert.equal((await world.get(payment)).status, "paid", "asking did not find money that came late")
  }
}
