import assert from "node:assert/strict"
import { callsOf, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const undeclaredPricing: Law = {
  id: "undeclared-pricing-is-refused",
  sentence: "A line that the provider cannot price, or must not be told the price of, is refused before any call.",
  reason: "A tariff line without a sum, at a provider that needs one, would ask the payer for nothing or for anything.",
  duty: "Declare in `pricing` only the kinds of lines that the provider takes.",
  about: ["pricing"],
  once: true,
  exempt: ({ pricing }) =>
    pricing.amount && pricing.tariff ? "the manifest's `pricing` declares both kinds of lines" : undefined,
  exemptWhen: "`pricing` declares both kinds",
  check: async (world) => {
    const { pricing, limits } = world.manifest
    const tariff = { position: "1", quantity: "1" }
    const amount = { amount: { minorUnits: limits.minMinorUnits, currency: limits.currencies[0] ?? "EUR" } }
    const lines = [...(pricing.tariff ? [] : [[tariff]]), ...(pricing.amount ? [] : [[amount]])]
    const { amount: _amount, ...order } = world.order
    for (const one of lines) {
      const error = await world.refusal(
        () =>
          world.payments.create({
            idempotencyKey: "undeclared",
            merchantReference: "CASE-U",
            provider: world.provider.instance,
            returnUrl: "https://agency.example/back",
            options: order.options,
            lines: one
          } as never) // the kit does not know the provider's own options
      )
      assert.ok(["InvalidRequest", "Unsupported"].includes(reasonOf(error)))
    }
    assert.equal(await callsOf(world, "create"), 0, "an undeclared kind of line was sent")
  }
}
