import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { compareNatural } from "../../src/internal/signature/naturalOrder.ts"

const compare = (a: string, b: string): number => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  const end = left.length + right.length
  return Math.sign(compareNatural(Buffer.concat([left, right]), 0, left.length, left.length, end))
}

/** Results of PHP 8.2's strnatcmp. */
const run: ReadonlyArray<readonly [string, string, number]> = [
  ["a001", "a01", -1],
  ["01b", "1a", 1],
  ["a1", "a 1", 0],
  ["x0.5", "x0.05", 1],
  ["a", "a ", -1],
  ["a ", "a", 1],
  [" a", "a", 0],
  ["a 0", "a 00", -1],
  ["a", "A", 1],
  ["", "a", -1],
  ["", "", 0],
  ["a1", "a1 ", -1],
  ["a\0b", "a\0a", 1],
  ["10", "2", 1],
  ["a:0:b", "a:00:b", -1],
  ["a 05", "a 5", -1]
]

describe("natural order", () => {
  it.each(run)("%j against %j is %d, as in PHP", (a, b, expected) => {
    assert.strictEqual(compare(a, b), expected)
    assert.strictEqual(Math.abs(compare(b, a)), Math.abs(expected))
    if (expected !== 0) assert.strictEqual(compare(b, a), -expected)
  })

  it("takes numbers of any length for numbers", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (a, b) => {
        assert.strictEqual(compare(`item${a}x`, `item${b}x`), a < b ? -1 : a > b ? 1 : 0)
      })
    )
  })

  it("is the order of bytes for text without digits and blanks", () => {
    const text = fc.stringMatching(/^[!-/:-~ā-ž]{0,6}$/u)
    fc.assert(
      fc.property(text, text, (a, b) => {
        assert.strictEqual(compare(a, b), Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
      })
    )
  })
})
