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

/** One thing that a store promises. `run` rejects if the store breaks it. */
export interface StoreCase {
  readonly area: string
  /** The promise, as a sentence. Unique within its area. */
  readonly name: string
  /** The case reads the store's files; it is reported as skipped where `files` is absent. */
  readonly needsFiles: boolean
  readonly run: (subject: StoreUnderTest) => Promise<void>
}

/** The cases of one area from sentences and checks. */
export const casesOf = (
  area: string,
  checks: Readonly<Record<string, (subject: StoreUnderTest) => Promise<void>>>,
  needsFiles = false
): ReadonlyArray<StoreCase> => Object.entries(checks).map(([name, run]) => ({ area, name, needsFiles, run }))
