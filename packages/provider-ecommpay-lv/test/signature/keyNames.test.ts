import { assert, describe, it } from "vitest"
import { NULL, scalar } from "../../src/internal/signature/JsonNode.ts"
import { JsonScanner } from "../../src/internal/signature/JsonScanner.ts"
import { isPlainKey, isPlainName } from "../../src/internal/signature/keyNames.ts"
import { bytes } from "./signedBody.ts"

/** What a body without plain keys costs is that its paths are compared; the signed text is the same. */
const isPlain = (key: string): boolean => {
  const range = bytes(`1${key}1`)
  const answer = isPlainKey(range, 1, range.length - 1)
  assert.strictEqual(isPlainName(key), answer)
  const scanner = new JsonScanner(bytes(JSON.stringify({ a: { [key]: 1 }, b: 2 })))
  assert.isDefined(scanner.scan())
  assert.strictEqual(scanner.hasOnlyPlainKeys, answer)
  return answer
}

describe("a key", () => {
  it.each(["a", "z", "A", "Z", "_", "payment_id", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"])(
    "%j is plain: sorting it by its bytes sorts the paths",
    (key) => assert.isTrue(isPlain(key))
  )

  it.each(["", "1", "a1", "1a", "a-b", "a b", " ", "a:", ":", "@", "[", "`", "{", "^", "ā", "aā", "aa1", "1aa"])(
    "%j is not plain",
    (key) => assert.isFalse(isPlain(key))
  )
})

describe("a scalar", () => {
  it("has no members", () => {
    assert.deepStrictEqual(scalar(NULL, 0, 4).members, [])
  })
})
