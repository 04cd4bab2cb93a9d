import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"
import { day, hour, offered, second } from "../../journeys.ts"

export const keepsTime: Law = {
  id: "driver-keeps-time",
  sentence: "The simulator's clock stands still until it is told to advance, and then moves by what it was told.",
  reason: "Every deadline, window and schedule is tried by this clock: if it is wrong, all of them are.",
  duty: "Let the driver's `now` only look, and `advance` move the clock by its milliseconds, also where nothing is due.",
  once: true,
  check: async (world) => {
    const { driver } = world
    // Calls may take a moment of the simulator's own each, so that no two things happen at once.
    const start = driver.now()
    await offered(world)
    for (let i = 0; i < 5; i++) driver.now()
    assert.ok(driver.now() - start < 5 * 60 * second, "the driver's clock moves by itself")
    for (const millis of [second, hour, 10 * day]) {
      const before = driver.now()
      await driver.advance(millis)
      const moved = driver.now() - before
      assert.ok(
        moved >= millis && moved < millis + second,
        `\`advance(${millis})\` moved the driver's clock by ${moved} ms`
      )
      assert.equal(driver.now() - before, moved, "the driver's clock moves when somebody looks at it")
    }
  }
}
