import assert from "node:assert/strict"
import { attempted, collected, hour, minute, opened } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const deadline: Law = {
  id: "deadline-as-declared",
  sentence:
    "After the deadline the payer can no longer pay at the provider, unless the manifest says that it ignores deadlines.",
  reason: "An application that has ended is paid for all the same, and the money has to be sent back by hand.",
  duty: 'Send the deadline with every order in the provider\'s own field, or say `deadline: "ignored"` where it has none.',
  about: ["deadline"],
  check: async (world) => {
    const payment = await opened(world, { deadline: new Date(world.now() + hour) })
    await world.driver.advance(hour + 5 * minute)
    await attempted(() => world.act(payment, "pay"))
    const came = await collected(world, payment)
    if (world.manifest.deadline === "kept") assert.equal(came, 0n, "the payer paid after the deadline")
    else assert.ok(came > 0n, "the manifest's `deadline` is `ignored`, and the provider took no money after it")
  }
}
