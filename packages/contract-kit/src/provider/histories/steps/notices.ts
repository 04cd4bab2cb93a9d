// Messages of the provider's server, late, again, in another order, or not its own.
import { BrokenHistory } from "../BrokenHistory.ts"
import { type Chronicle, newest } from "../Chronicle.ts"
import type { Notice } from "../../SandboxDriver.ts"
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

/** Sorts the messages that are new into those kept back and those that were sent by themselves. */
const noteNotices = async ({ isHolding, kept, noticed, world }: Chronicle): Promise<void> => {
  for (const { id } of await world.driver.notices.list()) {
    if (noticed.has(id)) continue
    noticed.add(id)
    if (isHolding) kept.add(id)
  }
}

export const hold: Take<"hold"> = async (chronicle) => {
  await noteNotices(chronicle)
  await chronicle.world.driver.notices.hold()
  chronicle.isHolding = true
  return true
}

export const release: Take<"release"> = async (chronicle) => {
  await noteNotices(chronicle)
  await chronicle.world.driver.notices.release()
  chronicle.isHolding = false
  return true
}

const sameContent = (a: Notice, b: Notice): boolean => Buffer.from(a.body).equals(b.body)

/** A signed message that comes for the first time and is acknowledged is evidence, whatever came before it. */
const provesSomething = async ({ kept, world }: Chronicle, notice: Notice): Promise<void> => {
  const { store } = world
  // The same words of the same second are one message, however often the provider says them.
  const isNew = !(await world.driver.notices.list()).some((one) => !kept.has(one.id) && sameContent(one, notice))
  const before = store.state.observations.size
  const status = await world.deliver(notice)
  const isAcknowledged = !world.driver.notices.isRetriedAfter(status)
  const isFirst = kept.delete(notice.id)
  if (isAcknowledged && isFirst && isNew && store.state.observations.size === before) {
    throw new BrokenHistory("acknowledged-is-kept", "a new message was acknowledged and not stored")
  }
}

export const deliver: Take<"deliver"> = async (chronicle, step) => {
  const { world } = chronicle
  await noteNotices(chronicle)
  const notice = newest(await world.driver.notices.list(), step.notice)
  if (notice === undefined) return false
  if (world.manifest.webhook === "signed") await provesSomething(chronicle, notice)
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
