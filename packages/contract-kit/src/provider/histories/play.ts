// Plays a history: takes its steps, looks after each, and lets everything come to rest in the end.
import { isPaymentError } from "@maksa/core"
import { BrokenHistory } from "./BrokenHistory.ts"
import { type Chronicle, look, makeChronicle } from "./Chronicle.ts"
import type { HistoryWorld } from "./HistoryWorld.ts"
import { invariants } from "./invariants.ts"
import { wrongAtRest } from "./rest.ts"
import type { History, StepName } from "./Step.ts"
import { take } from "./steps/index.ts"

/** What a history came to, for those who count. */
export interface Played {
  /** The steps that had a meaning. */
  readonly taken: ReadonlyArray<StepName>
  /** Statuses that payments had in the end. */
  readonly statuses: ReadonlyArray<string>
}

const checkMoments = async (chronicle: Chronicle): Promise<void> => {
  for (const { now, before } of await look(chronicle)) {
    for (const { id, broken } of invariants) {
      const what = broken(now, before)
      if (what !== undefined) throw new BrokenHistory(id, what)
    }
  }
}

const runDue = async ({ payments }: HistoryWorld): Promise<void> => {
  try {
    await payments.runDue()
  } catch (cause) {
    if (!isPaymentError(cause)) throw cause
  }
}

const firstWrong = ({ orders, world }: Chronicle): string | undefined =>
  orders
    .map(({ moment }) => (moment === undefined ? undefined : wrongAtRest(moment, world.manifest)))
    .find((wrong) => wrong !== undefined)

const day = 86_400_000

/** The agency's run over the provider's list, where that alone names sums. */
const reconcile = async ({ orders, world }: Chronicle): Promise<void> => {
  const { instance, manifest, payments } = world
  const begun = orders.flatMap(({ moment }) =>
    moment === undefined ? [] : [moment.believed.createdAt.epochMilliseconds]
  )
  if (manifest.amountEvidence !== "listing" || begun.length === 0) return
  const from = Math.max(Math.min(...begun), world.now() - 365 * day)
  await payments.reconcile({ provider: instance, from: new Date(from), to: new Date(world.now()) })
}

// After failures a question is put off for six hours at most.
const longestBackoffSeconds = 6 * 3600
const rounds = 4

/** A clock that the provider does not put up with is mended; with any other one the facts must be found. */
const mendClock = (world: HistoryWorld): void => {
  const { driver } = world
  const { clockToleranceSeconds = Infinity } = driver.facts
  if (Math.abs(world.now() - driver.now()) > clockToleranceSeconds * 1000) world.skew(0)
}

/** Nothing new happens any more, and everything that is due is done: then our facts must be the truth. */
const rest = async (chronicle: Chronicle): Promise<void> => {
  const { world } = chronicle
  const { driver, manifest, store } = world
  store.refuse(false)
  await driver.faults.clear()
  await driver.notices.release()
  mendClock(world)
  const pace = Math.max(longestBackoffSeconds, ...manifest.query.schedule.map((row) => row.everySeconds))
  await runDue(world)
  await checkMoments(chronicle)
  let wrong: string | undefined
  for (let round = 0; round < rounds; round++) {
    // Questions may follow from answers, at most one in ten seconds.
    for (const seconds of [pace + 60, 11, 11]) {
      await driver.advance(seconds * 1000)
      await runDue(world)
    }
    await reconcile(chronicle)
    await checkMoments(chronicle)
    wrong = firstWrong(chronicle)
    if (wrong === undefined) return
  }
  throw new BrokenHistory("truth-at-rest", wrong ?? "")
}

/** Rejects with `BrokenHistory` where a promise is broken. */
export const play = async (world: HistoryWorld, history: History): Promise<Played> => {
  const chronicle = makeChronicle(world)
  const taken: Array<StepName> = []
  for (const step of history) {
    if (!(await take(chronicle, step))) continue
    taken.push(step.do)
    await checkMoments(chronicle)
  }
  await rest(chronicle)
  return {
    taken,
    statuses: chronicle.orders.flatMap(({ moment }) => (moment === undefined ? [] : [moment.believed.state.status]))
  }
}
