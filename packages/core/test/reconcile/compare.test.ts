import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { differencesOf, type Told } from "../../src/engine/reconcile/compare.ts"
import { type Money, money } from "../../src/Money.ts"
import type { Belief } from "../../src/Reconciliation.ts"
import { PaymentStatus } from "../../src/State.ts"

const sum = (minor: bigint, currency = "EUR") => money(minor, currency)
const asked = sum(1200n)
const ours = (status: PaymentStatus, received?: bigint, undone?: bigint): Belief => ({
  status,
  ...(received === undefined ? {} : { received: sum(received) }),
  ...(undone === undefined ? {} : { undone: sum(undone) })
})
const told = (status: PaymentStatus, received?: bigint, undone?: bigint): Told => ({
  ...ours(status, received, undone),
  isUnknown: false
})

const cases: ReadonlyArray<readonly [string, Belief, Told, ReadonlyArray<string>]> = [
  ["both paid, the same sum", ours("paid", 1200n), told("paid", 1200n), []],
  ["paid without a sum, and the list names what was asked", ours("paid"), told("paid", 1200n), []],
  ["paid without a sum, and the list names less", ours("paid"), told("under_review", 1100n), ["amount"]],
  ["paid, and the list names more", ours("paid", 1200n), told("paid", 1300n), ["amount"]],
  ["paid, and the list names no sum", ours("paid", 1200n), told("paid"), []],
  ["paid, and a part went back there alone", ours("paid", 1200n), told("under_review", 1200n, 200n), ["amount"]],
  ["both reviewed for the same sum", ours("under_review", 1100n), told("under_review", 1100n), []],
  ["open here, paid there", ours("processing"), told("paid", 1200n), ["status"]],
  ["open here, another sum there", ours("processing"), told("under_review", 1100n), ["amount", "status"]],
  ["waiting for the payer here, working there", ours("requires_action"), told("processing"), []],
  ["paid here, refused there", ours("paid", 1200n), told("declined"), ["status"]],
  ["open here, refused there", ours("processing"), told("declined"), ["status"]],
  ["promised here, paid there", ours("provisional"), told("paid", 1200n), ["status"]],
  ["ended in two words", ours("declined"), told("expired"), []],
  ["expired here, paid there", ours("expired"), told("paid", 1200n), ["late"]],
  ["declined here, promised there", ours("declined"), told("provisional"), ["late"]],
  ["reversed here, paid there", ours("reversed", 1200n, 1200n), told("paid", 1200n), ["amount", "late"]],
  ["expired here, less money there", ours("expired"), told("under_review", 1100n), ["amount", "late"]],
  ["withdrawn here, still offered there", ours("canceled"), told("processing"), []],
  ["expired here, still offered there", ours("expired"), told("processing"), ["status"]]
]

const statuses = fc.constantFrom(...PaymentStatus.literals)
const sums = fc.option(
  fc.tuple(fc.bigInt({ min: 1n, max: 3n }), fc.constantFrom("EUR", "USD")).map(([n, c]) => sum(n, c)),
  { nil: undefined }
)
const beliefs = fc
  .record({ status: statuses, received: sums, undone: sums })
  .map(({ status, received, undone }): Belief => ({
    status,
    ...(received === undefined ? {} : { received }),
    ...(undone === undefined ? {} : { undone })
  }))
const same = (a: Money, b: Money) => a.minorUnits === b.minorUnits && a.currency === b.currency

describe("comparing a row with our records", () => {
  for (const [name, mine, theirs, want] of cases) {
    it(name, () => assert.deepEqual(differencesOf(mine, theirs, asked), want))
  }

  it("a word that nobody understands is a difference in status, whatever we believe", () => {
    for (const status of PaymentStatus.literals) {
      assert.deepEqual(differencesOf(ours(status), { ...told("created"), isUnknown: true }, asked), ["status"])
    }
  })

  it("what agrees with itself has no difference, whatever it is", () => {
    fc.assert(
      fc.property(beliefs, sums, (belief, total) => {
        const mine = belief.received === undefined ? { ...belief, received: total ?? asked } : belief
        assert.deepEqual(differencesOf(mine, { ...mine, isUnknown: false }, total), [])
      })
    )
  })

  it("another named sum than ours is always told, and the same one never by the sum alone", () => {
    fc.assert(
      fc.property(beliefs, beliefs, sums, (mine, theirs, total) => {
        const kinds = differencesOf(mine, { ...theirs, isUnknown: false }, total)
        const believed = mine.received ?? total
        const isOther = theirs.received !== undefined && believed !== undefined && !same(believed, theirs.received)
        if (isOther) assert.include(kinds, "amount")
        if (theirs.received === undefined) assert.notInclude(kinds, "amount")
      }),
      { numRuns: 3000 }
    )
  })

  it("money there for what ended here is late or an amount, and never silent", () => {
    fc.assert(
      fc.property(beliefs, beliefs, (mine, theirs) => {
        const isOver = ["declined", "expired", "canceled", "reversed"].includes(mine.status)
        const hasMoney = theirs.status === "paid" || theirs.status === "provisional"
        const kinds = differencesOf(mine, { ...theirs, isUnknown: false }, asked)
        if (isOver && hasMoney) assert.include(kinds, "late")
        if (!isOver) assert.notInclude(kinds, "late")
        assert.isAtMost(kinds.filter((kind) => kind !== "amount").length, 1)
        assert.isFalse(kinds.some((kind) => ["missing_here", "missing_there", "orphan_request"].includes(kind)))
      }),
      { numRuns: 3000 }
    )
  })

  it("paid here and not there, or there and not here, is never silent", () => {
    fc.assert(
      fc.property(beliefs, beliefs, (mine, theirs) => {
        fc.pre((mine.status === "paid") !== (theirs.status === "paid"))
        assert.isNotEmpty(
          differencesOf(mine, { ...theirs, isUnknown: false }, asked),
          `${mine.status} here and ${theirs.status} there`
        )
      }),
      { numRuns: 3000 }
    )
  })
})
