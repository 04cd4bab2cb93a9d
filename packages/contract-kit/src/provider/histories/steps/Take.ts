import { isPaymentError, type PaymentError } from "@maksa/core"
import { BrokenHistory } from "../BrokenHistory.ts"
import type { Chronicle } from "../Chronicle.ts"
import type { HistoryWorld } from "../HistoryWorld.ts"
import type { StepName, StepOf } from "../Step.ts"

/** Takes a step. Answers `false` where it has no meaning now: it is passed over, and nothing has happened. */
export type Take<K extends StepName> = (chronicle: Chronicle, step: StepOf<K>) => Promise<boolean>

/** Runs a verb of the engine; every failure must be one of the port's own. */
export const verb = async <A>(name: string, call: () => Promise<A>): Promise<A | PaymentError> => {
  try {
    return await call()
  } catch (cause) {
    if (isPaymentError(cause)) return cause
    throw new BrokenHistory("typed-errors", `${name} failed with something else than a PaymentError`, { cause })
  }
}

/** Runs a verb in a program that is killed at a durable step, if it comes so far, and then starts anew. */
export const untilKilled = async <A>(
  world: HistoryWorld,
  step: number | undefined,
  call: () => Promise<A>
): Promise<A | "killed"> => {
  world.killAt(step ?? 0)
  let result: A | "killed" = "killed"
  try {
    result = await call()
  } catch (cause) {
    if (!world.isKilled) throw cause
  }
  if (!world.isKilled) {
    world.killAt(0)
    return result
  }
  await world.restart()
  return "killed"
}

/** The simulator refuses what cannot happen at its provider now. */
export const possible = async (call: () => Promise<unknown>): Promise<boolean> => {
  try {
    await call()
    return true
  } catch {
    return false
  }
}
