import { assert, describe, it } from "vitest"
import { canonicalize, refuseSeparators, sign, SignatureError } from "../../src/signature.ts"
import type { SignableObject } from "../../src/signature.ts"

/** What callers without types can do. */
const untyped = (body: unknown): SignableObject => body as SignableObject // the point of these tests

const failure = (work: () => unknown): SignatureError => {
  try {
    work()
  } catch (error) {
    assert.instanceOf(error, SignatureError)
    return error
  }
  return assert.fail("nothing was thrown")
}

const nested = (levels: number): SignableObject => {
  let body: SignableObject = { a: 1 }
  for (let i = 1; i < levels; i++) body = { a: body }
  return body
}

describe("canonicalize", () => {
  it("leaves out signature and frame_mode at every depth, in lists too", () => {
    const body = { signature: "x", a: { signature: "x", frame_mode: { b: 1 }, c: [{ signature: "x", d: 2 }] } }
    assert.strictEqual(canonicalize(body), "a:c:0:d:2")
    // A digit in a name takes the general rules.
    assert.strictEqual(canonicalize({ ...body, a1: body.a, frame_mode: 1 }), "a1:c:0:d:2;a:c:0:d:2")
  })

  it("does not change the body", () => {
    const body = { general: { signature: "x", project_id: 1 }, frame_mode: "popup" }
    canonicalize(body)
    assert.deepStrictEqual(body, { general: { signature: "x", project_id: 1 }, frame_mode: "popup" })
  })

  it("keeps the order of keys that are equal in natural order", () => {
    assert.strictEqual(canonicalize({ "k 1": "first", k1: "second" }), "k 1:first;k1:second")
    assert.strictEqual(canonicalize({ k1: "second", "k 1": "first" }), "k1:second;k 1:first")
  })

  it.each([
    ["undefined", undefined],
    ["a date", new Date(0)],
    ["a function", () => 1],
    ["a symbol", Symbol("x")],
    ["a map", new Map([["a", 1]])],
    ["bytes", new Uint8Array(2)]
  ])("refuses %s", (_name, value) => {
    const error = failure(() => canonicalize(untyped({ a: [{ b: value }] })))
    assert.strictEqual(error.reason, "unsupported_value")
    assert.strictEqual(error.path, "a:0:b")
  })

  it.each([
    ["NaN", Number.NaN, "not_an_integer"],
    ["infinity", Number.POSITIVE_INFINITY, "not_an_integer"],
    ["a fraction", 10.5, "not_an_integer"],
    ["an unsafe integer", 2 ** 53, "integer_too_large"],
    ["half a surrogate pair", "\ud83d", "not_well_formed"]
  ])("refuses %s", (_name, value, reason) => {
    const error = failure(() => canonicalize({ payment: { amount: value } }))
    assert.strictEqual(error.reason, reason)
    assert.strictEqual(error.path, "payment:amount")
  })

  it.each([
    ["null", null],
    ["text", "x"],
    ["a number", 1],
    ["a list", []],
    ["undefined", undefined]
  ])("refuses %s at the root", (_name, value) => {
    assert.deepInclude(
      failure(() => canonicalize(untyped(value))),
      { reason: "not_an_object", path: "" }
    )
  })

  it("takes 32 levels and refuses 33, and circles", () => {
    assert.strictEqual(canonicalize(nested(32)), `${"a:".repeat(32)}1`)
    assert.strictEqual(failure(() => canonicalize(nested(33))).reason, "too_deep")
    const list = (levels: number): SignableObject =>
      JSON.parse(`{"a":${"[".repeat(levels)}1${"]".repeat(levels)}}`) as SignableObject // the shape of the text above
    assert.strictEqual(canonicalize(list(31)), `a:${"0:".repeat(31)}1`)
    assert.strictEqual(failure(() => canonicalize(list(32))).path, `a${":0".repeat(31)}`)
    const circle: Record<string, unknown> = {}
    circle["a"] = [circle]
    assert.strictEqual(failure(() => canonicalize(untyped(circle))).reason, "too_deep")
  })

  it.each(["__proto__", "constructor", "prototype"])("refuses the key %s", (key) => {
    const body = JSON.parse(`{"a":{"${key}":1}}`)
    assert.strictEqual(failure(() => canonicalize(body)).reason, "forbidden_key")
  })

  it("refuses what the provider's signer would lose", () => {
    assert.strictEqual(failure(() => canonicalize({ "0": { a: 1 } })).reason, "root_key_lost")
    assert.strictEqual(failure(() => canonicalize({ "": { a: 1 } })).reason, "root_key_lost")
    assert.strictEqual(failure(() => canonicalize({ "0": [1] })).path, "0")
    assert.strictEqual(canonicalize({ "0": null, "": null }), ":;0:")
    assert.strictEqual(canonicalize({ "0": 1, "": "x", a: { "0": { b: 2 }, "": [3] } }), ":x;0:1;a:0:b:2;a::0:3")
    assert.strictEqual(failure(() => canonicalize({ "a:": { b: 1 }, a: { ":b": 2 } })).reason, "same_path")
  })

  it("takes objects without a prototype", () => {
    const body: Record<string, string> = Object.assign(Object.create(null), { b: "2", a: "1" })
    assert.strictEqual(canonicalize(body), "a:1;b:2")
  })

  it("names the key that holds half a surrogate pair", () => {
    assert.strictEqual(failure(() => canonicalize({ b: 1, a: { "x\ud800": 1 } })).path, "a:x\ud800")
    const split = failure(() => canonicalize({ "x\ud83d": "\ude42" }))
    assert.strictEqual(split.reason, "not_well_formed")
    assert.strictEqual(split.path, "x\ud83d")
  })

  it("sorts paths beyond ASCII by their bytes", () => {
    assert.strictEqual(canonicalize({ ā2: 1, ā10: 2, ž: 3, "🙂": 4, a1: 5 }), "a1:5;ā2:1;ā10:2;ž:3;🙂:4")
  })

  it("names the path but never the value in its errors", () => {
    const values = [10.5, 2 ** 60, "secret-person\ud800", 2n ** 70n, Object("secret-person")]
    for (const value of values) {
      const error = failure(() => canonicalize(untyped({ customer: { email: value } })))
      assert.include(error.message, "customer:email")
      assert.notInclude(`${error.stack}${JSON.stringify(error)}`, "secret-person")
      assert.notMatch(error.message, /10\.5|11529|11805/)
      assert.instanceOf(error, TypeError)
    }
  })
})

