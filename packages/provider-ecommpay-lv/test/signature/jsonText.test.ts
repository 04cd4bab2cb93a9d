import { assert, describe, it } from "vitest"
import { canonicalize, RawNumber, readSigned } from "../../src/signature.ts"
import type { JsonObject } from "../../src/signature.ts"
import { bytes, handSigned, withSignature } from "./signedBody.ts"

const secret = "text-secret"

/** What is read from a JSON object that was signed as `canonical`, or why it is not. */
const read = (json: string, canonical: string): JsonObject | string => {
  const result = readSigned(bytes(withSignature(json, handSigned(canonical, secret))), [secret])
  return result.verified ? result.body : result.problem
}

const escaped = (point: number): string =>
  Array.from(String.fromCodePoint(point), (character) =>
    Array.from({ length: character.length }, (_, i) => {
      return `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`
    }).join("")
  ).join("")

describe("escapes", () => {
  it.each([
    0x00, 0x1f, 0x30, 0x39, 0x41, 0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0xaf0f, 0xd7ff, 0xe000, 0xffff, 0x1_00_00, 0x1_03_ff,
    0x1_04_00, 0x3_ff_ff, 0x4_00_00, 0x10_fc_00, 0x10_ff_ff
  ])("of U+%x stand for the character, in both cases of their digits", (point) => {
    const character = String.fromCodePoint(point)
    const lower = escaped(point)
    const upper = lower.replaceAll(/[a-f]/g, (digit) => digit.toUpperCase())
    for (const escape of [lower, upper]) {
      assert.deepStrictEqual(read(`{"a":"x${escape} y${escape}"}`, `a:x${character} y${character}`), {
        a: `x${character} y${character}`
      })
    }
  })

  it.each([
    String.raw`\u00/0`,
    String.raw`\u00:0`,
    String.raw`\u00@0`,
    String.raw`\u00G0`,
    "\\u00`0",
    String.raw`\u00g0`,
    String.raw`\u000`,
    String.raw`\udc00`,
    String.raw`\udfff`,
    String.raw`\ud800`,
    String.raw`\udbff`,
    String.raw`\ud800\udbff`,
    String.raw`\ud800\ue000`,
    String.raw`\ud800\u12g4`,
    String.raw`\ud800\xdc00`,
    String.raw`\ud800xudc00`,
    String.raw`\a`,
    String.raw`\0`,
    String.raw`\'`,
    String.raw`\U0041`,
    "\\n\u001f",
    "\\n\n",
    "\u001f"
  ])("%j is no JSON text", (text) => {
    assert.strictEqual(read(`{"a":"${text}"}`, "a:1"), "not_json")
  })

  it("may be in keys, which are compared as the text they stand for", () => {
    const escape = String.raw`\u0061`
    const body = { a: 1n, ab: 2n, ac: 3n }
    assert.deepStrictEqual(read(`{"${escape}":1,"ab":2,"ac":3}`, "a:1;ab:2;ac:3"), body)
    assert.deepStrictEqual(read(`{"ac":3,"ab":2,"${escape}":1}`, "a:1;ab:2;ac:3"), body)
    assert.deepStrictEqual(read(`{"${escape}c":3,"${escape}b":2,"a":1}`, "a:1;ab:2;ac:3"), body)
  })
})

describe("keys", () => {
  it.each([
    "generals",
    "gen",
    "gener_l",
    "signatures",
    "signatura",
    "s",
    "frame_modes",
    "frame_node",
    "frame",
    "constructors",
    "constructer",
    "prototypes",
    "prototipe",
    "__proto",
    "__proto___",
    "__prota__",
    "_"
  ])("%s is a key like any other, though it resembles one with a meaning", (key) => {
    assert.deepStrictEqual(read(`{"${key}":{"b":1}}`, `${key}:b:1`), { [key]: { b: 1n } })
    assert.strictEqual(canonicalize({ [key]: { b: 1 } }), `${key}:b:1`)
  })

  const letters = Array.from("zyxwvutsrqponmlkjihgfedcba_ZYXWVUTSRQPONMLKJIHGFEDCBA")

  it.each([2, 3, 22, 23, 24, 25, 26, letters.length])("are sorted where there are %d of them", (count) => {
    const keys = letters.slice(0, count)
    const sorted = keys.toSorted().map((key) => `${key}:1`)
    assert.strictEqual(canonicalize(Object.fromEntries(keys.map((key) => [key, 1]))), sorted.join(";"))
    assert.isObject(read(`{${keys.map((key) => `"${key}":1`).join(",")}}`, sorted.join(";")))
    for (const again of keys.filter((_, i) => i % 10 === 0 || i === count - 1)) {
      const twice = [...keys, again].map((key) => `"${key}":1`)
      assert.strictEqual(read(`{${twice.join(",")}}`, sorted.join(";")), "duplicate_key")
    }
  })

  it("are sorted beside an empty one", () => {
    for (const json of ['{"a":{"b":1,"":2},"":3}', '{"":3,"a":{"":2,"b":1}}']) {
      assert.deepStrictEqual(read(json, ":3;a::2;a:b:1"), { "": 3n, a: { "": 2n, b: 1n } })
      assert.strictEqual(canonicalize(JSON.parse(json)), ":3;a::2;a:b:1")
    }
  })
})

