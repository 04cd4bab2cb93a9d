import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { parseStrict } from "../src/internal/strictJson.ts"

const read = (text: string) => parseStrict(new TextEncoder().encode(text))
const problemOf = (text: string): string | undefined => {
  const result = read(text)
  return Result.isFailure(result) ? result.failure : undefined
}

describe("strict JSON", () => {
  it("reads what JSON.parse reads", () => {
    for (const text of [
      '{"a":[1,{"b":"x:y"}],"c":"{\\"a\\":1}"}',
      "[]",
      '{"a":{"a":{"a":null}}}',
      '[{"a":1},{"a":2}]'
    ]) {
      assert.deepEqual(read(text), Result.succeed(JSON.parse(text)))
    }
  })

  it("refuses a name that stands twice, also spelled in another way", () => {
    assert.equal(problemOf('{"a":1,"b":2,"a":3}'), "a name stands twice")
    assert.equal(problemOf('{"x":{"a":1,"\\u0061":3}}'), "a name stands twice")
  })

  it("refuses a poisonous name", () => {
    assert.equal(problemOf('{"__proto__":{"status":"paid"}}'), "it has a poisonous name")
    assert.equal(problemOf('{"\\u005f_proto__":1}'), "it has a poisonous name")
  })

  it("refuses what is nested too deep, what is no JSON and what is no UTF-8", () => {
    assert.equal(problemOf(`${"[".repeat(17)}${"]".repeat(17)}`), "it is nested too deep")
    assert.equal(problemOf('{"a":}'), "it is not JSON")
    assert.deepEqual(parseStrict(Uint8Array.of(0x22, 0xff, 0x22)), Result.fail("it is not JSON"))
  })
})