describe("sign", () => {
  it("refuses an empty secret, with which everybody could sign", () => {
    assert.strictEqual(failure(() => sign({ a: 1 }, "")).reason, "empty_secret")
    assert.strictEqual(failure(() => sign({ a: 1 }, "")).path, "")
    assert.strictEqual(failure(() => sign({ a: 1 }, undefined as unknown as string)).reason, "empty_secret") // untyped callers
  })

  it("never shows the secret in an error", () => {
    const error = failure(() => sign({ a: 0.5 }, "top-secret"))
    assert.notInclude(`${error.message}${error.stack}${JSON.stringify(error)}`, "top-secret")
  })
})

describe("refuseSeparators", () => {
  it("names the path of a value or key that holds a semicolon", () => {
    const error = failure(() => refuseSeparators({ customer: { last_name: "x;payment:status:success" } }))
    assert.strictEqual(error.reason, "separator")
    assert.strictEqual(error.path, "customer:last_name")
    assert.notInclude(error.message, "success")
    assert.strictEqual(failure(() => refuseSeparators({ "a;b": 1 })).reason, "separator")
  })

  it("lets through the named paths and everything without a semicolon", () => {
    const body = { additional_data: { customer: { psu_consent_text: "I agree; continue", first_name: "A:B" } } }
    refuseSeparators(body, ["additional_data:customer:psu_consent_text"])
    assert.strictEqual(failure(() => refuseSeparators(body)).path, "additional_data:customer:psu_consent_text")
    refuseSeparators({ a: "x:y", b: [1, null, true] })
  })
})
