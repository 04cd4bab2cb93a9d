import { assert, describe, it } from "vitest"
import {
  canonicalize,
  RawNumber,
  readSigned,
  refuseSeparators,
  sign,
  SignatureError,
  verify
} from "../../src/signature.ts"
import type { JsonObject } from "../../src/signature.ts"
import { bytes, handSigned, signed, withSignature } from "./signedBody.ts"

const secret = "secret"

const read = (json: string, canonical: string): JsonObject => {
  const result = readSigned(bytes(json.replaceAll("$", handSigned(canonical, secret))), [secret])
  assert(result.verified, result.verified ? "" : result.problem)
  return result.body
}

const withEmpty = (name: string): string => `{"payment":{"id":"1"},"${name}":[],"signature":"$"}`

const isParameter = (key: string): boolean => /^(payment|customer)_/.test(key)

describe("what no signature covers", () => {
  it.each([
    ["frame_mode at the top", '{"a":1,"frame_mode":"popup","signature":"$"}'],
    ["frame_mode with content", '{"a":1,"frame_mode":{"status":"success"},"signature":"$"}'],
    ["an empty list", '{"a":1,"payment":[],"signature":"$"}'],
    ["an empty object", '{"a":1,"payment":{},"signature":"$"}'],
    ["an object of empty ones", '{"a":1,"payment":{"sum":{"x":[[],{}]}},"signature":"$"}'],
    ["frame_mode below", '{"a":1,"payment":{"frame_mode":{"status":"success"}},"signature":"$"}']
  ])("%s is not in the body", (_name, json) => {
    assert.deepStrictEqual(read(json, "a:1"), { a: 1n })
  })

  it("items behind the last signed one are not in the list, and earlier empty ones keep their places", () => {
    assert.deepStrictEqual(read('{"l":[[],1,{"frame_mode":2},3,[],{}],"signature":"$"}', "l:1:1;l:3:3"), {
      l: [[], 1n, {}, 3n]
    })
  })

  it("the signature itself is not in the body", () => {
    assert.deepStrictEqual(read('{"general":{"signature":"$","id":"x"}}', "general:id:x"), { general: { id: "x" } })
  })

  it("renaming an empty member changes neither the signature nor the body", () => {
    assert.deepStrictEqual(read(withEmpty("encrypted"), "payment:id:1"), read(withEmpty("status"), "payment:id:1"))
  })
})

describe("readSigned", () => {
  it("sorts naturally where only the first letter of a key asks for it", () => {
    assert.deepStrictEqual(read('{" b":1,"a":2,"signature":"$"}', "a:2; b:1"), { " b": 1n, a: 2n })
    assert.strictEqual(canonicalize({ " b": 1, a: 2 }), "a:2; b:1")
  })

  it("gives every kind of value as it was signed", () => {
    const json = String.raw`{"s":"J\u0101nis \"\\\/\b\f\n\r\t \ud83d\ude42 ā","t":true,"f":false,"n":null,"l":["x"],"signature":"$"}`
    const text = 'Jānis "\\/\b\f\n\r\t 🙂 ā'
    assert.deepStrictEqual(read(json, `f:0;l:0:x;n:;s:${text};t:1`), { s: text, t: true, f: false, n: null, l: ["x"] })
  })

  it("keeps apart a number and an object that looks like one", () => {
    const number = read('{"a":1.5,"signature":"$"}', "a:1.5")["a"]
    const object = read('{"a":{"raw":"1.5"},"signature":"$"}', "a:raw:1.5")["a"]
    assert.instanceOf(number, RawNumber)
    assert.notInstanceOf(object, RawNumber)
  })

  it("gives zero below zero as its token, since bigints have none", () => {
    assert.deepStrictEqual(read('{"a":-0,"b":0,"signature":"$"}', "a:-0;b:0")["b"], 0n)
    assert.instanceOf(read('{"a":-0,"b":0,"signature":"$"}', "a:-0;b:0")["a"], RawNumber)
  })
})

describe("a Payment Page address split again into a callback", () => {
  // The payer chose this last name, and sees the signature in the address of the page.
  const parameters = {
    project_id: 200,
    payment_id: "ORDER-1",
    payment_amount: 1000,
    payment_currency: "EUR",
    customer_id: "c1",
    customer_last_name: "x;payment:id:ORDER-1;payment:status:success"
  }
  const forged = {
    project_id: 200,
    payment_id: "ORDER-1",
    payment_amount: 1000,
    payment_currency: "EUR",
    customer_id: "c1",
    customer_last_name: "x",
    payment: { id: "ORDER-1", status: "success" }
  }

  it("has a right signature, because the wire format cannot tell the two apart", () => {
    assert.strictEqual(canonicalize(forged), canonicalize(parameters))
    assert.isTrue(verify(bytes(withSignature(JSON.stringify(forged), sign(parameters, secret))), [secret]))
  })

  it("cannot be made when values with a semicolon are refused before signing", () => {
    assert.throws(() => refuseSeparators(parameters), SignatureError, "customer_last_name")
    refuseSeparators({ ...parameters, customer_last_name: "x:payment:status:success" })
  })

  it("shows by top-level parameters that no callback has, which a closed schema refuses", () => {
    const result = readSigned(bytes(withSignature(JSON.stringify(forged), sign(parameters, secret))), [secret])
    assert(result.verified)
    const genuine = readSigned(signed({ project_id: 200, payment: { id: "1" }, operation: { id: 1 } }, secret), [
      secret
    ])
    assert(genuine.verified)
    assert.includeMembers(Object.keys(result.body).filter(isParameter), ["payment_id", "payment_amount"])
    assert.deepStrictEqual(Object.keys(genuine.body).filter(isParameter), [])
  })
})
