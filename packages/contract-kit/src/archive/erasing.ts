import assert from "node:assert/strict"
import { type ArchiveUnderTest, casesOf } from "./ArchiveCase.ts"
import { aConfirmation, aDocument, bytesFrom, bytesOf, holds, idsOf, NOW } from "./documents.ts"

const MARK = "mark-of-a-receipt-7f3a91"
const at = NOW + 1000

const unseen = ({ files }: ArchiveUnderTest): string | undefined =>
  files === undefined ? "`make` gives no `files`: what is on disk cannot be seen" : undefined

const isOnDisk = async ({ files }: ArchiveUnderTest): Promise<boolean> => {
  const all = (await files?.()) ?? []
  assert.ok(all.length > 0, "files() shows nothing")
  return all.some((file) => Buffer.from(file).includes(MARK))
}

export const erasing = casesOf("erasing", [
  {
    id: "erases-its-class",
    sentence: "Erasing destroys the bytes of the classes that are named, of that payment, and leaves the entries.",
    reason: "Bookkeeping must keep accounting documents when a confirmation must go.",
    check: async ({ archive, reopen }) => {
      const receipt = await archive.put(aDocument("receipt"))
      const first = await archive.put(aConfirmation("first"))
      const second = await archive.put(aConfirmation("second"))
      const other = await archive.put(aConfirmation("first", { paymentId: "pay_2" }))
      await archive.erase("pay_1", { retention: ["confirmation"], at })
      const again = await reopen()
      assert.equal(await again.get(first.id), undefined)
      assert.equal(await again.get(second.id), undefined)
      await holds(again, receipt.id, "receipt")
      await holds(again, other.id, "first")
      assert.deepEqual(
        (await again.list("pay_1")).map(({ erasedAt, id, sha256 }) => [id, sha256, erasedAt]),
        [
          [receipt.id, receipt.sha256, undefined],
          [first.id, first.sha256, at],
          [second.id, second.sha256, at]
        ]
      )
      assert.equal((await again.verify()).isIntact, true)
    }
  },
  {
    id: "erases-all-that-is-named",
    sentence: "Erasing both classes leaves no bytes, no class leaves all, and again changes nothing.",
    reason: "An erasure that a timer repeats must not grow the archive.",
    check: async ({ archive }) => {
      const receipt = await archive.put(aDocument("receipt"))
      const confirmation = await archive.put(aConfirmation("confirmation"))
      await archive.erase("pay_1", { retention: [], at })
      await holds(archive, receipt.id, "receipt")
      await archive.erase("pay_1", { retention: ["accounting", "confirmation"], at })
      const once = await archive.verify()
      await archive.erase("pay_1", { retention: ["accounting", "confirmation"], at: at + 1 })
      assert.deepEqual(await archive.verify(), once)
      for (const { id } of [receipt, confirmation]) assert.equal(await archive.get(id), undefined)
      await archive.erase("pay_none", { retention: ["accounting"], at })
    }
  },
  {
    id: "erased-is-not-read",
    sentence: "An erased document cannot be read any more, and who read it before stays known.",
    reason: "A reading that was noted for nothing is a lie about a person.",
    check: async ({ archive }) => {
      const { id } = await archive.put(aConfirmation("one"))
      await archive.recordRead(id, { by: "A", at: NOW })
      await archive.erase("pay_1", { retention: ["confirmation"], at })
      await assert.rejects(archive.recordRead(id, { by: "B", at }))
      assert.deepEqual(await archive.readsOf(id), [{ by: "A", at: NOW }])
    }
  },
  {
    id: "kept-again-after-erasure",
    sentence: "The same bytes after an erasure are a new document.",
    reason: "What is served today is archived today.",
    check: async ({ archive }) => {
      const { id } = await archive.put(aConfirmation("one"))
      await archive.erase("pay_1", { retention: ["confirmation"], at })
      const again = await archive.put(aConfirmation("one"))
      assert.notEqual(again.id, id)
      await holds(archive, again.id, "one")
      assert.equal((await idsOf(archive)).length, 2)
    }
  },
  {
    id: "shared-bytes-stay",
    sentence: "Bytes that a document of another class still needs outlive an erasure.",
    reason: "Two documents of one payment may be equal to the byte.",
    check: async ({ archive }) => {
      const receipt = await archive.put(aDocument("equal"))
      const confirmation = await archive.put(aConfirmation("equal"))
      await archive.erase("pay_1", { retention: ["confirmation"], at })
      assert.equal(await bytesFrom(archive, confirmation.id), undefined)
      await holds(archive, receipt.id, "equal")
    }
  },
  {
    id: "sealed-on-disk",
    sentence: "A document is in no file as it was given, before its erasure and after it.",
    reason: "A stolen disk or backup must not tell who paid what.",
    exempt: unseen,
    check: async (subject) => {
      await subject.archive.put(aConfirmation(MARK, { bytes: bytesOf(`receipt ${MARK} receipt`), basis: "b" }))
      assert.equal(await isOnDisk(subject), false, "it is written in the clear")
      await subject.archive.erase("pay_1", { retention: ["confirmation"], at })
      assert.equal(await isOnDisk(subject), false, "it is still there")
    }
  }
])
