import type { Moment } from "./Moment.ts"

/** What holds at every step of every history, whatever has reached us so far. */
export interface Invariant {
  /** In kebab case; failures name it. */
  readonly id: string
  readonly sentence: string
  /** What is wrong, in words; `undefined`: nothing. `before` is the moment one step ago. */
  readonly broken: (now: Moment, before: Moment | undefined) => string | undefined
}
