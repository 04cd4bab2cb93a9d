// Documents too large to hold: from the provider into the archive, and from there to each reader at their own pace.
import { type DocumentArchive, type Receipt } from "@maksa/core"
import { diskArchive } from "@maksa/receipts"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { fake, received, type Script } from "./fakeProvider.ts"
import { harness, order, secret, temporaryDirectory } from "./harness.ts"
import { reasonOf } from "./steps.ts"

const kib = 1024
const part = new Uint8Array(64 * kib).fill(0x78)
const bytesOf = (text: string) => new TextEncoder().encode(text)
const begin = bytesOf("%PDF-1.7\n")
const end = bytesOf("\n%%EOF\n")
/** 4 MiB and a little. */
const pdf = [begin, ...Array.from({ length: 64 }, () => part), end]
const sizeOf = (parts: ReadonlyArray<Uint8Array>) => parts.reduce((sum, { byteLength }) => sum + byteLength, 0)
const digest = createHash("sha256").update(Buffer.concat(pdf)).digest("hex")

/** A stream of parts made when they are wanted, and how far it got. */
const sourceOf = (parts: ReadonlyArray<Uint8Array | Error>) => {
  const seen = { given: 0, isCancelled: false }
  let next = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const one = parts[next++]
        if (one === undefined) return controller.close()
        if (one instanceof Error) return controller.error(one)
        seen.given += one.byteLength
        controller.enqueue(one.slice())
      },
      cancel: () => {
        seen.isCancelled = true
      }
    },
    { highWaterMark: 0 }
  )
  return { seen, stream }
}

/** Bytes that have been taken out of a stream. */
const metered = (stream: ReadableStream<Uint8Array>, taken: (size: number) => void): ReadableStream<Uint8Array> => {
  const reader = stream.getReader()
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await reader.read()
        if (done) return controller.close()
        taken(value.byteLength)
        controller.enqueue(value)
      },
      cancel: () => reader.cancel()
    },
    { highWaterMark: 0 }
  )
}

