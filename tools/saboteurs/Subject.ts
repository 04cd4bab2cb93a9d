/** One way to be wrong, and the suite that must notice it. */
export interface Subject {
  readonly id: string
  readonly sentence: string
  readonly kind: "adapter" | "driver" | "store" | "binding"
  /** The law or case that must notice it. */
  readonly killedBy: string
  /** Tries laws one after another and tells of each whether it noticed. */
  trial(laws: ReadonlyArray<string>, heard: (tried: Tried) => void): Promise<void>
}

export interface Tried {
  readonly law: string
  readonly isKilled: boolean
  /** What was seen, of a law that noticed. */
  readonly error?: string
}

/** A suite of laws or cases, and what it must notice. */
export interface Suite {
  readonly name: string
  readonly laws: ReadonlyArray<string>
  readonly subjects: ReadonlyArray<Subject>
  /** All its laws together take a moment, so that each run tries all of them. */
  readonly isQuick?: true
}
