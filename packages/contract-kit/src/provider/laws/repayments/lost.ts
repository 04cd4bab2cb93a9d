import assert from "node:assert/strict"
import { callsOf, day, findingMillis, paid } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { booksOf, routesOf, sendBack, standing, unlessSendingBack } from "./sendingBack.ts"

export const lostRepayments: Law = {
  id: "a-lost-repayment-is-found",
  sentence:
    "A refund or payout whose reply was lost is asked about under its own id: found if it arrived, sent again only if the manifest's rules prove that it did not.",
  reason: "Sent again blindly public money is paid twice; given up it is owed, and nobody knows.",
  duty: "Answer `OutcomeUnknown` after a lost reply, `absent` only where the provider knows nothing of the id.",
  about: ["extras", "repeatCreate", "absenceProvesAfter"],
  once: true,
  ...unlessSendingBack,
  check: async (world) => {
    const { driver, manifest } = world
    for (const route of routesOf(manifest)) {
      // The provider took it, and its reply was lost.
      const payment = await paid(world)
      const before = await callsOf(world, route)
      await driver.faults.plan({ operation: route, kind: "close", phase: "after" })
      const lost = await sendBack(world, payment, route)
      await driver.faults.clear()
      assert.equal(lost.status, "outcome_unknown", `a ${route} whose reply was lost is ${lost.status}`)
      await world.advance(findingMillis(world))
      const found = await standing(world, lost)
      assert.ok(["submitted", "done"].includes(found.status), `a ${route} that arrived is ${found.status}`)
      assert.equal((await callsOf(world, route)) - before, 1, `a ${route} that arrived was sent again`)

      // It never arrived.
      const other = await paid(world)
      await driver.faults.plan({ operation: route, kind: "close", phase: "before" })
      const nowhere = await sendBack(world, other, route)
      await driver.faults.clear()
      assert.equal(nowhere.status, "outcome_unknown", `a ${route} that may have arrived is ${nowhere.status}`)
      await world.advance(findingMillis(world) + day)
      const isRepeated = manifest.repeatCreate === "after_absence"
      const books = await booksOf(world, nowhere.id)
      assert.equal(books !== undefined, isRepeated, "what never arrived went by other rules than `repeatCreate`")
      assert.ok((books?.sent.length ?? 0) <= 1, "a repayment left more than once")
      if (!isRepeated) assert.equal((await standing(world, nowhere)).status, "outcome_unknown")
    }
  }
}
