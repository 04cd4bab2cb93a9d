import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { casesOf } from "./ArchiveCase.ts"
import { aConfirmation, aDocument, bytesFrom, holds, idsOf, isSame, NOW } from "./documents.ts"

const large = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31) % 253)
const partSize = 70_001

const streamOf = (bytes: Uint8Array, failsAt = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> => {
  let sent = 0
  return new ReadableStream({
    pull: (controller) => {
      if (sent >= failsAt) return controller.error(new Error("the source broke off"))
      if (sent >= bytes.byteLength) return controller.close()
      controller.enqueue(bytes.slice(sent, sent + partSize))
      sent += partSize
    }
  })
}

export const keeping = casesOf("keeping", [
  {
    id: "document-as-given",
    sentence: "A document comes back to the byte, with what was said of it, also after opening the archive again.",
    reason: "What an accountant finds must be what the payer was given.",
    check: async ({ archive, reopen }) => {
      const text = "Apliecinājums „Ēka № 7”"
      const { at, bytes, ...facts } = aConfirmation(text)
      const put = await archive.put({ ...facts, at, bytes })
      const again = await reopen()
      const [found, ...more] = await again.list("pay_1")
      assert.deepEqual(more, [])
      assert.deepEqual(found, put)
      const sha256 = createHash("sha256").update(text).digest("hex")
      assert.deepEqual(found, { ...facts, id: put.id, archivedAt: NOW, sha256, size: Buffer.byteLength(text) })
      await holds(again, put.id, text)
    }
  },
  {
    id: "document-as-stream",
    sentence: "A large document streams in and out, whole, and may be left half read.",
    reason: "A document that must fit into memory ends the program for everybody.",
    check: async ({ archive }) => {
      const { id, sha256, size } = await archive.put(aDocument("", { bytes: streamOf(large) }))
      assert.equal(size, large.byteLength)
      assert.equal(sha256, createHash("sha256").update(large).digest("hex"))
      const left = await archive.get(id)
      const reader = left?.bytes.getReader()
      assert.equal((await reader?.read())?.done, false)
      await reader?.cancel()
      assert.ok(isSame(await bytesFrom(archive, id), large), "other bytes came back")
    }
  },
  {
    id: "broken-source-keeps-nothing",
    sentence: "A document whose source breaks off is not kept at all.",
    reason: "Half a receipt that is archived is served as a whole one.",
    check: async ({ archive }) => {
      await assert.rejects(archive.put(aDocument("", { bytes: streamOf(large, partSize * 2) })))
      assert.deepEqual(await archive.list("pay_1"), [])
      assert.deepEqual((await archive.verify()).isIntact, true)
    }
  },
  {
    id: "empty-document",
    sentence: "A document without a byte comes back without a byte.",
    reason: "An edge where readers hang or break.",
    check: async ({ archive }) => {
      const { id, size } = await archive.put(aDocument(""))
      assert.equal(size, 0)
      await holds(archive, id, "")
    }
  },
  {
    id: "same-bytes-once",
    sentence: "The same document again is the same entry.",
    reason: "A payer who reloads a page must not fill the archive.",
    check: async ({ archive }) => {
      const first = await archive.put(aDocument("one"))
      const second = await archive.put(aDocument("one", { at: NOW + 1000 }))
      assert.deepEqual(second, first)
      assert.deepEqual(await idsOf(archive), [first.id])
    }
  },
  {
    id: "other-bytes-supersede",
    sentence: "Other bytes of the same kind supersede the newest, and both stay.",
    reason: "A corrected receipt must show what it corrects, and the first one was given to somebody.",
    check: async ({ archive }) => {
      const first = await archive.put(aDocument("one"))
      const second = await archive.put(aDocument("two"))
      const third = await archive.put(aDocument("one"))
      assert.equal(first.supersedes, undefined)
      assert.equal(second.supersedes, first.id)
      assert.equal(third.supersedes, second.id)
      await holds(archive, first.id, "one")
      await holds(archive, second.id, "two")
      assert.deepEqual(await idsOf(archive), [first.id, second.id, third.id])
    }
  },
  {
    id: "kinds-apart",
    sentence: "Another attempt, source, media type, language or payment is another document and supersedes nothing.",
    reason: "The Latvian confirmation does not take the English one's place.",
    check: async ({ archive }) => {
      await archive.put(aConfirmation("one"))
      const others = [
        aConfirmation("two", { attemptId: "att_2" }),
        aConfirmation("two", { source: "provider" }),
        aConfirmation("two", { mediaType: "application/xml" }),
        aConfirmation("two", { language: "en" }),
        aConfirmation("one", { paymentId: "pay_2" })
      ]
      for (const other of others) assert.equal((await archive.put(other)).supersedes, undefined)
      assert.equal((await idsOf(archive)).length, 5)
      assert.equal((await idsOf(archive, "pay_2")).length, 1)
      assert.deepEqual(await idsOf(archive, "pay_3"), [])
    }
  },
  {
    id: "unknown-document",
    sentence: "What is not there is not found, whatever it is called.",
    reason: "An id that leads elsewhere opens another person's file.",
    check: async ({ archive }) => {
      await archive.put(aDocument("one"))
      await archive.recordRead((await idsOf(archive))[0] ?? "", { by: "A", at: NOW })
      for (const id of ["", "doc_000000000002", "doc_000000000009", "doc_1", "../entries", "pay_1"]) {
        assert.equal(await archive.get(id), undefined, id)
        assert.deepEqual(await archive.readsOf(id), [])
        await assert.rejects(archive.recordRead(id, { by: "A", at: NOW }))
      }
    }
  },
  {
    id: "reads-in-order",
    sentence: "Who was given a document is told in order, of this document alone.",
    reason: "A citizen may ask who has seen their data.",
    check: async ({ archive, reopen }) => {
      const one = await archive.put(aDocument("one"))
      const two = await archive.put(aDocument("two"))
      const reads = [
        { by: "clerk A", at: NOW + 1 },
        { by: "payer", at: NOW + 3 },
        { by: "clerk A", at: NOW + 2 }
      ]
      for (const read of reads) await archive.recordRead(one.id, read)
      await archive.recordRead(two.id, { by: "other", at: NOW })
      assert.deepEqual(await (await reopen()).readsOf(one.id), reads)
    }
  },
  {
    id: "at-the-same-time",
    sentence: "Documents and readings that come at the same time are all kept.",
    reason: "Two clerks at once must not make one of them unseen.",
    check: async ({ archive }) => {
      const first = await archive.put(aDocument("first"))
      await Promise.all(
        Array.from({ length: 8 }, async (_, i) => {
          await archive.put(aDocument(`document ${i}`, { paymentId: `pay_${i}` }))
          await archive.recordRead(first.id, { by: `reader ${i}`, at: NOW })
        })
      )
      assert.equal(new Set((await archive.readsOf(first.id)).map(({ by }) => by)).size, 8)
      for (let i = 0; i < 8; i++) assert.equal((await idsOf(archive, `pay_${i}`)).length, i === 1 ? 2 : 1)
      const verified = await archive.verify()
      assert.ok(verified.isIntact, "the chain broke")
      assert.equal(verified.entries, 17)
    }
  }
])
