// A file of its own: a million folds, which mutation testing leaves out.
import { assert, describe, it } from "vitest"
import type { LedgerEntry } from "../../src/lifecycle/evidence.ts"
import { foldAttempt } from "../../src/lifecycle/fold.ts"
import { facts, pool } from "./ledgers.ts"

const bigints = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value)

const permutations = <A>(items: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  items.length <= 1
    ? [items]
    : items.flatMap((item, i) =>
        permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest])
      )

const subsets = function* (of: ReadonlyArray<LedgerEntry>, size: number): Generator<ReadonlyArray<LedgerEntry>> {
  if (size === 0) return yield []
  for (const [i, head] of of.entries()) for (const rest of subsets(of.slice(i + 1), size - 1)) yield [head, ...rest]
}
// Every kind of claim, with the collisions that order could hide; small enough for every permutation of every six.
const kinds = [0, 1, 2, 3, 4, 5, 8, 9, 10, 12, 14, 16].map((i) => pool[i]!)

describe("the order of evidence", () => {
  it("gives one state for every permutation, with duplicates, of every set of up to six", () => {
    let folds = 0
    for (let size = 1; size <= 6; size++) {
      for (const set of subsets(kinds, size)) {
        const want = JSON.stringify(foldAttempt(facts, set), bigints)
        for (const order of permutations(set)) {
          folds++
          if (JSON.stringify(foldAttempt(facts, [...order, ...order.slice(0, 2)]), bigints) !== want) {
            assert.fail(`order matters: ${order.map((one) => one.says._tag).join(", ")}`)
          }
        }
      }
    }
    assert.strictEqual(folds, 12 + 66 * 2 + 220 * 6 + 495 * 24 + 792 * 120 + 924 * 720)
  }, 120_000)
})
