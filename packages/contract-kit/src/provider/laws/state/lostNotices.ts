import assert from "node:assert/strict"
import { findingMillis, offered, payAtProvider } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const lostNotices: Law = {
  id: "asking-finds-what-notices-lost",
  sentence: "When every notice is lost, asking on the manifest's schedule finds the money.",
  reason: "Notices get lost in every outage. A payment that nobody asks about would stay open for ever.",
  duty: "Let `status` say all that a notice can say.",
  about: ["query"],
  check: async (world) => {
    await world.driver.notices.hold()
    // Who repeats what was said before, or forgets at its end whom to ask about, finds nothing.
    for (const isRestarted of [false, true]) {
      const payment = await offered(world)
      await world.advance(findingMillis(world))
      await payAtProvider(world, await world.get(payment))
      if (isRestarted) await world.restart()
      await world.advance(findingMillis(world))
      assert.equal((await world.get(payment)).status, "paid", "asking did not find the money")
    }
  }
}
