import * as fc from "fast-check"
import { inspect } from "node:util"
import type { ProviderContract } from "../ProviderContract.ts"
import type { Client } from "../World.ts"
import { type HistoryWorlds, openHistoryWorlds } from "./HistoryWorld.ts"
import { play } from "./play.ts"
import { someHistory } from "./someHistory.ts"
import type { History, StepName } from "./Step.ts"
import { type HistoryTrace, traceHistory } from "./traceHistory.ts"

export interface HistoriesOptions {
  /** How many histories. */
  readonly count: number
  /** The same seed gives the same histories; default: one by the clock. */
  readonly seed?: number
  /** Replays one history of a seed: what the line of a failure says. */
  readonly path?: string
  /** Ends early, without a failure, after this time. */
  readonly limitMillis?: number
  /** Stands between histories and the engine: how saboteurs plant the engine's mistakes. */
  readonly engine?: (engine: Client) => Client
}

/** A failure, shrunk to what is needed. */
export interface BrokenReport {
  /** The promise that was broken, and how. */
  readonly error: string
  readonly history: History
  /** Repeats it, given the file of the contract. */
  readonly replay: string
  /** How often it was made smaller. */
  readonly shrinks: number
}

export interface HistoriesReport {
  readonly provider: string
  readonly seed: number
  /** Histories that were played to their end. */
  readonly played: number
  readonly seconds: number
  /** How often each step had a meaning. */
  readonly steps: Readonly<Partial<Record<StepName, number>>>
  /** Where payments came to rest. */
  readonly statuses: Readonly<Record<string, number>>
  readonly broken?: BrokenReport
}

const count = <K extends string>(counts: Map<K, number>, keys: Iterable<K>): void => {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
}

const sorted = <K extends string>(counts: Map<K, number>): Record<K, number> =>
  // The entries of a map by K are a record by K.
  Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) as Record<K, number>

const told = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause))

const runIn = async (worlds: HistoryWorlds, contract: ProviderContract, options: HistoriesOptions) => {
  const { driver, manifest } = worlds
  const steps = new Map<StepName, number>()
  const statuses = new Map<string, number>()
  let played = 0
  let isShrinking = false
  const property = fc.asyncProperty(
    someHistory({
      manifest,
      orders: contract.scenarios.orders.length,
      faultKinds: (operation) => driver.faults.kinds(operation)
    }),
    async (history) => {
      const world = await worlds.next()
      try {
        const result = await play(world, history)
        if (isShrinking) return
        played++
        count(steps, result.taken)
        count(statuses, result.statuses)
      } catch (cause) {
        isShrinking = true
        throw cause
      } finally {
        await world.close()
      }
    }
  )
  const { seed = Date.now() % 2 ** 31, path, limitMillis } = options
  const start = performance.now()
  const details = await fc.check(property, {
    seed,
    numRuns: options.count,
    ...(path === undefined ? {} : { path }),
    ...(limitMillis === undefined ? {} : { interruptAfterTimeLimit: limitMillis, markInterruptAsFailure: false })
  })
  const [history] = details.counterexample ?? []
  const broken: BrokenReport | undefined =
    history === undefined
      ? undefined
      : {
          error: told(details.errorInstance),
          history,
          replay: `--seed ${seed} --path ${details.counterexamplePath ?? ""}`,
          shrinks: details.numShrinks
        }
  return {
    provider: contract.name,
    seed,
    played,
    seconds: (performance.now() - start) / 1000,
    steps: sorted(steps),
    statuses: sorted(statuses),
    ...(broken === undefined ? {} : { broken })
  }
}

/** Plays random histories against a provider's simulator, outside any test runner. Rejects only if it cannot be opened. */
export const runHistories = async (contract: ProviderContract, options: HistoriesOptions): Promise<HistoriesReport> => {
  const worlds = await openHistoryWorlds(contract, options.engine)
  try {
    return await runIn(worlds, contract, options)
  } finally {
    await worlds[Symbol.asyncDispose]()
  }
}

/**
 * Plays one history that is written down, as often as asked, on one simulator. Rejects with what it broke; answers what
 * crossed the wire and what is stored, which is the same to the byte each time.
 */
export const playHistory = async (
  contract: ProviderContract,
  history: History,
  times = 1
): Promise<ReadonlyArray<HistoryTrace>> => {
  const worlds = await openHistoryWorlds(contract)
  const traces: Array<HistoryTrace> = []
  try {
    for (let i = 0; i < times; i++) {
      const world = await worlds.next()
      try {
        await play(world, history)
        traces.push(await traceHistory(world))
      } finally {
        await world.close()
      }
    }
    return traces
  } finally {
    await worlds[Symbol.asyncDispose]()
  }
}
