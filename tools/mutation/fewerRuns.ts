// fast-check with at most 60 runs for each property: a mutant is noticed by then or never, and each costs a whole run.
import * as fc from "fast-check/original"

export * from "fast-check/original"

export const assert = <Ts>(property: fc.IRawProperty<Ts>, parameters: fc.Parameters<Ts> = {}): unknown =>
  fc.assert(property, { ...parameters, numRuns: Math.min(parameters.numRuns ?? 60, 60) })
