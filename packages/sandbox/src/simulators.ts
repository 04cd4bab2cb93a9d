import type { Simulator } from "./kernel/Simulator.ts"

/** The simulators of a sandbox, in starting order: the bank first, because the others send payers to it. */
export const simulators = (): ReadonlyArray<Simulator> => []
