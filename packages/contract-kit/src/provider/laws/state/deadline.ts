import assert from "node:assert/strict"
import { attempted, collected, hour, minute, opened } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const deadline: Law = {
  id: "nobody-pays-after-the-deadline",
  sentence: "The deadline reaches the provider: after it the payer can no longer pay there.",
  reason: "An application that has ended is paid for all the same, and the money has to be sent back by hand.",
  duty: "Send the deadline with every order, in the provider's own field.",
  check: async (world) => {
    const payment = await opened(world, { deadline: new Date(world.now() + hour) })
    await world.driver.advance(hour + 5 * minute)
    await attempted(() => world.act(payment, "pay"))
    assert.equal(await collected(world, payment), 0n, "the payer paid after the deadline")
  }
}
