import type { HttpBinding } from "./HttpBinding.ts"
import type { BindingWorld } from "./BindingWorld.ts"

/** One thing that a binding promises, and how it is tried. */
export interface BindingCase {
  readonly area: string
  /** Short, stable, in kebab case: reports and saboteurs name the case by it. */
  readonly id: string
  /** The promise, as one sentence. */
  readonly sentence: string
  /** What goes wrong for citizens and agencies where it is broken. */
  readonly reason: string
  /** Why this binding is not tried, in words that name what it lacks; `undefined`: it is. */
  readonly exempt?: (binding: HttpBinding) => string | undefined
  /** Tries it. Rejects, with what was seen, where the promise is broken. */
  readonly check: (world: BindingWorld) => Promise<void>
}

/** The cases of one area. */
export const casesOf = (area: string, cases: ReadonlyArray<Omit<BindingCase, "area">>): ReadonlyArray<BindingCase> =>
  cases.map((one) => ({ area, ...one }))
