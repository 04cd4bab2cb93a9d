import * as fc from "fast-check"
import { createHmac } from "node:crypto"
import { assert, describe, it } from "vitest"
import { hmacSha512 } from "../../src/internal/signature/hmac.ts"

const byNode = (secret: string, message: string | Uint8Array): string =>
  createHmac("sha512", secret).update(message).digest("base64")
const hex = (base64: string): string => Buffer.from(base64, "base64").toString("hex")

describe("HMAC-SHA512", () => {
  // https://www.rfc-editor.org/rfc/rfc4231#section-4, the two cases whose keys are text.
  it.each([
    [
      "\u000b".repeat(20),
      "Hi There",
      "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
    ],
    [
      "Jefe",
      "what do ya want for nothing?",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ]
  ])("is that of RFC 4231 for the key %j", (secret, message, expected) => {
    assert.strictEqual(hex(hmacSha512(secret, message)), expected)
    assert.strictEqual(hex(hmacSha512(secret, Buffer.from(message))), expected)
  })

  it("is Node's at every border of key and message, whatever was signed before", () => {
    const lengths = [0, 1, 63, 64, 111, 112, 127, 128, 129, 200, 4096, 16_255, 16_256, 16_257, 50_000]
    for (const key of [1, 31, 127, 128, 129, 300]) {
      for (const length of lengths) {
        const [secret, message] = ["k".repeat(key), "ā".repeat(length)]
        assert.strictEqual(hmacSha512(secret, message), byNode(secret, message), `${key}, ${length}`)
        assert.strictEqual(hmacSha512(secret, Buffer.from(message)), byNode(secret, message), `${key}, ${length}`)
      }
    }
  })

  it("is Node's for any keys and messages, more keys than are kept among them", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 }).filter((one) => one.isWellFormed())
    fc.assert(
      fc.property(text, text, (secret, message) => {
        assert.strictEqual(hmacSha512(secret, message), byNode(secret, message))
      }),
      { numRuns: 300 }
    )
  })
})
