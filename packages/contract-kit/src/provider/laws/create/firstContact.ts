import assert from "node:assert/strict"
import { callsOf, collected, offered, payAtProvider } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const firstContact: Law = {
  id: "first-contact",
  sentence: "Who the provider first hears from is as the manifest and the order say: our call, or the payer's browser.",
  reason: "It decides what an absent payment means and whether a lost reply can exist at all.",
  duty: "Call the provider in `create`, or prepare the payer's link or form without any call; say in `firstContact` which.",
  about: ["firstContact"],
  check: async (world) => {
    const { manifest, order } = world
    assert.ok(
      manifest.firstContact === "either" || manifest.firstContact === order.firstContact,
      `the manifest's \`firstContact\` is \`${manifest.firstContact}\`, and this order's is \`${order.firstContact}\``
    )
    const payment = await world.create()
    const known = (await world.truth(payment)).length
    if (order.firstContact === "call") {
      assert.equal(await callsOf(world, "create"), 1, "`create` made not exactly one call")
      assert.equal(known, 1, "the provider does not know the payment after the call")
    } else {
      assert.equal((await world.driver.calls()).length, 0, "`create` called the provider")
      assert.equal(known, 0, "the provider knows the payment before the payer came")
    }
    const shown = await offered(world)
    await world.act(shown, "open")
    assert.equal(await collected(world, shown), 0n, "the payer was charged for opening a page")
    await payAtProvider(world, shown)
    const [truth, ...rest] = await world.truth(shown)
    assert.ok(truth !== undefined && rest.length === 0, "the provider has not exactly one payment after the payer paid")
    await world.quiet()
    const { providerReference } = (await world.get(shown)).current
    assert.equal(
      providerReference ?? truth.providerReference,
      truth.providerReference,
      "we call the payment otherwise than the provider"
    )
  }
}
