import assert from "node:assert/strict"
import { hour, paid, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessPriced } from "../exempt.ts"
import { priced, sumOf } from "../sums.ts"

// Sums that floating point turns into a cent less, and one that has cents and thousands.
const awkward = [29n, 115n, 1999n, 123_457n]

export const everyCentArrives: Law = {
  id: "every-cent-arrives",
  sentence: "The sum that is asked is the sum that the provider charges and that our money facts show, to the cent.",
  reason: "Decimals that go through floating point lose a cent of some sums only, and nobody notices for years.",
  duty: "Read and write decimals as text, in the currency's own minor units.",
  ...unlessPriced,
  check: async (world) => {
    const { amountEvidence, limits } = world.manifest
    const asked = sumOf(world.order)
    assert.ok(asked)
    const { currency } = asked
    const sums = awkward.filter((one) => one >= limits.minMinorUnits && one <= limits.maxMinorUnits)
    for (const minorUnits of sums) {
      const payment = await paid(world, priced(world.order, { minorUnits, currency }))
      const charged = sum((await world.truth(payment)).flatMap((one) => one.charged))
      assert.equal(charged, minorUnits, `${minorUnits} minor units were asked, and ${charged} charged`)
      if (amountEvidence !== "status" && amountEvidence !== "receipt") continue
      await world.advance(2 * hour)
      const { attention, money } = (await world.get(payment)).state
      assert.equal(money.received?.minorUnits, minorUnits, `${minorUnits} minor units came, and other money is shown`)
      assert.ok(!attention.includes("underpaid") && !attention.includes("overpaid"))
    }
  }
}
