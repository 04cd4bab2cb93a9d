import assert from "node:assert/strict"
import { reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { openWorld } from "../../openWorld.ts"
import type { World } from "../../World.ts"

const tries = async (world: World): Promise<Error> => {
  if (world.order.firstContact === "call") return world.refusal(() => world.create())
  const payment = await world.create()
  await world.driver.advance((world.driver.facts.earliestQuerySeconds + 11) * 1000)
  return world.refusal(() => world.payments.refresh(payment.id))
}

export const credentials: Law = {
  id: "bad-credentials-are-named",
  sentence:
    "Credentials that are expired, unknown or wrong are AuthenticationFailed, never a provider that is down nor a payment that failed.",
  reason: "Taken for an outage, an expired certificate is waited for instead of renewed, while nobody can pay.",
  duty: "Map the provider's answers about keys, signatures and certificates, and refusals of the TLS handshake, to `AuthenticationFailed`.",
  check: async ({ contract, driver, order }) => {
    const defects = Object.entries(contract.defects ?? {})
    assert.ok(defects.length > 0, "the contract gives no provider with broken credentials (`defects`)")
    for (const [name, make] of defects) {
      let error: Error
      try {
        await using world = await openWorld({ ...contract, make }, driver, { order })
        error = await tries(world)
        const [payment] = await world.payments.list()
        assert.ok(
          payment === undefined || !["declined", "paid", "expired"].includes(payment.status),
          `credentials that are ${name} made the payment ${payment?.status}`
        )
      } catch (cause) {
        // Found at the start: the engine does not open with them.
        if (!(cause instanceof Error) || cause.name === "AssertionError") throw cause
        error = cause
      }
      assert.equal(reasonOf(error), "AuthenticationFailed", `credentials that are ${name}`)
    }
  }
}
