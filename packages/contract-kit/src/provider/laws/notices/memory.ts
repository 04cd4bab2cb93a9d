// How much memory a step takes, measured in this process.
import { setImmediate } from "node:timers/promises"
import { GCProfiler, setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

const collector = (): (() => void) => {
  setFlagsFromString("--expose-gc")
  return runInNewContext("gc") as () => void // what the flag puts there
}

const used = (): number => {
  const { external, heapUsed } = process.memoryUsage()
  return heapUsed + external
}

/** The most that a step has in use at once beyond what was there before, garbage included, bytes. */
export const peakOf = async (step: () => Promise<unknown>): Promise<number> => {
  const before = used()
  const profiler = new GCProfiler()
  profiler.start()
  await step()
  const end = used()
  // Heaps as they were just before each collection of garbage: between two of them memory only grows.
  const heaps = (profiler.stop()?.statistics ?? []).map(
    ({ beforeGC: { heapStatistics } }) => heapStatistics.usedHeapSize + heapStatistics.externalMemory
  )
  return Math.max(end, ...heaps) - before
}

/** What is in use once everything that can be freed was freed, bytes. */
export const memoryInUse = async (): Promise<number> => {
  const collect = collector()
  let least = used()
  // Buffers are given back beside the program, and connections let go of theirs a moment later.
  for (let tries = 0; tries < 6; tries++) {
    await setImmediate()
    collect()
    least = Math.min(least, used())
  }
  return least
}
