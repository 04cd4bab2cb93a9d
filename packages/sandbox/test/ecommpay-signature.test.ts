import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { isSignedWith, sign, textToSign } from "../src/ecommpay-lv/Signature.ts"
import { compareNatural } from "../src/ecommpay-lv/NaturalOrder.ts"
import { isWireObject, readWireJson, type WireObject } from "../src/ecommpay-lv/WireJson.ts"

interface Vector {
  readonly name: string
  readonly json: string
  readonly secret: string
  readonly text: string
  readonly signature: string
}

const vectors: ReadonlyArray<Vector> = JSON.parse(
  readFileSync(new URL("./fixtures/ecommpay-signature-vectors.json", import.meta.url), "utf8")
)

const read = (json: string): WireObject => {
  const value = readWireJson(json)
  assert.isTrue(isWireObject(value))
  return isWireObject(value) ? value : {}
}

describe("the platform's signature", () => {
  it("has all the published vectors at hand", () => assert.strictEqual(vectors.length, 41))

  it.each(vectors.map((vector) => [vector.name, vector] as const))("signs %s as the official SDKs do", (_, vector) => {
    const body = read(vector.json)
    assert.strictEqual(textToSign(body), vector.text)
    assert.strictEqual(sign(body, vector.secret), vector.signature)
    assert.isTrue(isSignedWith(body, vector.signature, vector.secret))
    assert.isFalse(isSignedWith(body, vector.signature, `${vector.secret}x`))
  })

  it("leaves signatures and frame_mode out wherever they stand, in lists too", () => {
    const body = read(
      `{"a":[{"signature":"x","b":1,"frame_mode":"y"}],"general":{"signature":"z","c":2},"signature":"w"}`
    )
    assert.strictEqual(textToSign(body), "a:0:b:1;general:c:2")
  })

  it("refuses a signature with one changed or missing character", () => {
    const body = read(`{"project_id":200,"payment":{"id":"A-1","status":"success"}}`)
    const good = sign(body, "k")
    assert.isFalse(isSignedWith(body, `${good.startsWith("A") ? "B" : "A"}${good.slice(1)}`, "k"))
    assert.isFalse(isSignedWith(body, good.slice(0, -1), "k"))
    assert.isFalse(isSignedWith(body, "", "k"))
  })
})

const order = (left: string, right: string): number => compareNatural(Buffer.from(left), Buffer.from(right))

describe("natural order", () => {
  it("compares digit runs as numbers, zeros inside a text digit by digit, blanks not at all", () => {
    const ascending = ["", "1a", "01b", "2a", "A1", "a", "a001", "a01", "a1", "a1b2", "a1b10", "a2", "a10", "a_1", "ā1"]
    for (const [index, text] of ascending.entries()) {
      for (const [other, right] of ascending.entries()) {
        assert.strictEqual(order(text, right), Math.sign(index - other), `${text} against ${right}`)
      }
    }
    assert.strictEqual(order("a 1", "a1"), 0)
  })
})
