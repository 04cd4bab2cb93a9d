import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { candidatesFor } from "../../src/engine/reconcile/candidates.ts"
import { money } from "../../src/Money.ts"

const day = 86_400_000
const noon = Date.parse("2026-11-22T12:00:00Z")
const orphan = { asked: money(1200n, "EUR"), submittedAt: noon }
const row = (providerReference: string, minor?: bigint, createdAt?: number, currency = "EUR") => ({
  providerReference,
  ...(minor === undefined ? {} : { amount: money(minor, currency) }),
  ...(createdAt === undefined ? {} : { createdAt })
})
const names = (rows: ReadonlyArray<ReturnType<typeof row>>, of = orphan) =>
  candidatesFor(of, rows).map((one) => one.providerReference)

describe("candidates for an orphan", () => {
  it("have its sum and its day, the nearest in time first, and those without a time last", () => {
    const rows = [
      row("undated", 1200n),
      row("far", 1200n, noon + day),
      row("near", 1200n, noon + 2000),
      row("another day", 1200n, noon + day + 1),
      row("another sum", 1300n, noon),
      row("another currency", 1200n, noon, "USD"),
      row("nothing known")
    ]
    assert.deepEqual(names(rows), ["near", "far", "undated"])
  })

  it("go by the day alone where nobody knows the sum", () => {
    const rows = [row("dated", undefined, noon), row("undated", 1200n), row("other", 5n, noon - 1)]
    assert.deepEqual(names(rows, { ...orphan, asked: undefined } as never), ["dated", "other"])
  })

  it("do not depend on the order of the list, and are at most ten", () => {
    const rows = fc.array(
      fc
        .tuple(fc.nat(30), fc.option(fc.bigInt({ min: 1199n, max: 1201n }), { nil: undefined }), fc.nat(3))
        .map(([id, minor, hours]) => row(`r${String(id).padStart(2, "0")}`, minor, noon + hours * 3_600_000)),
      { maxLength: 40 }
    )
    fc.assert(
      fc.property(rows, (some) => {
        const unique = [...new Map(some.map((one) => [one.providerReference, one])).values()]
        const found = names(unique)
        assert.isAtMost(found.length, 10)
        assert.deepEqual(names(unique.toReversed()), found)
      })
    )
  })
})
