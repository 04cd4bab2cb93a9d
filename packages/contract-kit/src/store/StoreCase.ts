import type { Store } from "@maksa/core"

/** An empty store of its own for one case, and what the suite needs to do to it from outside. */
export interface StoreUnderTest {
  readonly store: Store
  /** Closes the open store and opens the same data again with the same secret. */
  readonly reopen: () => Promise<Store>
  /** Closes what is open and removes the data. */
  readonly dispose: () => Promise<void>
  /** The bytes of everything that the store keeps on disk; absent if the suite cannot see them. */
  readonly files?: () => Promise<ReadonlyArray<Uint8Array>>
}

/** One thing that a store promises, and how it is tried. */
export interface StoreCase {
  readonly area: string
  /** Short, stable, in kebab case: reports and saboteurs name the case by it. */
  readonly id: string
  /** The promise, as one sentence. */
  readonly sentence: string
  /** What goes wrong for citizens and agencies where it is broken. */
  readonly reason: string
  /** Why this store is not tried, in words that name what it lacks; `undefined`: it is. */
  readonly exempt?: (subject: StoreUnderTest) => string | undefined
  /** Tries it. Rejects, with what was seen, where the promise is broken. */
  readonly check: (subject: StoreUnderTest) => Promise<void>
}

const unseen = ({ files }: StoreUnderTest): string | undefined =>
  files === undefined ? "`make` gives no `files`: what is on disk cannot be seen" : undefined

/** The cases of one area; with `needsFiles` they read what the store has on disk. */
export const casesOf = (
  area: string,
  cases: ReadonlyArray<Omit<StoreCase, "area" | "exempt">>,
  needsFiles = false
): ReadonlyArray<StoreCase> => cases.map((one) => ({ area, ...one, ...(needsFiles ? { exempt: unseen } : {}) }))
