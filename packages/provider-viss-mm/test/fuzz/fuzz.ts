import { mutate } from "./mutate.ts"
import { pick, randomOf } from "./random.ts"
import type { Target } from "./Target.ts"
import { targets } from "./targets.ts"

/** Longest time that one input may take; milliseconds. */
export const maxMillis = 50

/** From which on an input is looked at again; milliseconds. */
const suspectMillis = 5

/** Something that must not happen, and how to see it again. */
export interface Finding {
  readonly target: string
  /** Seed and number of the input: `--seed S --at N` repeats it alone. */
  readonly seed: number
  readonly at: number
  readonly what: string
  readonly input: Buffer
}

export interface Tally {
  inputs: number
  accepted: number
}

export interface Report {
  readonly tallies: ReadonlyMap<string, Tally>
  readonly findings: ReadonlyArray<Finding>
  readonly slowestMillis: number
}

const lottery = targets.flatMap((target) => Array.from({ length: target.weight }, () => target))
const [first, ...rest] = lottery
if (first === undefined) throw new Error("nothing to fuzz")

/** The input of one number: it depends on nothing that came before. */
const inputOf = (seed: number, at: number): { readonly target: Target; readonly input: Buffer } => {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b))
  const target = pick(random, [first, ...rest])
  return { target, input: mutate(pick(random, target.corpus), pick(random, pick(random, targets).corpus), random) }
}

/** Milliseconds of one reading. */
const timed = (target: Target, input: Buffer): { readonly isAccepted: boolean; readonly millis: number } => {
  const start = performance.now()
  const isAccepted = target.read(input)
  return { isAccepted, millis: performance.now() - start }
}

/** Milliseconds that the processor takes for one reading. */
const worked = (target: Target, input: Buffer): number => {
  const start = process.threadCpuUsage()
  target.read(input)
  const { system, user } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

/** A slow reading is looked at again: a busy machine and the garbage collector are not the input's fault. */
const slowness = (target: Target, input: Buffer, first: number): number => {
  let least = first
  for (let again = 0; again < 5 && least > suspectMillis; again++) least = Math.min(least, worked(target, input))
  return least
}

/** Reads inputs number `from` up to, but without, `to`. */
export const fuzz = (seed: number, from: number, to: number): Report => {
  const tallies = new Map<string, Tally>(targets.map(({ name }) => [name, { inputs: 0, accepted: 0 }]))
  const findings: Array<Finding> = []
  let slowestMillis = 0
  for (let at = from; at < to; at++) {
    const { input, target } = inputOf(seed, at)
    const found = (what: string): void => void findings.push({ target: target.name, seed, at, what, input })
    const tally = tallies.get(target.name)
    if (tally !== undefined) tally.inputs++
    try {
      const { isAccepted, millis } = timed(target, input)
      if (isAccepted && tally !== undefined) tally.accepted++
      const least = slowness(target, input, millis)
      slowestMillis = Math.max(slowestMillis, least)
      if (least > maxMillis) found(`took ${Math.round(least)} ms`)
    } catch (cause) {
      found(cause instanceof Error ? `${cause.name}: ${cause.message}` : "threw something")
    }
  }
  return { tallies, findings, slowestMillis }
}
