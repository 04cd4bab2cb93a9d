import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"
import { minute, offered, second } from "../../journeys.ts"
import type { World } from "../../World.ts"

/** Calls that the driver shows since `before`, and requests that left us meanwhile. */
const during = async (world: World, what: string, step: () => Promise<unknown>): Promise<void> => {
  const { driver, wire } = world
  const known = (await driver.calls()).length
  const sent = wire.exchanges.length
  const start = driver.now()
  await step()
  const shown = (await driver.calls()).slice(known)
  const left = wire.exchanges.length - sent
  assert.equal(shown.length, left, `${what}: ${left} requests left us, and the driver shows ${shown.length} calls`)
  for (const { at } of shown) {
    assert.ok(at >= start && at <= driver.now(), `${what}: the driver shows a call at another time than it was made`)
  }
}

export const showsCalls: Law = {
  id: "driver-shows-calls",
  sentence: "The driver shows the calls that reached the provider, all of them, once each, at their time.",
  reason: "What must not be sent twice, and what must not be asked too early, is counted by the driver.",
  duty: "Let the driver's `calls` list every request that reaches the simulator, whatever it answers; send everything through the port's `HttpTransport`.",
  check: async (world) => {
    const { driver, order, wire } = world
    await driver.notices.hold()
    await during(world, "an order", () => offered(world))
    const [payment] = await world.payments.list()
    assert.ok(payment)
    await driver.advance(minute + driver.facts.earliestQuerySeconds * second)
    const before = wire.exchanges.length
    await during(world, "a question", () => world.payments.refresh(payment.id))
    assert.ok(wire.exchanges.length > before, "`status` asked nobody")
    await driver.advance(minute)
    await during(world, "another question", () => world.payments.refresh(payment.id))
    if (order.firstContact !== "call") return
    await driver.faults.plan({ operation: "create", kind: "close", phase: "before" })
    await during(world, "a call that is answered by nobody", async () => {
      await world.refusal(() => world.create())
    })
  }
}
