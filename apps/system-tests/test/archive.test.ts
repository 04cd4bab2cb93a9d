// What is given to payers and clerks, and what the archive knows of it.
import { type DocumentArchive, money, type Observed, type ReceiptGenerator } from "@maksa/core"
import { storeArchive } from "@maksa/receipts"
import { sqliteStore } from "@maksa/store-sql"
import * as Effect from "effect/Effect"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { fake, received, type Script } from "./fakeProvider.ts"
import { days, harness, order, secret, temporaryDirectory } from "./harness.ts"
import { reasonOf } from "./steps.ts"

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const bytesOf = (content: string) => new TextEncoder().encode(content)
const issues = { receipt: { origin: "provider", formats: ["pdf", "xml"] } } as const
const who = { by: "clerk", reason: "seen" }

/** A paid payment, and an archive in a store of its own. */
const world = async (
  options: {
    readonly origin?: "provider" | "generated"
    readonly archive?: (right: DocumentArchive) => DocumentArchive
    readonly receipts?: ReceiptGenerator
    readonly authorize?: () => never
  } = {}
) => {
  const directory = temporaryDirectory()
  const store = await sqliteStore({ file: join(directory, "archive.sqlite"), secret })
  const archive = storeArchive({ store })
  const { archive: spoil = (right) => right, origin = "provider", authorize, receipts } = options
  const h = await harness({
    provider: (script: Script) => fake(script, origin === "provider" ? issues : {}),
    archive: spoil(archive),
    ...(receipts === undefined ? {} : { receipts }),
    ...(authorize === undefined ? {} : { authorize, returnOrigins: ["https://agency.example"] })
  })
  h.script.create = () => Effect.succeed([{ ...received(), providerReference: "R1" }])
  const payment = await h.payments.create(order())
  assert.strictEqual(payment.status, "paid")
  return {
    h,
    archive,
    payment,
    /** What the provider's next document is. */
    issues: (content: string, observations: ReadonlyArray<Observed> = [], mediaType = "application/xml" as const) => {
      h.script.receipt = () => Effect.succeed({ _tag: "document", mediaType, bytes: bytesOf(content), observations })
    },
    [Symbol.asyncDispose]: async () => {
      await h[Symbol.asyncDispose]()
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

const printing = () => {
  let printed = 0
  const generator: ReceiptGenerator = {
    generate: async ({ payment, language, format }) =>
      bytesOf(`${++printed} ${language} ${format} ${payment.state.finality}`)
  }
  return generator
}

describe("a document of the provider", () => {
  it("is archived with its reader before it is given, once for the same bytes", async () => {
    await using w = await world()
    w.issues("<one/>")
    const first = await w.h.payments.receipt(w.payment.id, { format: "xml", reader: "clerk A" })
    w.h.clock.value += days(1)
    const second = await w.h.payments.receipt(w.payment.id, { format: "xml" })
    assert.strictEqual(second.documentId, first.documentId)
    const [document, ...more] = await w.archive.list(w.payment.id)
    assert.deepEqual(more, [])
    assert.deepInclude(document, {
      id: first.documentId ?? "none",
      attemptId: w.payment.current.id,
      source: "provider",
      mediaType: "application/xml",
      retention: "accounting",
      sha256: first.sha256,
      archivedAt: w.h.clock.value - days(1)
    })
    const reads = await w.archive.readsOf(document?.id ?? "")
    assert.deepEqual(
      reads.map(({ by }) => by),
      ["clerk A", "unnamed"]
    )
    assert.isTrue((await w.archive.verify()).isIntact)
  })

  it("that the provider issues anew supersedes the first, and both stay", async () => {
    await using w = await world()
    w.issues("<one/>")
    const first = await w.h.payments.receipt(w.payment.id, { format: "xml" })
    w.issues("<two/>")
    await w.h.payments.receipt(w.payment.id, { format: "xml" })
    const documents = await w.archive.list(w.payment.id)
    assert.lengthOf(documents, 2)
    assert.strictEqual(documents[1]?.supersedes, first.documentId)
  })

  it("is not given where the archive cannot keep it or note its reader", async () => {
    for (const verb of ["put", "recordRead"] as const) {
      const broken = { [verb]: () => Promise.reject(new Error("/var/lib/secret-place is full")) }
      await using w = await world({ archive: (right) => ({ ...right, ...broken }) })
      w.issues("<one/>")
      const failure = await w.h.payments.receipt(w.payment.id, { format: "xml" }).catch((cause: unknown) => cause)
      assert.strictEqual(await reasonOf(Promise.reject(failure)), "Unavailable", verb)
      assert.notInclude(`${String(failure)} ${JSON.stringify(failure)}`, "secret-place")
    }
  })

  it("that names another sum is evidence for a person, and is neither given nor archived until one has decided", async () => {
    await using w = await world()
    w.issues("<eleven/>", [received(1100n)])
    for (let time = 0; time < 2; time++) {
      assert.strictEqual(await reasonOf(w.h.payments.receipt(w.payment.id, { format: "xml" })), "Conflict")
    }
    const { state } = await w.h.payments.get(w.payment.id)
    assert.strictEqual(state.status, "under_review")
    assert.deepEqual(await w.archive.list(w.payment.id), [])
    const [row] = (await w.h.payments.history(w.payment.id)).filter((one) => one.channel === "receipt")
    assert.deepEqual(row?.says, { _tag: "received", amount: money(1100n, "EUR") })
  })

  it("that names the sum in another currency is not given either", async () => {
    await using w = await world()
    w.issues("<yen/>", [{ says: { _tag: "received", amount: money(1200n, "JPY") }, trust: "proven" }])
    assert.strictEqual(await reasonOf(w.h.payments.receipt(w.payment.id, { format: "xml" })), "Conflict")
  })

  it("of another payment is a broken contract: nothing of it is kept, shown or believed", async () => {
    await using w = await world()
    w.issues("<strangers/>", [{ ...received(), providerReference: "R2" }])
    const before = await w.h.payments.history(w.payment.id)
    assert.strictEqual(await reasonOf(w.h.payments.receipt(w.payment.id, { format: "xml" })), "MalformedResponse")
    assert.deepEqual(await w.archive.list(w.payment.id), [])
    assert.lengthOf(await w.h.payments.history(w.payment.id), before.length)
  })
})

describe("a generated confirmation", () => {
  it("is the same to the byte while nothing has changed, and another one when something has", async () => {
    await using w = await world({ origin: "generated", receipts: printing() })
    const give = async (language: "lv" | "en" = "lv") =>
      text(await (await w.h.payments.receipt(w.payment.id, { format: "pdf", language, reader: "payer" })).bytes())
    assert.strictEqual(await give(), "1 lv pdf soft")
    w.h.clock.value += 5000
    assert.strictEqual(await give(), "1 lv pdf soft")
    assert.strictEqual(await give("en"), "2 en pdf soft")
    await w.h.payments.decide(w.payment.id, { ...who, status: "paid" })
    assert.strictEqual(await give(), "3 lv pdf hard")
    const documents = await w.archive.list(w.payment.id)
    assert.deepEqual(
      documents.map(({ language, retention, source, supersedes }) => [language, retention, source, supersedes]),
      [
        ["lv", "confirmation", "generated", undefined],
        ["en", "confirmation", "generated", undefined],
        ["lv", "confirmation", "generated", documents[0]?.id]
      ]
    )
    assert.lengthOf(await w.archive.readsOf(documents[0]?.id ?? ""), 2)
  })
})

describe("erasing a payment", () => {
  it("destroys its confirmations and keeps what bookkeeping must keep", async () => {
    await using w = await world({ origin: "generated", receipts: printing() })
    const { documentId = "" } = await w.h.payments.receipt(w.payment.id, { format: "pdf" })
    await w.h.payments.erase(w.payment.id)
    assert.isUndefined(await w.archive.get(documentId))
    assert.isDefined((await w.archive.list(w.payment.id))[0]?.erasedAt)
    assert.strictEqual(
      text(await (await w.h.payments.receipt(w.payment.id, { format: "pdf" })).bytes()),
      "2 lv pdf soft"
    )

    await using p = await world()
    p.issues("<one/>")
    const given = await p.h.payments.receipt(p.payment.id, { format: "xml" })
    await p.h.payments.erase(p.payment.id)
    assert.isDefined(await p.archive.get(given.documentId ?? ""))
    await p.h.payments.erase(p.payment.id, { documents: ["accounting"] })
    assert.isUndefined(await p.archive.get(given.documentId ?? ""))
    assert.isTrue((await p.archive.verify()).isIntact)
  })

  it("refuses a class that is none, and says so when documents could not be destroyed", async () => {
    const broken = { erase: () => Promise.reject(new Error("no")) }
    await using w = await world({ archive: (right) => ({ ...right, ...broken }) })
    assert.strictEqual(
      await reasonOf(w.h.payments.erase(w.payment.id, { documents: ["all"] } as never)),
      "InvalidRequest"
    )
    assert.strictEqual(await reasonOf(w.h.payments.erase(w.payment.id)), "Unavailable")
  })
})

describe("over HTTP", () => {
  it("whom the application names is noted as the reader, and nobody is let in by an empty answer", async () => {
    const answers: Array<unknown> = [{ reader: "clerk 17" }, true, { role: "clerk" }, undefined, null, false]
    await using w = await world({ authorize: () => answers.shift() as never })
    w.issues("<one/>")
    const statuses: Array<number> = []
    while (answers.length > 0) {
      const response = await w.h.send(`/payments/${w.payment.id}/receipt?format=xml`)
      statuses.push(response.status)
      await response.arrayBuffer()
    }
    assert.deepEqual(statuses, [200, 200, 200, 403, 403, 403])
    const [document] = await w.archive.list(w.payment.id)
    const reads = await w.archive.readsOf(document?.id ?? "")
    assert.deepEqual(
      reads.map(({ by }) => by),
      ["clerk 17", "unnamed", "unnamed"]
    )
  })
})
