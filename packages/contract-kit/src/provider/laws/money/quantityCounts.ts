import assert from "node:assert/strict"
import type { LineInput } from "@maksa/core"
import { paid, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

/** What the provider charges for these lines. */
const priceOf = async (world: World, lines: ReadonlyArray<LineInput>): Promise<bigint> =>
  sum((await world.truth(await paid(world, { lines }))).flatMap((one) => one.charged))

export const quantityCounts: Law = {
  id: "quantity-counts",
  sentence: "What the provider prices is charged by its quantity, fractions too, and every line counts.",
  reason: "A quantity that is rounded, or a line that is lost, is a wrong fee that no sum of ours contradicts.",
  duty: "Send position and quantity of every line as they are: the quantity is decimal text, never a number.",
  about: ["pricing"],
  exempt: ({ pricing }, order) =>
    !pricing.tariff
      ? "the manifest's `pricing.tariff` is false"
      : order.lines?.some((line) => "quantity" in line) === true
        ? undefined
        : "the manifest's `pricing`: this order is priced by us",
  exemptWhen: "the order is priced by us (`pricing.tariff`)",
  check: async (world) => {
    const lines = world.order.lines ?? []
    const prices: Array<bigint> = []
    for (const line of lines) {
      if (!("quantity" in line)) continue
      const one = await priceOf(world, [{ ...line, quantity: "1" }])
      assert.ok(one > 0n, "the provider charges nothing for one of a position")
      assert.equal(
        await priceOf(world, [{ ...line, quantity: "3" }]),
        3n * one,
        "three cost otherwise than three times one"
      )
      const own = await priceOf(world, [line])
      prices.push(own)
      const isPart = /[.]\d*[1-9]/.test(line.quantity)
      assert.ok(
        !isPart || own % one !== 0n || one === 0n,
        `${line.quantity} of a position costs as much as a whole number of it`
      )
    }
    const all = await priceOf(world, lines)
    assert.equal(
      all,
      prices.reduce((total, one) => total + one, 0n),
      "the lines together cost otherwise than each alone"
    )
  }
}
