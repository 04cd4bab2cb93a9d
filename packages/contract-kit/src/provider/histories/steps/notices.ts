// Messages of the provider's server, late, again, in another order, or not its own.
import { BrokenHistory } from "../BrokenHistory.ts"
import { type Chronicle, newest } from "../Chronicle.ts"
import type { Take } from "./Take.ts"

/** A message that proves nothing may make us ask; it changes neither money nor state by itself. */
const provesNothing = async (chronicle: Chronicle, why: string, deliver: () => Promise<unknown>): Promise<void> => {
  const { store } = chronicle.world
  const proven = () => [...store.state.observations.values()].filter((row) => row.trust === "proven").length
  const states = () => JSON.stringify([...store.state.payments.values()].map((row) => row.state))
  const before = { proven: proven(), states: states() }
  await deliver()
  if (proven() !== before.proven) throw new BrokenHistory("unproven-proves-nothing", `${why} was stored as proof`)
  if (states() !== before.states) throw new BrokenHistory("unproven-proves-nothing", `${why} changed a state`)
}

export const deliver: Take<"deliver"> = async (chronicle, step) => {
  const { world } = chronicle
  const notice = newest(await world.driver.notices.list(), step.notice)
  if (notice === undefined) return false
  if (world.manifest.webhook === "signed") await world.deliver(notice)
  else await provesNothing(chronicle, "an unsigned notice", () => world.deliver(notice))
  return true
}

export const forge: Take<"forge"> = async (chronicle, step) => {
  const { world } = chronicle
  const notice = newest(await world.driver.notices.list(), step.notice)
  if (notice === undefined) return false
  const forged = await world.driver.notices.forge(notice, step.forgery)
  if (forged === undefined) return false
  await provesNothing(chronicle, `a forged notice (${step.forgery})`, () => world.deliver(forged))
  return true
}
