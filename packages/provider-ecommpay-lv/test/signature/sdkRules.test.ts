import { assert, describe, it } from "vitest"
import { type JsonObject, RawNumber } from "../../src/internal/signature/JsonValue.ts"
import { ourRule, ruleText, sdkRules } from "../../src/internal/signature/sdkRules.ts"

const inOrder = (keys: ReadonlyArray<string>, rule: (typeof sdkRules)["npm"]): string =>
  ruleText(Object.fromEntries(keys.map((key) => [key, ""])), rule)

describe("the text by a rule", () => {
  it("spells every kind of value", () => {
    const body: JsonObject = { a: true, b: false, c: null, d: ["x", 7n], e: { f: new RawNumber("1.50") }, g: [], h: {} }
    assert.strictEqual(ruleText(body, ourRule), "a:1;b:0;c:;d:0:x;d:1:7;e:f:1.50")
  })

  it("doubles colons of keys as each SDK does", () => {
    const body: JsonObject = { "a:b": { "c:d": "x" } }
    assert.strictEqual(ruleText(body, sdkRules.php), "a::b:c::d:x")
    assert.strictEqual(ruleText(body, sdkRules.python), "a::b:c::d:x")
    assert.strictEqual(ruleText(body, sdkRules.go), "a::b:c:d:x")
    assert.strictEqual(ruleText(body, sdkRules.npm), "a:b:c:d:x")
  })
})

describe("the order of the npm package", () => {
  it("has indexes first and by number, other keys by their code units, on each level alone", () => {
    assert.strictEqual(inOrder(["b", "10", "a", "9", "B", "0", "-1"], sdkRules.npm), "0:;9:;10:;-1:;B:;a:;b:")
    const levels: JsonObject = { b: { c: "1", 10: "2", 9: "3" }, a: { z: "4", y: { 2: "5", 1: "6" } } }
    assert.strictEqual(ruleText(levels, sdkRules.npm), "a:y:1:6;a:y:2:5;a:z:4;b:9:3;b:10:2;b:c:1")
  })

  it("is that of an object's own keys in JavaScript, at the borders of what is an index", () => {
    const keys = ["4294967294", "4294967295", "4294967296", "01", "1", "1a", "a1", "00", "0", "12345678901", "20", "3"]
    const listed = Object.keys(Object.fromEntries(keys.toSorted().map((key) => [key, ""])))
    assert.strictEqual(inOrder(keys.toReversed(), sdkRules.npm), listed.map((key) => `${key}:`).join(";"))
    assert.strictEqual(inOrder(keys, sdkRules.npm), listed.map((key) => `${key}:`).join(";"))
  })
})

describe("the order of the others", () => {
  it("is by bytes in Python and, with the value, in Go, and by nature in PHP", () => {
    const body: JsonObject = { a10: "1", a9: "2", a: "3", "a ": "4" }
    assert.strictEqual(ruleText(body, sdkRules.python), "a:3;a :4;a10:1;a9:2")
    assert.strictEqual(ruleText(body, sdkRules.go), "a :4;a10:1;a9:2;a:3")
    assert.strictEqual(ruleText(body, sdkRules.php), ruleText(body, ourRule))
    assert.isBelow(
      ruleText(body, sdkRules.php).indexOf("a9"),
      ruleText(body, sdkRules.php).indexOf("a10"),
      "numbers within names count as numbers"
    )
  })
})

// As PHP 8.2 and Python 3 print them when they have read them as JSON.
describe("a number as it was written", () => {
  it.each([
    ["7", "7", "7", "7", "7"],
    ["-0", "0", "0", "0", "0"],
    ["0.0", "0", "0", "0.0", "0"],
    ["-0.0", "-0", "0", "-0.0", "0"],
    ["1.50", "1.5", "1.5", "1.5", "1"],
    ["-1.5", "-1.5", "-1.5", "-1.5", "-1"],
    ["1500.0", "1500", "1500", "1500.0", "1500"],
    ["0.0001", "0.0001", "0.0001", "0.0001", "0"],
    ["0.00012", "0.00012", "0.00012", "0.00012", "0"],
    ["0.00001", "1.0E-5", "0.00001", "1e-05", "0"],
    ["0.000015", "1.5E-5", "0.000015", "1.5e-05", "0"],
    ["1e13", "10000000000000", "10000000000000", "10000000000000.0", "10000000000000"],
    ["1e14", "1.0E+14", "100000000000000", "100000000000000.0", "100000000000000"],
    ["1.25e15", "1.25E+15", "1250000000000000", "1250000000000000.0", "1250000000000000"],
    ["1e16", "1.0E+16", "10000000000000000", "1e+16", "10000000000000000"],
    ["1.5e100", "1.5E+100", "1.5e+100", "1.5e+100", "-9223372036854775808"],
    ["0.123456789012345678", "0.12345678901235", "0.12345678901234568", "0.12345678901234568", "0"],
    [
      "9223372036854775807",
      "9223372036854775807",
      "9223372036854776000",
      "9223372036854775807",
      "-9223372036854775808"
    ],
    ["9223372036854775808", "9.2233720368548E+18", "9223372036854776000", "9223372036854775808", "-9223372036854775808"]
  ])("%s is %s in PHP, %s in npm, %s in Python and %s in Go", (token, php, npm, python, go) => {
    const spelt = [sdkRules.php, sdkRules.npm, sdkRules.python, sdkRules.go].map(({ number }) => number(token))
    assert.deepStrictEqual(spelt, [php, npm, python, go])
    assert.strictEqual(ourRule.number(token), token)
  })
})
