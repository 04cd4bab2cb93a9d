import assert from "node:assert/strict"
import { attempted, collected, hour, minute, opened, payAtProvider } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const deadline: Law = {
  id: "deadline-as-declared",
  sentence:
    "The payer can pay until the deadline, and after it no longer, unless the manifest says that the provider ignores deadlines.",
  reason:
    "A page that closes an hour early turns payers away; one that closes late takes money for an application that has ended.",
  duty: 'Send the deadline with every order in the provider\'s own field and time zone, or say `deadline: "ignored"` where it has none.',
  about: ["deadline"],
  check: async (world) => {
    // Hours away, so that a wrong time zone shows on either side.
    const early = await opened(world, { deadline: new Date(world.now() + 5 * hour) })
    await world.driver.advance(5 * hour - 5 * minute)
    await payAtProvider(world, early)
    assert.ok((await collected(world, early)) > 0n, "minutes before the deadline the payer could not pay")

    const payment = await opened(world, { deadline: new Date(world.now() + hour) })
    await world.driver.advance(hour + 5 * minute)
    await attempted(() => world.act(payment, "pay"))
    const came = await collected(world, payment)
    if (world.manifest.deadline === "kept") assert.equal(came, 0n, "the payer paid after the deadline")
    else assert.ok(came > 0n, "the manifest's `deadline` is `ignored`, and the provider took no money after it")
  }
}
