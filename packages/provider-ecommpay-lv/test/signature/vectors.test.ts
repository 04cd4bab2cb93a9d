import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { canonicalize, readSigned, RawNumber, sign, SignatureError, verify } from "../../src/signature.ts"
import { bytes, handSigned, withSignature } from "./signedBody.ts"

interface Vector {
  readonly name: string
  readonly params: unknown
  readonly paramsJson?: string
  readonly key: string
  readonly expectedString: string
  readonly expectedSignature: string
  readonly sdksAgree: boolean
}

const vectors: ReadonlyArray<Vector> = JSON.parse(
  readFileSync(new URL("../fixtures/signature-vectors.json", import.meta.url), "utf8")
)
const json = (vector: Vector): string => vector.paramsJson ?? JSON.stringify(vector.params)
const named = (name: string): Vector => {
  const vector = vectors.find((candidate) => candidate.name === name)
  assert(vector !== undefined, `no vector ${name}`)
  return vector
}

const refused = new Map([
  ["floats", "not_an_integer"],
  ["big-integers", "integer_too_large"],
  ["root-list-of-objects", "not_an_object"]
])
const accepted = vectors.filter((vector) => !refused.has(vector.name))

describe("the signature vectors of the provider's SDKs", () => {
  it("are all there", () => {
    assert.strictEqual(vectors.length, 42)
    assert.strictEqual(vectors.filter((vector) => vector.sdksAgree).length, 31)
    assert.strictEqual(accepted.length, 39)
  })

  describe.each(accepted)("$name", (vector) => {
    it("is signed as the PHP SDK signs it", () => {
      const body = JSON.parse(json(vector))
      assert.strictEqual(canonicalize(body), vector.expectedString)
      assert.strictEqual(sign(body, vector.key), vector.expectedSignature)
    })

    it("is verified with the signature at the top level, and only with its own key", () => {
      const raw = bytes(withSignature(json(vector), vector.expectedSignature))
      assert.isTrue(verify(raw, [vector.key]))
      assert.isFalse(verify(raw, [`${vector.key}x`]))
    })
  })

  it.each(accepted.filter((vector) => json(vector).includes('"general"')))(
    "$name is verified with the signature in general",
    (vector) => {
      const body = JSON.parse(json(vector))
      body.general.signature = vector.expectedSignature
      assert.isTrue(verify(bytes(JSON.stringify(body)), [vector.key]))
    }
  )
})

describe("bodies on which the SDKs do not agree and that nobody should sign", () => {
  it.each([...refused])("%s is refused with the reason %s", (name, reason) => {
    try {
      sign(JSON.parse(json(named(name))), "secret")
      assert.fail("was signed")
    } catch (error) {
      assert.instanceOf(error, SignatureError)
      assert.strictEqual(error.reason, reason)
    }
  })

  it("fractions are verified by the tokens that were sent, and read as these tokens", () => {
    const text = "a:10.5;b:0.1;c:1.0;d:1e21;e:-0.0;f:1e-7;g:0.30000000000000004"
    const read = readSigned(bytes(withSignature(json(named("floats")), handSigned(text, "secret"))), ["secret"])
    assert(read.verified)
    assert.deepStrictEqual(read.body["c"], new RawNumber("1.0"))
    assert.deepStrictEqual(read.body["d"], new RawNumber("1e21"))
    assert.deepStrictEqual(read.body["g"], new RawNumber("0.30000000000000004"))
  })

  it("integers above 2^53 are verified and read exactly, above 64 bits as their token", () => {
    const text = "int64:9223372036854775807;over:18446744073709551616;safe:9007199254740991;unsafe:9007199254740993"
    const read = readSigned(bytes(withSignature(json(named("big-integers")), handSigned(text, "secret"))), ["secret"])
    assert(read.verified)
    assert.deepStrictEqual(read.body, {
      int64: 9223372036854775807n,
      over: new RawNumber("18446744073709551616"),
      safe: 9007199254740991n,
      unsafe: 9007199254740993n
    })
  })

  it("a bigint of 64 bits is signed as PHP signs it", () => {
    assert.strictEqual(
      canonicalize({ b: -9223372036854775808n, a: 9223372036854775807n, c: 9007199254740993n }),
      "a:9223372036854775807;b:-9223372036854775808;c:9007199254740993"
    )
    assert.throws(() => canonicalize({ a: 9223372036854775808n }), SignatureError, "Cannot sign a: integers")
  })

  it("a list at the root holds no signature that counts", () => {
    const signature = handSigned("0:a:1", "secret")
    assert.deepStrictEqual(readSigned(bytes(`[{"a":1,"signature":"${signature}"}]`), ["secret"]), {
      verified: false,
      problem: "no_signature"
    })
  })
})
