import assert from "node:assert/strict"
import type { Payment } from "@maksa/core"
import { day, offered, paid, refusedByPayer, sum, turned } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

const agrees = async (world: World, payment: Payment, what: string) => {
  const truths = await world.truth(payment)
  const charged = sum(truths.flatMap((one) => one.charged))
  const undone = sum(truths.flatMap((one) => one.undone))
  const { state, status, current } = await world.get(payment)
  assert.ok(undone <= charged, `${what}: by the driver's truth more went back than came`)
  if (state.money.received !== undefined) {
    assert.equal(state.money.received.minorUnits, charged, `${what}: money facts differ from the driver's truth`)
  }
  assert.equal(
    status === "paid",
    charged - undone > 0n,
    `${what}: the payment is ${status}, and by the driver's truth ${charged - undone} stayed`
  )
  const [truth] = truths
  if (truth !== undefined && current.providerReference !== undefined) {
    assert.equal(current.providerReference, truth.providerReference, `${what}: the driver calls the payment otherwise`)
  }
}

export const truthAgreement: Law = {
  id: "truth-agreement",
  sentence: "The provider's books, its calls, its messages and our money facts tell the same story.",
  reason: "A simulator, or a driver, that tells another story than the wire proves nothing about the adapter.",
  duty: "Map what the provider says and nothing else; in the driver, report what the simulator's books say.",
  check: async (world) => {
    const { driver, manifest, order } = world
    assert.deepEqual(await driver.calls(), [], "the driver knows calls before the first one")
    assert.deepEqual(await driver.notices.list(), [], "the driver knows messages before the first one")
    const open = await offered(world)
    await agrees(world, open, "nobody paid")
    const money = await paid(world)
    await agrees(world, money, "paid")
    if (manifest.outcomes.includes("refused")) await agrees(world, await refusedByPayer(world), "refused")
    if (manifest.outcomes.includes("undone")) {
      await agrees(world, await turned(world, await paid(world), { to: "undone", late: true }), "undone")
    }
    const calls = await driver.calls()
    const created = calls.filter((call) => call.operation === "create").length
    const payments = (await world.payments.list()).length
    const expected = order.firstContact === "call" ? payments : 0
    assert.equal(created, expected, "the driver's calls are not those that were made")
    assert.ok(
      calls.every((call, i) => call.at >= (calls[i - 1]?.at ?? 0)),
      "the driver's calls are not in order"
    )
    assert.ok((await driver.notices.list()).length > 0, "money came, and the driver shows no message")
    const before = world.now()
    await world.advance(day)
    assert.ok(world.now() - before >= day, "the driver's clock did not move")
    await agrees(world, money, "a day later")
  }
}