/** A paid payment and an archive on disk, whose reading is metered. */
const world = async (change: (right: DocumentArchive) => Partial<DocumentArchive> = () => ({}), hasArchive = true) => {
  const directory = temporaryDirectory()
  const archive = await diskArchive({ folder: join(directory, "archive"), secret })
  const read = { bytes: 0 }
  const watched: DocumentArchive = {
    ...archive,
    get: async (id) => {
      const found = await archive.get(id)
      return found && { ...found, bytes: metered(found.bytes, (size) => (read.bytes += size)) }
    },
    ...change(archive)
  }
  const h = await harness({
    provider: (script: Script) => fake(script, { receipt: { origin: "provider", formats: ["pdf", "xml"] } }),
    ...(hasArchive ? { archive: watched } : {}),
    maxReceiptBytes: 5 * kib * kib,
    authorize: () => true,
    returnOrigins: ["https://agency.example"]
  })
  h.script.create = () => Effect.succeed([{ ...received(), providerReference: "R1" }])
  const payment = await h.payments.create(order())
  return {
    h,
    archive,
    payment,
    read,
    /** What the provider's next document is. */
    issues: (parts: ReadonlyArray<Uint8Array | Error>) => {
      const source = sourceOf(parts)
      h.script.receipt = () =>
        Effect.succeed({ _tag: "document", mediaType: "application/pdf", bytes: source.stream, observations: [] })
      return source.seen
    },
    receipt: (): Promise<Receipt> => h.payments.receipt(payment.id, { format: "pdf", reader: "clerk" }),
    [Symbol.asyncDispose]: async () => {
      await h[Symbol.asyncDispose]()
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

describe("a streamed document", () => {
  it("is kept whole before it is given, and given as it was kept", async () => {
    await using w = await world()
    const seen = w.issues(pdf)
    const receipt = await w.receipt()
    assert.deepInclude(receipt, { size: sizeOf(pdf), sha256: digest, mediaType: "application/pdf" })
    assert.strictEqual(seen.given, sizeOf(pdf))
    const [document] = await w.archive.list(w.payment.id)
    assert.deepInclude(document, { id: receipt.documentId ?? "none", sha256: digest, retention: "accounting" })
    assert.deepEqual(
      (await w.archive.readsOf(document?.id ?? "")).map(({ by }) => by),
      ["clerk"]
    )
    assert.isTrue(Buffer.concat(pdf).equals(await receipt.bytes()))
  })

  it("is fetched once for all who ask at the same time, and anew for who asks later", async () => {
    await using w = await world()
    const seen = w.issues(pdf)
    const receipts = await Promise.all(Array.from({ length: 20 }, () => w.receipt()))
    assert.strictEqual(seen.given, sizeOf(pdf))
    const [document, ...others] = await w.archive.list(w.payment.id)
    assert.deepStrictEqual(new Set(receipts.map(({ documentId }) => documentId)), new Set([document?.id]))
    assert.deepStrictEqual([others.length, (await w.archive.readsOf(document?.id ?? "")).length], [0, 20])
    const later = w.issues(pdf)
    await w.receipt()
    assert.strictEqual(later.given, sizeOf(pdf))
  })

  it("that breaks off is said to all who wait for it, and fetched anew afterwards", async () => {
    await using w = await world()
    w.issues([begin, part, new Error("broke off")])
    const reasons = await Promise.all(Array.from({ length: 3 }, () => reasonOf(w.receipt())))
    assert.deepStrictEqual(reasons, ["Unavailable", "Unavailable", "Unavailable"])
    w.issues(pdf)
    assert.strictEqual((await w.receipt()).sha256, digest)
  })

  it("is in nobody's memory while its readers wait: each has taken a little of it, and the provider is done with", async () => {
    await using w = await world()
    const readers = 10
    const answers: Array<Response> = []
    for (let reader = 0; reader < readers; reader++) {
      const seen = w.issues(pdf)
      answers.push(await w.h.send(`/payments/${w.payment.id}/receipt?format=pdf`))
      assert.strictEqual(seen.given, sizeOf(pdf))
    }
    const bodies = answers.map(({ body, headers }) => {
      assert.strictEqual(headers.get("content-length"), String(sizeOf(pdf)))
      return body?.getReader() ?? assert.fail("no body")
    })
    for (const body of bodies) assert.isFalse((await body.read()).done)
    assert.isBelow(w.read.bytes, readers * 512 * kib)
    const [one = assert.fail("no reader"), ...others] = bodies
    for (let isRead = false; !isRead; isRead = (await one.read()).done);
    assert.isAbove(w.read.bytes, sizeOf(pdf))
    for (const other of others) await other.cancel()
    assert.isBelow(w.read.bytes, sizeOf(pdf) + readers * 512 * kib)
  })

  it("comes from the provider no faster than the archive takes it", async () => {
    let taken = 0
    let ahead = 0
    const pending: { seen?: { readonly given: number } } = {}
    await using w = await world((right) => ({
      put: ({ bytes, ...facts }) => {
        if (bytes instanceof Uint8Array) assert.fail("the document was collected")
        const slow = metered(bytes, (size) => {
          taken += size
          ahead = Math.max(ahead, (pending.seen?.given ?? 0) - taken)
        })
        return right.put({ ...facts, bytes: slow })
      }
    }))
    pending.seen = w.issues(pdf)
    await w.receipt()
    assert.strictEqual(taken, sizeOf(pdf))
    assert.isAtMost(ahead, 2 * part.byteLength)
  })

  it.each([
    ["is a page", [bytesOf("<html>Kļūda</html>")], "MalformedResponse"],
    ["is cut off", pdf.slice(0, 20), "MalformedResponse"],
    ["is empty", [], "MalformedResponse"],
    ["is too large", [...pdf, ...pdf], "MalformedResponse"],
    ["breaks off", [...pdf.slice(0, 20), new Error("socket")], "Unavailable"]
  ] as const)("that %s is neither kept nor given, and may be asked for again", async (_what, parts, reason) => {
    for (const hasArchive of [true, false]) {
      await using w = await world(undefined, hasArchive)
      w.issues(parts)
      assert.strictEqual(await reasonOf(w.receipt()), reason)
      assert.deepEqual(await w.archive.list(w.payment.id), [])
      w.issues(pdf)
      assert.strictEqual((await w.receipt()).sha256, digest)
    }
  })

  it("is given up at the provider when nobody waits for it any more", async () => {
    await using w = await world()
    const client = new AbortController()
    const gone = Promise.withResolvers<void>()
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          controller.enqueue(begin)
          client.abort()
          // Nothing more comes until somebody gives it up.
          return new Promise(() => {})
        },
        cancel: () => gone.resolve()
      },
      { highWaterMark: 0 }
    )
    w.h.script.receipt = () =>
      Effect.succeed({ _tag: "document", mediaType: "application/pdf", bytes: stream, observations: [] })
    const asked = w.h.send(`/payments/${w.payment.id}/receipt?format=pdf`, { signal: client.signal })
    await asked.then(
      () => assert.fail("it was answered"),
      () => undefined
    )
    await gone.promise
    assert.deepEqual(await w.archive.list(w.payment.id), [])
  })

  it("that the archive kept otherwise is not given", async () => {
    await using w = await world((right) => ({
      put: async (document) => ({ ...(await right.put(document)), sha256: "0".repeat(64) })
    }))
    w.issues(pdf)
    assert.strictEqual(await reasonOf(w.receipt()), "Unavailable")
  })

  it("without an archive is whole in memory, and may be read more than once", async () => {
    await using w = await world(undefined, false)
    w.issues(pdf)
    const receipt = await w.receipt()
    assert.strictEqual(receipt.sha256, digest)
    assert.isTrue(Buffer.concat(pdf).equals(await receipt.bytes()))
    assert.strictEqual((await new Response(await receipt.stream()).arrayBuffer()).byteLength, sizeOf(pdf))
  })
})
