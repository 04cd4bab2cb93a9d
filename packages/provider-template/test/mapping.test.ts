import { money } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { observe, statuses } from "../src/internal/mapping.ts"
import type { WirePayment } from "../src/internal/wire.ts"

const amount = { value: "1200", currency: "EUR" }
const payment = (changes: Partial<WirePayment> = {}): WirePayment => ({
  id: "att_1",
  number: "N-1",
  status: "awaiting_payer",
  updated_at: "2026-11-22T10:00:00.007Z",
  total: amount,
  priced_by: "merchant",
  charges: [],
  returns: [],
  ...changes
})
const pages = "https://pay.template.example"
const words = (changes: Partial<WirePayment>) => observe(payment(changes), pages).map((one) => one.says._tag)
const charges = [{ id: "charge-1", amount }]
const returns = [{ id: "return-1", amount }]

describe("the provider's words", () => {
  const expected: Readonly<Record<string, readonly [changes: Partial<WirePayment>, claims: ReadonlyArray<string>]>> = {
    awaiting_payer: [{}, ["working"]],
    processing: [{}, ["working"]],
    promised: [{ promised: amount }, ["promised"]],
    paid: [{ charges }, ["received"]],
    refused: [{}, ["refused"]],
    lapsed: [{}, ["lapsed"]],
    cancelled: [{}, ["withdrawn"]],
    returned: [{ charges, returns }, ["undone"]]
  }

  it("are all told, and each as its document means it", () => {
    assert.deepEqual(Object.keys(expected).toSorted(), Object.keys(statuses).toSorted())
    for (const [status, [changes, claims]] of Object.entries(expected)) {
      assert.deepEqual(words({ status, ...changes }), claims, status)
    }
  })

  it("that no document knows change nothing", () => {
    for (const status of ["sideways", "PAID", "toString", "__proto__"]) {
      assert.deepEqual(words({ status, charges }), ["unknown_word"], status)
    }
    const [strange] = observe(payment({ status: "naudā ✓" }), pages)
    assert.deepEqual(strange?.says, { _tag: "unknown_word", word: "an unprintable word" })
  })

  it("about money without a sum change nothing", () => {
    assert.deepEqual(words({ status: "paid" }), ["unknown_word"])
    assert.deepEqual(words({ status: "promised" }), ["unknown_word"])
  })

  it("about another sum than the provider's own price change nothing; against ours core holds it", () => {
    const listed = { status: "paid", total: { ...amount, value: "1500" } }
    assert.deepEqual(words({ ...listed, priced_by: "list", charges }), ["unknown_word"])
    assert.deepEqual(words({ ...listed, priced_by: "merchant", charges }), ["received"])
    const foreign = [{ id: "charge-1", amount: { value: "1500", currency: "USD" } }]
    assert.deepEqual(words({ ...listed, priced_by: "list", charges: foreign }), ["unknown_word"])
    assert.deepEqual(words({ ...listed, priced_by: "list", charges: [...charges, ...charges] }), [
      "received",
      "received"
    ])
  })
})

describe("a payment's money", () => {
  it("is told for each charge and for each return, so that none is counted twice", () => {
    const observed = observe(payment({ status: "paid", charges, returns }), pages)
    assert.deepEqual(
      observed.map(({ operation, says }) => [says, operation]),
      [
        [{ _tag: "received", amount: money(1200n, "EUR") }, "charge-1"],
        [{ _tag: "undone", amount: money(1200n, "EUR") }, "return-1"]
      ]
    )
  })

  it("has the provider's time, and a time that is none is a deviation", () => {
    assert.equal(observe(payment(), pages)[0]?.providerTime, Date.UTC(2026, 10, 22, 10, 0, 0, 7))
    const [odd] = observe(payment({ updated_at: "yesterday" }), pages)
    assert.deepEqual([odd?.providerTime, odd?.contractDrift], [undefined, true])
  })
})

describe("a payer's next action", () => {
  it("leads only to the provider's own pages", () => {
    const to = (url: string) => words({ action: { kind: "page", url } })
    assert.deepEqual(to(`${pages}/pay/1`), ["action_needed"])
    for (const url of ["https://pay.template.example.evil.example/1", "http://pay.template.example/1", "no address"]) {
      assert.deepEqual(to(url), ["unknown_word"], url)
    }
  })
})
