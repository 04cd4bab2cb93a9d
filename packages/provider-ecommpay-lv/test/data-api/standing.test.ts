import { assert, describe, it } from "vitest"
import { type DataOperation, toDataOperation, toDataTime } from "../../src/internal/data-api/DataOperation.ts"
import { moneyOf, saleOf, unknownOf } from "../../src/internal/data-api/standing.ts"

let ids = 9_000_000_000_000n
const operation = (type: string, status: string, more: object = {}): DataOperation => {
  ids += 1n
  const wire = {
    project_id: 200n,
    operation_id: ids,
    payment_id: "Order_1",
    operation_type: type,
    operation_status: status,
    operation_created_at: "2026-03-20 14:22:00",
    operation_completed_at: "2026-03-20 14:22:06",
    sum_initial: { amount: "1200", currency: "EUR" },
    ...more
  }
  const read = toDataOperation(wire)
  return read ?? assert.fail("it is about a payment")
}
const later = { operation_completed_at: "2026-03-22 08:00:00" }
const second = Date.parse("2026-03-20T14:22:06Z")
const paid = { _tag: "received", amount: { minorUnits: 1200n, currency: "EUR" } }

/** What the operations say to a project that confirms funds, and to one that does not. */
const says = (...operations: ReadonlyArray<DataOperation>): ReadonlyArray<unknown> =>
  [false, true].map((confirmsFunds) => {
    const told = moneyOf(operations, confirmsFunds)?.says
    return told?._tag === "received"
      ? { _tag: told._tag, amount: { minorUnits: told.amount?.minorUnits, currency: told.amount?.currency } }
      : told?._tag
  })

describe("money by operations", () => {
  it("is there after a sale where nobody confirms it, and elsewhere only when it was confirmed", () => {
    const sale = operation("sale", "success")
    assert.deepEqual(says(sale), [paid, undefined])
    assert.deepEqual(says(sale, operation("payment confirmation", "success")), [undefined, paid])
    assert.deepEqual(says(sale, operation("payment confirmation", "processing")), [undefined, undefined])
    assert.deepEqual(says(sale, operation("payment confirmation", "decline")), [undefined, undefined])
  })

  it("went back when reversals took all of it, whoever confirmed it", () => {
    const sale = operation("sale", "success")
    assert.deepEqual(says(sale, operation("reversal", "success", later)), ["undone", "undone"])
    const half = { ...later, sum_initial: { amount: 600n, currency: "EUR" } }
    assert.deepEqual(says(sale, operation("refund", "success", half), operation("cancel", "success", half)), [
      "undone",
      "undone"
    ])
    assert.deepEqual(
      says(operation("reversal", "success", later), sale, operation("payment confirmation", "decline")),
      ["undone", "undone"]
    )
  })

  it("is left open by a declined try, a part that went back, a reversal that failed, and money that came after it", () => {
    const sale = operation("sale", "success")
    const nothing = [undefined, undefined]
    assert.deepEqual(says(operation("sale", "decline")), nothing)
    assert.deepEqual(says(operation("sale", "expired")), nothing)
    assert.deepEqual(says(), nothing)
    const part = { ...later, sum_initial: { amount: 600n, currency: "EUR" } }
    assert.deepEqual(says(sale, operation("reversal", "success", part)), nothing)
    assert.deepEqual(says(sale, operation("reversal", "decline", later)), nothing)
    assert.deepEqual(says(operation("reversal", "success"), operation("sale", "success", later)), nothing)
    // Two sales under one id may be two sums.
    const confirmed = operation("payment confirmation", "success", later)
    assert.deepEqual(says(sale, operation("sale", "success", later)), nothing)
    assert.deepEqual(says(sale, operation("sale", "success", later), confirmed), nothing)
  })

  it("of the successful try counts, whatever other tries came to", () => {
    const [first, other] = [operation("sale", "success"), operation("sale", "decline", later)]
    assert.strictEqual(saleOf([other, first]), first)
    assert.deepEqual(says(other, first), [paid, undefined])
  })

  it("is never made of a sum that is not whole minor units of a currency", () => {
    for (const amount of ["12.00", "-1200", "1e3", "", 1200.5, null, undefined, { raw: "1200.0" }]) {
      assert.deepEqual(
        says(operation("sale", "success", { sum_initial: { amount, currency: "EUR" } })),
        [undefined, undefined],
        JSON.stringify(amount)
      )
    }
    for (const currency of ["eur", "", null, undefined]) {
      assert.deepEqual(says(operation("sale", "success", { sum_initial: { amount: 1200n, currency } })), [
        undefined,
        undefined
      ])
    }
    const flat = { sum_initial: undefined, amount: 1200n, currency: "EUR" }
    assert.deepEqual(says(operation("sale", "success", flat)), [paid, undefined])
  })

  it("bears the name and the second that callbacks give it", () => {
    const told = moneyOf([operation("sale", "success")], false)
    assert.deepInclude(told, { operation: "sale", providerReference: "order_1", providerTime: second + 400 })
    const undone = moneyOf([operation("sale", "success"), operation("reversal", "success", later)], false)
    assert.deepInclude(undone, { operation: "reversal", providerTime: Date.parse("2026-03-22T08:00:00Z") + 400 })
  })

  it("keeps as evidence the row alone, as it was told", () => {
    const told = moneyOf([operation("sale", "success", { operation_id: 9_529_253_065_607n })], false)
    const [row] = JSON.parse(new TextDecoder().decode(told?.evidence)) as ReadonlyArray<object>
    assert.deepInclude(row, { operation_id: "9529253065607", payment_id: "Order_1", operation_status: "success" })
  })
})

describe("kinds of operations", () => {
  it("that nobody knows are told as unknown words, after everything else", () => {
    const operations = [operation("chargeback", "success"), operation("sale", "success", later)]
    const words = unknownOf(operations)
    assert.deepEqual(
      words.map(({ says: word }) => word),
      [{ _tag: "unknown_word", word: "chargeback: success" }]
    )
    assert.isAbove(words[0]?.providerTime ?? 0, moneyOf(operations, false)?.providerTime ?? Infinity)
  })

  it("that are documented for the method are no unknown words", () => {
    const types = ["sale", "payment confirmation", "reversal", "refund", "cancel"]
    assert.deepEqual(unknownOf(types.map((type) => operation(type, "processing"))), [])
  })
})

describe("times of the Data API", () => {
  it("are whole seconds in UTC", () => {
    assert.strictEqual(toDataTime(second + 999), "2026-03-20 14:22:06")
    assert.strictEqual(operation("sale", "success").completedAt, second)
    for (const text of ["2026-03-20T14:22:06", "20.03.2026 14:22:06", "2026-03-20", "", null]) {
      assert.isUndefined(operation("sale", "success", { operation_completed_at: text }).completedAt)
    }
  })
})