describe("numbers", () => {
  it.each(["0", "-1", "10", "1000000000000000000", "9223372036854775807", "-9223372036854775808"])(
    "%s is read as a bigint",
    (token) => {
      assert.deepStrictEqual(read(`{"a":${token}}`, `a:${token}`), { a: BigInt(token) })
    }
  )

  it.each([
    "-0",
    "0.0",
    "-0.5",
    "1E5",
    "1e+5",
    "1E-05",
    "0e0",
    "12.34e56",
    "9223372036854775808",
    "-9223372036854775809",
    "10000000000000000000"
  ])("%s is kept as its token", (token) => {
    const body = read(`{"a":${token}}`, `a:${token}`)
    assert.deepStrictEqual(body, { a: new RawNumber(token) })
    assert.nestedPropertyVal(body, "a.raw", token)
  })

  it.each(["-", "--1", "-a", "00", "-01", "1.e5", "1e+", "1e-", "1e+-5", "1.2.3", "1e5e5", "1e5.0", "1/2", "1:2", "/"])(
    "%s is no JSON text",
    (token) => {
      assert.strictEqual(read(`{"a":${token}}`, `a:${token}`), "not_json")
    }
  )
})

describe("lists and blanks", () => {
  it("are read at every place where JSON allows them", () => {
    for (const blank of [" ", "\n", "\r", "\t", " \t\r\n"]) {
      const json = '@{@"a"@:@[@1@,@[@]@,@{@}@,@null@]@,@"b"@:@{@"c"@:@true@}@}'.replaceAll("@", blank)
      const body = { a: [1n, [], {}, null], b: { c: true } }
      const signed = withSignature(json, handSigned("a:0:1;a:3:;b:c:1", secret))
      assert.deepInclude(readSigned(bytes(`${signed}${blank}`), [secret]), { verified: true, body })
    }
  })

  it.each(["\v", "\f", "\b", "\u000e", "\u001f", "!", "\u00a0"])("%j is no blank", (character) => {
    assert.strictEqual(read(`{"a":${character}1}`, "a:1"), "not_json")
    assert.strictEqual(read(`${character}{"a":1}`, "a:1"), "not_json")
  })

  it("of 31 levels in an object are read, and of 32 refused", () => {
    const json = (levels: number): string => `{"a":${"[".repeat(levels)}1${"]".repeat(levels)}}`
    assert.isObject(read(json(31), `a:${"0:".repeat(31)}1`))
    assert.strictEqual(read(json(32), `a:${"0:".repeat(32)}1`), "too_deep")
  })

  it.each([
    "[",
    "[1",
    "[,1]",
    "[1,,2]",
    "[1,]",
    "[1}",
    "[1:2]",
    "[1;2]",
    '{xb":1}',
    '{"b":1;"c":2}',
    '{"b"}',
    '{"b",1}',
    '{,"b":1}',
    '{"b":1,,"c":1}',
    "{1}"
  ])("%s is no JSON text", (value) => {
    assert.strictEqual(read(`{"a":${value}}`, "a:1"), "not_json")
  })

  it.each(["falsy", "fals", "nulL", "True", "trua", "t", "undefined"])("%s is no literal", (value) => {
    assert.strictEqual(read(`{"a":${value}}`, "a:1"), "not_json")
  })
})
