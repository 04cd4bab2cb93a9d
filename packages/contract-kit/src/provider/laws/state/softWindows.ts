import assert from "node:assert/strict"
import type { Manifest, Payment } from "@maksa/core"
import {
  day,
  eventsOf,
  findingMillis,
  minute,
  opened,
  paid,
  reconciled,
  refusedByPayer,
  second,
  turned
} from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

type Ended = keyof Manifest["softSeconds"]

/** Payments of this kind that this provider can bring about. */
const journeys = ({ outcomes }: Manifest): ReadonlyArray<readonly [Ended, (world: World) => Promise<Payment>]> => [
  ["paid", (world) => paid(world)],
  ...(outcomes.includes("refused") ? ([["declined", (world: World) => refusedByPayer(world)]] as const) : []),
  ...(outcomes.includes("lapsed")
    ? ([["expired", async (world: World) => turned(world, await opened(world), { to: "lapsed" })]] as const)
    : []),
  ...(outcomes.includes("undone")
    ? ([["reversed", async (world: World) => turned(world, await paid(world), { to: "undone", late: true })]] as const)
    : [])
]

const staysSoft = (ended: Ended): string => {
  const seen = `${ended} stayed soft after the provider could no longer overturn it`
  // The one way to get here with the right windows.
  return ended === "reversed" ? `${seen}; an answer that says \`received\` beside \`undone\` begins it anew` : seen
}

export const softWindows: Law = {
  id: "soft-until-the-window-ends",
  sentence:
    "An outcome stays soft as long as the provider may overturn it, and becomes hard by asking after that, not by the clock alone.",
  reason: "Hard too early pays out what is taken back; soft for ever, and nobody may ever rely on anything.",
  duty: "Declare in `softSeconds` how long the provider may overturn each outcome.",
  about: ["softSeconds"],
  once: true,
  check: async (world) => {
    const { driver, manifest } = world
    await world.restart({ fulfilment: { policy: "hard-only" } })
    for (const [ended, journey] of journeys(manifest)) {
      const window = driver.facts.overturnSeconds[ended] * second
      const start = world.now()
      const payment = await journey(world)
      assert.equal(payment.status, ended, `the payment should be ${ended}`)
      await reconciled(world, start)
      const spent = world.now() - start
      if (window > spent + minute) {
        await world.leap(window - spent - minute)
        const inside = await world.get(payment)
        assert.equal(inside.status, ended)
        assert.equal(inside.state.finality, "soft", `${ended} was hard while the provider could still overturn it`)
        assert.equal(
          eventsOf(world, "payment.fulfil", payment.id).length,
          0,
          "fulfilment was told before the money was hard"
        )
      }
      await driver.faults.plan({ operation: "status", kind: "close", phase: "before", times: 100_000 })
      await world.leap(spent + 2 * minute)
      assert.equal((await world.get(payment)).state.finality, "soft", `${ended} became hard by the clock alone`)
      await driver.faults.clear()
      await world.advance(Math.max(findingMillis(world), day / 2))
      const after = await world.get(payment)
      assert.equal(after.status, ended)
      assert.equal(after.state.finality, "hard", staysSoft(ended))
      const told = eventsOf(world, "payment.fulfil", payment.id).length
      assert.equal(told, ended === "paid" ? 1 : 0, "fulfilment on hard money was not told once")
    }
  }
}
