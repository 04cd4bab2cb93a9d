import { assert, describe, it } from "vitest"
import { plainText } from "../../src/internal/signature/plainText.ts"

describe("the short way to the signed text", () => {
  it("is taken for names of letters and values that can be signed", () => {
    assert.strictEqual(
      plainText({ b: [1, { d: true, c: null }], a: "x;y", B_: false, frame_mode: 1, signature: "s", e: [], f: {} }),
      "B_:0;a:x;y;b:0:1;b:1:c:;b:1:d:1"
    )
    assert.strictEqual(plainText({}), "")
  })

  it("sorts many names as it does few", () => {
    const names = Array.from({ length: 60 }, (_, i) => String.fromCharCode(97 + (i % 26)).repeat(1 + (i >> 3)))
    const body = Object.fromEntries(names.map((name) => [name, 1]))
    const expected = Object.keys(body).toSorted((a, b) => (a < b ? -1 : 1))
    assert.strictEqual(plainText(body), expected.map((name) => `${name}:1`).join(";"))
  })

  it("goes on when more names were seen than are kept", () => {
    const name = (i: number) => `n${String(i).replaceAll(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "")}`
    for (let i = 0; i < 3000; i++) assert.strictEqual(plainText({ [name(i)]: i }), `${name(i)}:${i}`)
  })

  it.each([
    ["digits in a name", { a1: 1 }],
    ["a colon in a name", { "a:b": 1 }],
    ["an empty name", { "": 1 }],
    ["a name that reaches a prototype", JSON.parse('{"__proto__":1}')],
    ["a name deep within", { a: [{ b: { c2: 1 } }] }],
    ["a fraction", { a: 0.5 }],
    ["an unsafe integer", { a: 2 ** 53 }],
    ["a bigint", { a: 1n }],
    ["undefined", { a: undefined }],
    ["a date", { a: new Date(0) }],
    ["an object without a prototype", { a: Object.create(null) }],
    ["half a surrogate pair", { a: "\ud800" }],
    ["a list at the root", [1]],
    ["nothing", null]
  ])("is not taken for %s", (_name, body: unknown) => {
    assert.isUndefined(plainText(body))
  })

  it("is not taken beyond the limit of depth, nor in a circle", () => {
    const nested = (levels: number): object => (levels === 0 ? { a: 1 } : { a: nested(levels - 1) })
    assert.isDefined(plainText(nested(31)))
    assert.isUndefined(plainText(nested(32)))
    const circle: { a?: unknown } = {}
    circle.a = circle
    assert.isUndefined(plainText(circle))
  })
})
