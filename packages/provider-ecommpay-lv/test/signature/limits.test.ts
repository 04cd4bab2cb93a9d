// A file of its own: megabytes, which mutation testing leaves out.
import { assert, describe, it } from "vitest"
import { MAX_SIGNED_BYTES, readSigned } from "../../src/signature.ts"
import type { SignatureProblem } from "../../src/signature.ts"
import { bytes, signed, withSignature } from "./signedBody.ts"

const secret = "limits-secret"

const problem = (raw: Uint8Array): SignatureProblem | "verified" => {
  const read = readSigned(raw, [secret])
  return read.verified ? "verified" : read.problem
}

describe("limits", () => {
  it("1 MiB is read and one byte more is refused", () => {
    const empty = signed({ a: "" }, secret).length
    const fits = "x".repeat(MAX_SIGNED_BYTES - empty)
    assert.strictEqual(problem(signed({ a: fits }, secret)), "verified")
    assert.strictEqual(problem(signed({ a: `${fits}x` }, secret)), "too_large")
  })

  it("signed text of almost 4 MiB is read, and more is refused though the body is small", () => {
    const key = "k".repeat(40_000)
    const list = (items: number): Uint8Array => signed({ [key]: Array.from({ length: items }, () => 1) }, secret)
    assert.strictEqual(problem(list(104)), "verified")
    assert.strictEqual(problem(list(105)), "too_large")
    assert.isBelow(list(105).length, 50_000)
  })

  it("a long path over many values is refused before it becomes gigabytes", () => {
    const json = `{"${"k".repeat(400_000)}":[${"1,".repeat(250_000)}1]}`
    assert.strictEqual(problem(bytes(withSignature(json, "A".repeat(88)))), "too_large")
  })
})
