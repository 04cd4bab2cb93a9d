import assert from "node:assert/strict"
import { findingMillis, paid } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessOutcome } from "../exempt.ts"

export const reversalInSilence: Law = {
  id: "reversal-is-found-by-asking",
  sentence: "Money that goes back is found by asking, also when every message about it is lost.",
  reason: "The message about a reversal is one message; if it is lost, the books must still be right.",
  duty: "Answer `status` with what is true now, also after an end.",
  once: true,
  ...unlessOutcome("undone"),
  check: async (world) => {
    const payment = await paid(world)
    await world.driver.notices.hold()
    await world.turn(payment, { to: "undone", late: true })
    await world.advance(findingMillis(world))
    assert.equal((await world.get(payment)).status, "reversed", "asking did not find that the money is gone")
  }
}
