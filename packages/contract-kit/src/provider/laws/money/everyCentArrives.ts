import assert from "node:assert/strict"
import type { MoneyInput } from "@maksa/core"
import { hour, paid, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessPriced } from "../exempt.ts"
import type { OrderChanges, World } from "../../World.ts"
import { itemised, priced, sumOf } from "../sums.ts"

// Sums that floating point turns into a cent less, and one that has cents and thousands.
const awkward = [29n, 115n, 1999n, 123_457n]

/** The order is paid, and what was asked is what was charged and what we show. */
const arrives = async (world: World, changes: OrderChanges, asked: MoneyInput): Promise<void> => {
  const { amountEvidence } = world.manifest
  const { currency, minorUnits } = asked
  const payment = await paid(world, changes)
  const charges = (await world.truth(payment)).flatMap((one) => one.charged)
  const charged = sum(charges)
  assert.equal(charged, minorUnits, `${minorUnits} minor units were asked, and ${charged} charged`)
  assert.ok(
    charges.every((one) => one.currency === currency),
    `${currency} was asked, and another currency charged`
  )
  if (amountEvidence !== "status" && amountEvidence !== "receipt") return
  await world.advance(2 * hour)
  const { attention, money } = (await world.get(payment)).state
  assert.equal(money.received?.minorUnits, minorUnits, `${minorUnits} minor units came, and other money is shown`)
  assert.equal(money.received.currency, currency)
  assert.ok(!attention.includes("underpaid") && !attention.includes("overpaid"))
}

export const everyCentArrives: Law = {
  id: "every-cent-arrives",
  sentence:
    "The sum that is asked, in one line or several, is the sum that the provider charges and that our money facts show, to the cent.",
  reason: "Decimals that go through floating point lose a cent of some sums only, and nobody notices for years.",
  duty: "Read and write decimals as text, in the currency's own minor units; send every line, or the sum of all.",
  ...unlessPriced,
  check: async (world) => {
    const { limits } = world.manifest
    const asked = sumOf(world.order)
    assert.ok(asked)
    const isTaken = (one: bigint) => one >= limits.minMinorUnits && one <= limits.maxMinorUnits
    for (const minorUnits of awkward.filter(isTaken)) {
      const sum = { minorUnits, currency: asked.currency }
      await arrives(world, priced(world.order, sum), sum)
    }
    // Each currency has decimals of its own.
    for (const currency of limits.currencies.filter((one) => one !== asked.currency)) {
      const sum = { minorUnits: asked.minorUnits, currency }
      await arrives(world, priced(world.order, sum), sum)
    }
    const { minorUnits: all, currency } = asked
    // Equal lines are two all the same.
    const third = all / 3n
    const parts = [third, third, all - 2n * third].filter((one) => one > 0n)
    if (parts.length > limits.maxLines) return
    const lines = parts.map((minorUnits) => ({ minorUnits, currency }))
    await arrives(world, itemised(world.order, lines), asked)
  }
}
