import { assert, describe, it } from "vitest"
import { createHash } from "node:crypto"
import { checkOf } from "../../src/documents/DocumentCheck.ts"
import { collect, toStream } from "../../src/documents/bytes.ts"
import { passing } from "../../src/documents/passing.ts"
import { TransportError } from "../../src/HttpTransport.ts"
import { PaymentError, RateLimited } from "../../src/PaymentError.ts"

const bytesOf = (text: string) => new TextEncoder().encode(text)
const pdf = bytesOf(`%PDF-1.7\n${"x".repeat(100_000)}%%EOF`)

/** Gives `parts`, then ends, or breaks off with `cause`. Tells whether it was given up. */
const sourceOf = (parts: ReadonlyArray<Uint8Array>, cause?: unknown) => {
  const seen = { pulled: 0, isCancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const part = parts[seen.pulled++]
        if (part !== undefined) controller.enqueue(part)
        else if (cause === undefined) controller.close()
        else controller.error(cause)
      },
      cancel: () => {
        seen.isCancelled = true
      }
    },
    { highWaterMark: 0 }
  )
  return { seen, stream }
}
const rejected = async (bytes: ReadableStream<Uint8Array>) =>
  collect(bytes).then(
    () => assert.fail("it went well"),
    (cause: unknown) => cause
  )

describe("a document that passes", () => {
  it("comes through to the byte, with its digest at the end and not before", async () => {
    const { bytes, failure, sha256 } = passing(toStream(pdf), checkOf("pdf", 200_000))
    assert.isUndefined(sha256())
    assert.deepEqual(await collect(bytes), pdf)
    assert.strictEqual(sha256(), createHash("sha256").update(pdf).digest("hex"))
    assert.isUndefined(failure())
  })

  it("is fetched no faster than it is read", async () => {
    const { seen, stream } = sourceOf(Array.from({ length: 50 }, () => pdf.subarray(0, 100)))
    const reader = passing(stream, checkOf("pdf", 200_000)).bytes.getReader()
    await reader.read()
    await reader.read()
    assert.strictEqual(seen.pulled, 2)
    await reader.cancel()
    assert.isTrue(seen.isCancelled)
  })

  it("that is none ends there, with nothing more taken from its source", async () => {
    const { seen, stream } = sourceOf([bytesOf("<html>"), pdf, pdf])
    const { bytes, failure, sha256 } = passing(stream, checkOf("pdf", 200_000))
    await rejected(bytes)
    assert.strictEqual(failure()?._tag, "MalformedResponse")
    assert.strictEqual(failure()?.message, "What the provider gave is no receipt: the document is not a PDF.")
    assert.isUndefined(sha256())
    assert.isTrue(seen.isCancelled)
    assert.strictEqual(seen.pulled, 1)
  })

  it("that has no end is never whole", async () => {
    const { bytes, failure, sha256 } = passing(toStream(pdf.subarray(0, 50_000)), checkOf("pdf", 200_000))
    await rejected(bytes)
    assert.strictEqual(failure()?._tag, "MalformedResponse")
    assert.isUndefined(sha256())
  })

  it.each([
    [new Error("/some/file"), "Unavailable"],
    [new TransportError({ phase: "response_incomplete", code: "UND_ERR_SOCKET", kind: "connection" }), "Unavailable"],
    [
      new TransportError({ phase: "response_incomplete", code: "MAKSA_TOO_LARGE", kind: "too_large" }),
      "MalformedResponse"
    ],
    [new PaymentError({ operation: "receipt", reason: new RateLimited({ message: "Later." }) }), "RateLimited"]
  ] as const)("and breaks off with %s is %s", async (cause, tag) => {
    const { bytes, failure } = passing(sourceOf([pdf], cause).stream, checkOf("pdf", 200_000))
    assert.strictEqual(await rejected(bytes), cause)
    assert.strictEqual(failure()?._tag, tag)
    assert.notInclude(failure()?.message, "/some/file")
  })

  it("that somebody else is reading already is not there", async () => {
    const stream = toStream(pdf)
    stream.getReader()
    const { bytes, failure } = passing(stream, checkOf("pdf", 200_000))
    await rejected(bytes)
    assert.strictEqual(failure()?._tag, "Unavailable")
  })
})
