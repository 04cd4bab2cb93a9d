import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"

export const ordersCover: Law = {
  id: "orders-cover-the-manifest",
  sentence:
    "There is an order scenario for every kind of pricing and first contact that the manifest declares, and for no other.",
  reason: "What no scenario tries is believed, not known.",
  duty: "Give one order scenario for each flow, each kind of pricing and each first contact that you declare.",
  about: ["pricing", "firstContact", "extras"],
  once: true,
  check: async ({ contract, manifest }) => {
    const { orders, collect } = contract.scenarios
    const lines = orders.flatMap(
      (order) => order.lines ?? (order.amount === undefined ? [] : [{ amount: order.amount }])
    )
    assert.equal(
      lines.some((line) => "amount" in line),
      manifest.pricing.amount,
      "`pricing.amount` and the order scenarios differ"
    )
    assert.equal(
      lines.some((line) => !("amount" in line)),
      manifest.pricing.tariff,
      "`pricing.tariff` and the order scenarios differ"
    )
    const contacts = new Set(orders.map((order) => order.firstContact))
    const declared = manifest.firstContact === "either" ? ["call", "payer"] : [manifest.firstContact]
    assert.deepEqual([...contacts].toSorted(), declared, "`firstContact` and the order scenarios differ")
    assert.equal(collect !== undefined, manifest.extras.resume, "`extras.resume` and the scenario `collect` differ")
    assert.equal(new Set(orders.map((order) => order.name)).size, orders.length, "two order scenarios have one name")
  }
}
