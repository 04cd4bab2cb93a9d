import { type ListedPayment, money } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { makeJson } from "../../src/internal/payment-api/json.ts"
import { readRows } from "../../src/internal/payment-api/answers.ts"
import { joinRows, paymentFilter, requestFilter } from "../../src/internal/payment-api/listing.ts"

const json = await Effect.runPromise(makeJson)
const id = "a2a4b66a-a0b7-4b1d-bcc3-3d5a8d30b2b1"
const other = "b6a4b66a-b1b7-4b1d-bcc3-3d5a8d30b3c2"
const span = { from: Date.UTC(2020, 6, 24, 5), to: Date.UTC(2020, 6, 25) }

const row = (total: string, more = ""): string =>
  `{"PaymentRequestUniqueId":"${id}","Number":"ABC-123","StartDate":"2020-07-24","TotalAmount":${total},"Currency":"EUR","UsageStatus":"Izmantots"${more}}`
const payment = (amount: string, word: string, currency = "EUR", of = id): string =>
  `{"PaymentRequestUniqueId":"${of}","PaymentDate":"2020-07-24","ExternalId":"2589","Amount":${amount},"Currency":"${currency}","StatusCode":"${word}"}`

const rows = (...texts: ReadonlyArray<string>) => Result.getOrThrow(readRows(Buffer.from(`[${texts.join(",")}]`), json))
const join = (requests: ReadonlyArray<string>, payments: ReadonlyArray<string>) =>
  joinRows(rows(...requests), rows(...payments))
const one = (requests: ReadonlyArray<string>, payments: ReadonlyArray<string>): ListedPayment => {
  const [listed, ...more] = Result.getOrThrow(join(requests, payments))
  assert.lengthOf(more, 0)
  return listed ?? assert.fail("nothing listed")
}
const said = (payments: ReadonlyArray<string>, total = "123.45") =>
  one([row(total)], payments).observations.map(({ says }) => says)

describe("a payment request in MM's list", () => {
  it("has its sum, and says nothing of its state while no money came", () => {
    const listed = one([row("123.45")], [])
    assert.deepStrictEqual(listed, {
      providerReference: id,
      observations: [],
      amount: money(12_345n, "EUR")
    })
  })

  it("of the guide's sample, with a refused try and a paid part, has the paid part alone", () => {
    assert.deepEqual(said([payment("123.45", "R"), payment("42.69", "E")]), [
      { _tag: "received", amount: money(4269n, "EUR") }
    ])
  })

  it("has the sum of all its executed payments, exactly", () => {
    assert.deepEqual(said([payment("0.10", "E"), payment("0.20", "E"), payment("4503599627370495.15", "E")]), [
      { _tag: "received", amount: money(450_359_962_737_049_545n, "EUR") }
    ])
  })

  it.each(["R", "P", "O", "e", "X"])("is neither paid nor ended by a payment with %s", (word) => {
    assert.deepStrictEqual(said([payment("123.45", word)]), [])
  })

  it("paid in two currencies tells the one that was not asked for, and that something is wrong", () => {
    const [observed, ...more] = one([row("10.00")], [payment("10.00", "E"), payment("5.00", "E", "USD")]).observations
    assert.lengthOf(more, 0)
    assert.deepEqual(observed?.says, { _tag: "received", amount: money(500n, "USD") })
    assert.isTrue(observed?.contractDrift)
  })

  it("keeps its own rows as evidence and nobody else's", () => {
    const [observed] = one([row("1.00")], [payment("1.00", "E"), payment("2.00", "E", "EUR", other)]).observations
    const evidence = Buffer.from(observed?.evidence ?? []).toString()
    assert.include(evidence, '"amount":"1.00"')
    assert.notInclude(evidence, other)
    assert.strictEqual(observed?.trust, "proven")
  })

  it("is tied to its payments whatever the case of the id", () => {
    const upper = payment("1.00", "E").replace(id, id.toUpperCase())
    assert.lengthOf(one([row("1.00")], [upper]).observations, 1)
  })

  it("takes a sum that is written as a text", () => {
    assert.deepEqual(one([row('"8.20"')], []).amount, money(820n, "EUR"))
  })
})

describe("a list that breaks its word", () => {
  it.each([
    ["a request twice", [row("1.00"), row("1.00")], []],
    ["a request without an id", [row("1.00").replace(id, "1")], []],
    ["a payment without an id", [row("1.00")], [payment("1.00", "E").replace(id, "")]],
    ["a sum with three decimals", [row("1.001")], []],
    ["a sum that is no number", [row('"x"')], []],
    ["a sum below zero", [row("1.00")], [payment("-1.00", "E")]],
    ["a sum with an exponent", [row("1e5")], []],
    ["no currency", [row("1.00").replace("EUR", "")], []],
    ["a payment without a letter", [row("1.00")], [payment("1.00", " ")]]
  ])("with %s is no list at all", (_what, requests, payments) => {
    const trouble = Result.getOrThrow(Result.flip(join(requests, payments)))
    assert.strictEqual(trouble.situation, "not_understood")
    assert.notInclude(trouble.detail ?? "", id)
  })
})

describe("the filters of a span", () => {
  it("name its first and last millisecond in Riga", () => {
    assert.deepStrictEqual(requestFilter({ from: Date.UTC(2026, 0, 31, 22), to: Date.UTC(2026, 1, 1, 0, 0, 0, 500) }), {
      CreatedDateFrom: "2026-02-01T00:00:00+02:00",
      CreatedDateTill: "2026-02-01T02:00:00.499+02:00"
    })
  })

  it("ask for payments as long as a request of the span may be paid", () => {
    const { PaymentDateFrom, PaymentDateTill } = paymentFilter(span)
    assert.strictEqual(PaymentDateFrom, "2020-07-24T08:00:00+03:00")
    assert.isAbove(Date.parse(typeof PaymentDateTill === "string" ? PaymentDateTill : ""), span.to + 366 * 86_400_000)
  })
})
