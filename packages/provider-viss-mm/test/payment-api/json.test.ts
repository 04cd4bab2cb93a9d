import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { type JsonValue, makeJson } from "../../src/internal/payment-api/json.ts"

const json = await Effect.runPromise(makeJson)
const read = (text: string | Uint8Array): JsonValue =>
  Result.getOrThrow(json.read(typeof text === "string" ? Buffer.from(text) : text))
const problem = (text: string | Uint8Array): string => {
  const refused = Result.getOrThrow(Result.flip(json.read(typeof text === "string" ? Buffer.from(text) : text)))
  assert.notInclude(refused.message, "kanarijs")
  return refused.problem
}
const number = (digits: string) => ({ _tag: "number", digits }) as const

describe("JSON that MM sends", () => {
  it.each(["1.10", "0.1", "123456789012345678901234567890.123456789", "-0.00", "1e5", "0"])(
    "keeps the digits of %s",
    (digits) => assert.deepStrictEqual(read(digits), number(digits))
  )

  it("has members by their names in lower case, and Latvian text as it is", () => {
    const value = read('\uFEFF{"PaymentRequestId":"Ķekava āčēģī \\u0161","Amount":8.20,"x":[true,null]}')
    assert.deepStrictEqual(
      value,
      new Map<string, JsonValue>([
        ["paymentrequestid", "Ķekava āčēģī š"],
        ["amount", number("8.20")],
        ["x", [true, null]]
      ])
    )
  })

  it("gives nobody a prototype", () => {
    const value = read('{"__proto__":{"status":"E"},"constructor":"x"}')
    assert.instanceOf(value, Map)
    assert.deepStrictEqual([...(value as ReadonlyMap<string, JsonValue>).keys()], ["__proto__", "constructor"])
  })

  it.each([
    ["a member twice", '{"RequestStatus":"R","RequestStatus":"E"}', "duplicate_element"],
    ["a member twice in another case", '{"RequestStatus":"R","requestStatus":"E"}', "duplicate_element"],
    ["nesting that is too deep", `${"[".repeat(20)}${"]".repeat(20)}`, "too_deep"],
    ["nesting that breaks parsers", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "too_deep"],
    ["a closed bracket more, which makes no room for others", `${"]".repeat(9)}${"[".repeat(20)}`, "not_well_formed"],
    ["too many values", `[${"0,".repeat(200_001)}0]`, "too_many_nodes"],
    ["no JSON", "kanarijs", "not_well_formed"],
    ["nothing", "", "not_well_formed"],
    ["half of it", '{"kanarijs":', "not_well_formed"],
    ["the guide's URL without quotes", '{"paymentRequestUrl":https://kanarijs.example/}', "not_well_formed"],
    ["the guide's quotes", '{"Number”: "kanarijs"}', "not_well_formed"],
    ["the guide's missing comma", '{"RequestStatus": "R"\n"PaymentProvider": "kanarijs"}', "not_well_formed"],
    ["a number with a leading zero", "01", "not_well_formed"],
    ["two texts", '"kanarijs" "x"', "not_well_formed"]
  ])("is refused with %s, and the message shows nothing of it", (_what, text, expected) => {
    assert.strictEqual(problem(text), expected)
  })

  it("is nested by its brackets, not by those in its texts", () => {
    const text = "[[[[".repeat(20) + '\\"'
    assert.deepStrictEqual(read(JSON.stringify([text, "\\", text])), [text, "\\", text])
  })

  it("is refused when it is not UTF-8", () => {
    assert.strictEqual(problem(Buffer.from('"kanarijs \u00e4"', "latin1")), "not_utf8")
  })
})

describe("JSON that is sent", () => {
  it("has each number with its own digits", () => {
    assert.strictEqual(
      json.write({ Item: json.number("12.10"), NoInvoice: true, PaymentObject: 'ā"\u2028', Absent: undefined }),
      '{"Item":12.10,"NoInvoice":true,"PaymentObject":"ā\\"\u2028"}'
    )
  })
})
