import assert from "node:assert/strict"
import { findingMillis, opened, silenceStatus, turned } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

/** Ends that the provider comes to by itself, and what a payment is then. */
const ends = [
  ["promised", "provisional"],
  ["refused", "declined"]
] as const

export const eachChannel: Law = {
  id: "each-channel-tells-alone",
  sentence:
    "A promise and a refusal are told by asking when every notice is lost, and by a signed notice when nobody can ask.",
  reason: "One channel heals the mistakes of the other until an outage leaves only the wrong one.",
  duty: "Read notices and answers by one and the same table.",
  once: true,
  check: async (world) => {
    const { driver, manifest } = world
    for (const [to, status] of ends) {
      if (!manifest.outcomes.includes(to)) continue
      await driver.notices.hold()
      const asked = await opened(world)
      await world.turn(asked, { to })
      await world.advance(findingMillis(world))
      assert.equal((await world.get(asked)).status, status, `asking did not find that it is ${to}`)
      await driver.notices.release()
      if (manifest.webhook !== "signed") continue
      const heard = await opened(world)
      await silenceStatus(world)
      assert.equal((await turned(world, heard, { to })).status, status, `the notice did not tell that it is ${to}`)
      await driver.faults.clear()
    }
  }
}
