import { assert, describe, it } from "vitest"
import { isOfAnother, namesAnotherSum } from "../src/engine/document.ts"
import { money } from "../src/Money.ts"
import type { Observed } from "../src/Observation.ts"

const says = (minor?: bigint, operation?: string, currency = "EUR"): Observed => ({
  says: { _tag: "received", ...(minor === undefined ? {} : { amount: money(minor, currency) }) },
  trust: "proven",
  ...(operation === undefined ? {} : { operation })
})
const paid = (minor?: bigint) => ({
  name: "paid_soft" as const,
  received: minor === undefined ? undefined : money(minor, "EUR")
})
const asked = money(1200n, "EUR")

describe("a provider's document", () => {
  it("agrees with the sum that came, in one charge or several", () => {
    assert.isFalse(namesAnotherSum(paid(1200n), asked, [says(1200n)]))
    assert.isFalse(namesAnotherSum(paid(1200n), asked, [says(500n, "a"), says(700n, "b")]))
    assert.isFalse(namesAnotherSum(paid(1200n), asked, [says(1200n, "a"), says(1200n, "a")]))
    assert.isFalse(namesAnotherSum(paid(1300n), asked, [says(1300n)]))
  })

  it("agrees with the sum that was asked where nobody has named what came", () => {
    assert.isFalse(namesAnotherSum(paid(), asked, [says(1200n)]))
    assert.isTrue(namesAnotherSum(paid(), asked, [says(1199n)]))
  })

  it("differs by a cent, by a charge too many and by the currency", () => {
    assert.isTrue(namesAnotherSum(paid(1200n), asked, [says(1199n)]))
    assert.isTrue(namesAnotherSum(paid(1200n), asked, [says(1200n, "a"), says(1200n, "b")]))
    assert.isTrue(namesAnotherSum(paid(1200n), asked, [says(1200n, "a", "JPY")]))
  })

  it("is held against the sum that was asked while a person has yet to judge what came", () => {
    const review = { name: "under_review" as const, received: money(1100n, "EUR") }
    assert.isTrue(namesAnotherSum(review, asked, [says(1100n)]))
    assert.isFalse(namesAnotherSum({ ...review, name: "paid_hard" }, asked, [says(1100n)]))
  })

  it("that names no sum, or whose payment has none, has nothing to differ in", () => {
    assert.isFalse(namesAnotherSum(paid(1200n), asked, []))
    assert.isFalse(namesAnotherSum(paid(1200n), asked, [says()]))
    assert.isFalse(namesAnotherSum(paid(), undefined, [says(5n)]))
  })

  it("is another payment's if it has another name, and not by upper or lower case", () => {
    const named = (providerReference: string) => [{ ...says(1200n), providerReference }]
    assert.isTrue(isOfAnother({ providerReference: "A-1" }, named("A-2")))
    assert.isFalse(isOfAnother({ providerReference: "A-1" }, named("a-1")))
    assert.isFalse(isOfAnother({ providerReference: "A-1" }, [says(1200n)]))
    assert.isFalse(isOfAnother({ providerReference: undefined }, named("A-2")))
  })
})
