import assert from "node:assert/strict"
import { callsOf, hour, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessCalling } from "../exempt.ts"

export const refusalDeclines: Law = {
  id: "refusal-declines",
  sentence:
    "When the provider refuses an order by its own rules, the caller learns it, and the payment is declined and never sent again.",
  reason:
    "An explicit no is an answer. Taken for trouble on the wire it would be repeated, or kept open for a payer who cannot pay.",
  duty: "Map the provider's explicit refusals, and only those, to `Refused` with the provider's code.",
  ...unlessCalling,
  check: async (world) => {
    const { faults } = world.driver
    await faults.plan({ operation: "create", kind: "refusal", phase: "before" })
    if (faults.kinds("create").includes("refusal")) {
      const error = await world.refusal(() => world.create())
      assert.equal(reasonOf(error), "Refused", "an explicit refusal of the provider must be Refused")
    } else {
      // The provider takes the order first and reads it later: then the refusal is news like any other.
      await world.create()
      await world.advance(hour)
    }
    const [payment] = await world.payments.list()
    assert.ok(payment)
    assert.equal(payment.status, "declined")
    const calls = await callsOf(world, "create")
    await world.advance(hour)
    assert.equal(await callsOf(world, "create"), calls, "a refused order was sent again")
  }
}
