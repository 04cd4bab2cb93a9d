// fast-check with at most 60 runs for each property: a mutant is noticed by then or never, and each costs a whole run.
// The values are always the same, so that a mutant has the same fate every time, and are not shrunk when one fails.
import * as fc from "fast-check/original"

export * from "fast-check/original"

// Set by run.ts.
fc.configureGlobal({ baseSize: process.env["MAKSA_MUTATION_SIZE"] === "xsmall" ? "xsmall" : "small" })

export const assert = <Ts>(property: fc.IRawProperty<Ts>, parameters: fc.Parameters<Ts> = {}): unknown =>
  fc.assert(property, {
    ...parameters,
    numRuns: Math.min(parameters.numRuns ?? 60, 60),
    seed: 20_260_101,
    endOnFailure: true
  })
