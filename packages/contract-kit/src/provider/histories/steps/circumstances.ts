// What goes wrong around us, and time.
import { possible, type Take, untilKilled, verb } from "./Take.ts"

export const fault: Take<"fault"> = async (chronicle, { operation, kind, phase, times }) => {
  if (operation === "create" && kind === "refusal") {
    chronicle.refusesCreate = true
    for (const [id, deeds] of chronicle.deeds) chronicle.deeds.set(id, { ...deeds, wasRefused: true })
  }
  return possible(() => chronicle.world.driver.faults.plan({ operation, kind, phase, times }))
}

export const runDue: Take<"run_due"> = async ({ world }) => {
  await verb("runDue", () => world.payments.runDue())
  return true
}

export const skew: Take<"skew"> = async (chronicle, { seconds }) => {
  chronicle.isSkewed = true
  chronicle.world.skew(seconds)
  return true
}

export const jump: Take<"jump"> = async (chronicle, { by, killedAt }) => {
  const { world } = chronicle
  const { driver, manifest } = world
  const now = driver.now()
  const minute = 60_000
  const target = {
    deadline: (chronicle.orders.at(-1)?.deadline.getTime() ?? now) + minute,
    soft_window: now + Math.max(...Object.values(manifest.softSeconds)) * 1000 + minute,
    pace: now + (manifest.query.schedule.at(-1)?.everySeconds ?? 3600) * 1000 + minute
  }
  const until = typeof by === "number" ? now + by * 1000 : target[by]
  if (until <= now) return false
  await driver.advance(until - now)
  if (!world.store.isRefusing) await untilKilled(world, killedAt, () => verb("runDue", () => world.payments.runDue()))
  return true
}
