import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"
import { attempted, day, minute, offered, payAtProvider, second } from "../../journeys.ts"
import { openWorld } from "../../openWorld.ts"
import type { SandboxDriver } from "../../SandboxDriver.ts"

interface Life {
  readonly start: number
  readonly seen: object
}

/** Everything that a driver shows of one payment that was paid, but what our side made up for it. */
const live = async (contract: Parameters<typeof openWorld>[0], driver: SandboxDriver): Promise<Life> => {
  const world = await openWorld(contract, driver)
  try {
    const start = driver.now()
    assert.deepEqual(await driver.calls(), [], "after `reset` the driver still shows calls")
    assert.deepEqual(await driver.notices.list(), [], "after `reset` the driver still shows messages")
    const payment = await offered(world)
    await payAtProvider(world, payment)
    await driver.advance(minute)
    const calls = (await driver.calls()).map(({ at, operation }) => [operation, at - start])
    await driver.advance(minute + driver.facts.earliestQuerySeconds * second)
    const isAnswered = await attempted(() => world.payments.refresh(payment.id))
    assert.ok(isAnswered, "after `reset` the provider does not answer a question")
    const [truth] = await world.truth(payment)
    const charged = truth?.charged.map(({ currency, minorUnits }) => `${minorUnits} ${currency}`)
    const { length: messages } = await driver.notices.list()
    const seen = { calls, charged, messages, arrivals: world.arrivals.length, millis: driver.now() - start }
    // What may outlive a careless reset: messages kept back, calls spoiled, and a clock far ahead.
    await driver.notices.hold()
    await driver.faults.plan({ operation: "status", kind: "close", phase: "before", times: 1000 })
    await driver.advance(3 * day)
    const attempt = world.at(await world.get(payment))
    await driver.reset()
    assert.deepEqual(await driver.truth(attempt), [], "after `reset` the driver still shows a payment")
    return { start, seen }
  } finally {
    await world[Symbol.asyncDispose]()
  }
}

export const startsAnew: Law = {
  id: "driver-starts-anew",
  sentence:
    "A simulator that was reset is as it was at its start: the same time, no payments, calls, messages or faults, and the same steps lead to the same again.",
  reason:
    "Each law begins with a reset. What is left over from another law hides a mistake or invents one, and no failure can be repeated.",
  duty: "Let the driver's `reset` set the clock back to its first moment, end what was kept back or planned, and forget everything else.",
  once: true,
  check: async ({ contract, driver }) => {
    const first = await live(contract, driver)
    const second = await live(contract, driver)
    assert.equal(second.start, first.start, "`reset` leaves the driver's clock where it was")
    assert.deepEqual(second.seen, first.seen, "after `reset` the same steps show something else")
  }
}
