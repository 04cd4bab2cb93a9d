import assert from "node:assert/strict"
import { day, hour, minute, second } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

/** The request never arrived: only after the manifest's time does an absent payment mean that nothing was submitted. */
const neverArrived = async (world: World) => {
  const { driver, manifest } = world
  await driver.faults.plan({ operation: "create", kind: "close", phase: "before" })
  await world.refusal(() => world.create({ deadline: new Date(world.now() + 10 * hour) }))
  const [payment] = await world.payments.list()
  assert.ok(payment)
  assert.equal((await world.truth(payment)).length, 0, "a request that was lost before it arrived is at the provider")
  const { notSubmittedSeconds } = manifest.absenceProvesAfter
  await world.advance(2 * hour + (notSubmittedSeconds === false ? 0 : notSubmittedSeconds * second))
  const after = await world.get(payment)
  if (notSubmittedSeconds === false) {
    assert.equal(
      after.status,
      "processing",
      "the manifest's `absenceProvesAfter` proves nothing, and absence was believed"
    )
  } else {
    assert.notEqual(
      after.state.reason,
      "outcome_unknown",
      "an absence that proves that nothing was submitted proved nothing"
    )
  }
}

/** The payer never came: only after the manifest's time past the deadline does an absent payment mean that nobody can pay. */
const neverOpened = async (world: World) => {
  const { lapsedSeconds } = world.manifest.absenceProvesAfter
  const payment = await world.create({ deadline: new Date(world.now() + hour) })
  const grace = lapsedSeconds === false ? 30 * day : lapsedSeconds * second
  await world.leap(hour + grace - 2 * minute)
  const before = await world.get(payment)
  assert.notEqual(before.status, "expired", "a payment expired before absence could prove it")
  await world.advance(day)
  const { status } = await world.get(payment)
  assert.equal(status === "expired", lapsedSeconds !== false, `absence after the deadline made the payment ${status}`)
}

export const absence: Law = {
  id: "absence-proves-what-the-manifest-says",
  sentence: "A provider that does not know a payment proves only what the manifest says, and only from then on.",
  reason: "Absence believed too early opens a second payment beside one that is still on its way.",
  duty: "Answer `absent` only for the provider's explicit word that it does not know the payment, and declare what that proves.",
  about: ["absenceProvesAfter"],
  check: (world) => (world.order.firstContact === "call" ? neverArrived(world) : neverOpened(world))
}
