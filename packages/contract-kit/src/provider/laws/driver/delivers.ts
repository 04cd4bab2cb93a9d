import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"
import { minute, offered, payAtProvider, silenceStatus } from "../../journeys.ts"
import type { World } from "../../World.ts"

/** Paths of ours that the provider's messages are sent to and that were called since `before`. */
const arrived = async (world: World, known: number, before: number): Promise<number> => {
  const sent = (await world.driver.notices.list()).slice(known).map(({ url }) => new URL(url).pathname)
  return world.arrivals.slice(before).filter((url) => sent.includes(url.split("?", 1)[0] ?? "")).length
}

/** Somebody pays, and a minute later: messages that the driver lists, and those that reached us. */
const afterPaying = async (world: World) => {
  const payment = await offered(world)
  const before = world.arrivals.length
  const known = (await world.driver.notices.list()).length
  await payAtProvider(world, payment)
  await world.driver.advance(minute)
  return {
    listed: (await world.driver.notices.list()).length - known,
    arrived: await arrived(world, known, before)
  }
}

export const delivers: Law = {
  id: "driver-delivers",
  sentence:
    "The provider's messages reach our address while the clock advances, not before `release` where they are held, and each one that is sent is listed.",
  reason:
    "A law about messages that never came, or that came although they were kept back, tries nothing and passes all the same.",
  duty: "Let the driver's `advance` deliver what is due over HTTP and end only when it was answered; let `hold` keep everything back, and list both.",
  once: true,
  check: async (world) => {
    const { driver } = world
    await silenceStatus(world)
    const sent = await afterPaying(world)
    assert.ok(sent.listed > 0, "the money came, and the driver lists no message about it")
    assert.ok(sent.arrived > 0, "the driver lists messages, and after `advance` none has reached our address")
    assert.ok(sent.arrived >= sent.listed, `the driver lists ${sent.listed} messages, and ${sent.arrived} arrived`)
    await driver.notices.hold()
    const held = await afterPaying(world)
    assert.ok(held.listed > 0, "the driver does not list messages that it keeps back")
    assert.equal(held.arrived, 0, "a message arrived although the driver was told to `hold` them")
    await driver.notices.release()
    const released = await afterPaying(world)
    assert.ok(released.arrived > 0, "after `release` no new message arrives")
    assert.ok(released.arrived <= released.listed, "after `release` messages arrive that were kept back")
  }
}
