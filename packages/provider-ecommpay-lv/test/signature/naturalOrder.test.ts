import { createHash } from "node:crypto"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { compareNatural } from "../../src/internal/signature/naturalOrder.ts"

/** Compares two texts that stand in one buffer, with `around` before, between and behind them. */
const compare = (a: string, b: string, around = ""): number => {
  const at = (text: string): number => Buffer.byteLength(text)
  const bStart = at(around + a + around)
  const buffer = Buffer.from(around + a + around + b + around)
  return Math.sign(compareNatural(buffer, at(around), at(around + a), bStart, bStart + at(b)))
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

/** All texts of up to `length` of these characters, shorter ones first. */
const allTexts = (characters: string, length: number): ReadonlyArray<string> => {
  const shorter = length === 0 ? [] : allTexts(characters, length - 1)
  const longest = shorter.filter((text) => text.length === length - 1)
  return length === 0 ? [""] : [...shorter, ...longest.flatMap((text) => Array.from(characters, (one) => text + one))]
}

/**
 * SHA-256 of PHP 8.2's answers for all pairs of such texts, each a `<`, `=` or `>`, in this order:
 * `foreach ($texts as $a) foreach ($texts as $b) $answers .= "<=>"[strnatcmp($a, $b) + 1];`
 */
const allPairs: ReadonlyArray<readonly [characters: string, length: number, sha256: string]> = [
  ["01 a", 3, "1215a14a70f2d9d98acde3192cfa0fc46f08588ac38f590d84e1b76aac130e33"],
  ["\b\t\r\u000e /09:", 2, "6c597c6ef87a976fb2c3317d4e6211b8c10e7e9e2bbb4aff6c38444cbc80e219"]
]

describe("natural order", () => {
  describe.each(allPairs)("of all pairs of %j up to length %d", (characters, length, sha256) => {
    it.each(["", "1", " "])("is PHP's, with %j around the compared texts", (around) => {
      const texts = allTexts(characters, length)
      const answers = texts.map((a) => texts.map((b) => "<=>".charAt(compare(a, b, around) + 1)).join("")).join("")
      assert.strictEqual(createHash("sha256").update(answers).digest("hex"), sha256)
    })
  })

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
