import type { Manifest } from "@maksa/core"
import { inspect } from "node:util"
import type { Law } from "./Law.ts"
import { openWorld } from "./openWorld.ts"
import { builtForThisPort } from "./laws/port/builtForThisPort.ts"
import { openDriver, requireContract } from "./contractProblems.ts"
import { portProblems } from "./portProblems.ts"
import { providerLaws } from "./providerLaws.ts"
import type { OrderScenario, ProviderContract } from "./ProviderContract.ts"
import { type LawResult, makeReport, type Report } from "./Report.ts"
import type { SandboxDriver } from "./SandboxDriver.ts"

/** One law with one way to order. */
export interface Trial {
  readonly law: Law
  readonly order: OrderScenario
}

/** Every trial that a contract calls for, in order; nothing is left out here, because leaving out needs a manifest. */
export const trialsOf = (contract: ProviderContract, laws: ReadonlyArray<Law> = providerLaws): ReadonlyArray<Trial> =>
  laws.flatMap((law) =>
    (law.once === true ? contract.scenarios.orders.slice(0, 1) : contract.scenarios.orders).map((order) => ({
      law,
      order
    }))
  )

const limitMillis = 120_000

const within = async <A>(promise: Promise<A>, millis: number): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${millis / 1000} seconds`)), millis)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

const check = async (
  contract: ProviderContract,
  driver: SandboxDriver,
  { law, order }: Trial,
  millis: number
): Promise<void> => {
  const world = await openWorld(contract, driver, { order })
  try {
    await within(law.check(world), millis)
  } finally {
    await world[Symbol.asyncDispose]()
  }
}

const told = (cause: unknown): string => (cause instanceof Error ? cause.message : inspect(cause))

/**
 * Tries one law in a world of its own. Never rejects: what went wrong is the result; a law that has not answered within
 * `patienceMillis` (default 120,000) has failed.
 */
export const tryLaw = async (
  contract: ProviderContract,
  driver: SandboxDriver,
  trial: Trial,
  patienceMillis: number = limitMillis
): Promise<LawResult & { readonly cause?: unknown }> => {
  const { law, order } = trial
  const start = performance.now()
  const about = { law: law.id, ...(law.once === true ? {} : { scenario: order.name }) }
  const millis = () => Math.round(performance.now() - start)
  try {
    const reason = law.exempt?.(contract.make(driver).manifest, order)
    if (reason !== undefined) {
      if (!/\bmanifest\b/.test(reason)) throw new Error(`exempt for a reason that is not in the manifest: ${reason}`)
      return { ...about, outcome: "exempt", reason, millis: millis() }
    }
    await check(contract, driver, trial, patienceMillis)
    return { ...about, outcome: "passed", millis: millis() }
  } catch (cause) {
    return { ...about, outcome: "failed", error: told(cause), millis: millis(), cause }
  }
}

export interface RunOptions {
  /** Default: all. */
  readonly laws?: ReadonlyArray<Law>
  /** Ends at the first law that fails. */
  readonly stopAtFirst?: boolean
  /** Hears of each result as it comes. */
  readonly onResult?: (result: LawResult) => void
}

const portOf = (manifest: Manifest): number => manifest.port

/** Tries a contract outside any test runner. Rejects only if there is nothing that could be tried. */
export const runProviderContract = async (contract: ProviderContract, options: RunOptions = {}): Promise<Report> => {
  requireContract(contract)
  const driver = await openDriver(contract)
  try {
    const results: Array<LawResult> = []
    const take = (result: LawResult): void => {
      results.push(result)
      options.onResult?.(result)
    }
    // Core opens no adapter of another port, nor one with half a manifest, so there is nothing else to try.
    const misfits = portProblems(contract.make(driver))
    if (misfits.length > 0) {
      take({ law: builtForThisPort.id, outcome: "failed", error: misfits.join(" "), millis: 0 })
    }
    for (const trial of misfits.length > 0 ? [] : trialsOf(contract, options.laws)) {
      const { cause: _cause, ...result } = await tryLaw(contract, driver, trial)
      take(result)
      if (options.stopAtFirst === true && result.outcome === "failed") break
    }
    const port = portOf(contract.make(driver).manifest)
    return makeReport({ provider: contract.name, driver: driver.name, port }, results)
  } finally {
    await driver[Symbol.asyncDispose]()
  }
}
