import assert from "node:assert/strict"
import type { ArchivedDocument, ArchiveHead, DocumentArchive, Verification } from "@maksa/core"
import { casesOf } from "./ArchiveCase.ts"
import { aConfirmation, aDocument, bytesFrom, NOW } from "./documents.ts"

/** Six entries: documents at 1, 2, 4 and 6, readings at 3 and 5. */
const fill = async (archive: DocumentArchive): Promise<ReadonlyArray<ArchivedDocument>> => {
  const one = await archive.put(aDocument("one"))
  const two = await archive.put(aConfirmation("two"))
  await archive.recordRead(one.id, { by: "clerk", at: NOW })
  const four = await archive.put(aDocument("four", { paymentId: "pay_2" }))
  await archive.recordRead(four.id, { by: "payer", at: NOW })
  return [one, two, four, await archive.put(aDocument("six"))]
}

const headOf = async (archive: DocumentArchive): Promise<ArchiveHead> => {
  const verified = await archive.verify()
  assert.ok(verified.isIntact, "an archive that nobody touched is not intact")
  return verified.head
}

const broken = (sequence: number, problem: string): unknown => ({ isIntact: false, sequence, problem })
const says = (verified: Verification, sequence: number, problem: string) =>
  assert.deepEqual(verified, broken(sequence, problem))

export const tampering = casesOf("tampering", [
  {
    id: "untouched-is-intact",
    sentence: "An archive that nobody touched is intact, empty too, and its head goes on with each entry.",
    reason: "A false alarm is not believed the next time.",
    check: async ({ archive, reopen }) => {
      const empty = await headOf(archive)
      assert.equal(empty.sequence, 0)
      await fill(archive)
      const head = await headOf(archive)
      assert.equal(head.sequence, 6)
      const again = await reopen()
      assert.deepEqual(await headOf(again), head)
      await again.put(aDocument("seven"))
      const verified = await again.verify(head)
      assert.ok(verified.isIntact && verified.entries === 7, "a head noted earlier does not vouch for the chain")
      assert.notEqual(verified.head.digest, head.digest)
    }
  },
  {
    id: "altered-entry-is-named",
    sentence: "An entry that was changed is named, whatever in it was changed.",
    reason: "Who read a receipt, and which one it was, must not be rewritten.",
    check: async ({ archive, reopen, tamper }) => {
      await fill(archive)
      await tamper.entry(5, "payer", "nobody")
      says(await (await reopen()).verify(), 5, "entry_altered")
      await tamper.entry(3, "clerk", "nobody")
      says(await (await reopen()).verify(), 3, "entry_altered")
      await tamper.entry(1, "accounting", "confirmation")
      says(await (await reopen()).verify(), 1, "entry_altered")
    }
  },
  {
    id: "dropped-entry-is-named",
    sentence: "An entry that was taken out is named.",
    reason: "A document that never was is the easiest lie.",
    check: async ({ archive, reopen, tamper }) => {
      await fill(archive)
      await tamper.dropEntry(4)
      says(await (await reopen()).verify(), 4, "entry_missing")
    }
  },
  {
    id: "cut-end-shows-against-a-noted-head",
    sentence:
      "A chain that was cut at its end, or written anew, does not hold against a head that was noted elsewhere.",
    reason: "Nothing inside an archive can tell that its newest entries are gone.",
    check: async ({ archive, reopen, tamper }) => {
      await fill(archive)
      const head = await headOf(archive)
      await tamper.dropEntry(6)
      const cut = await reopen()
      says(await cut.verify(head), 6, "entry_missing")
      await cut.put(aDocument("another six"))
      assert.equal((await cut.verify()).isIntact, true)
      says(await cut.verify(head), 6, "entry_altered")
    }
  },
  {
    id: "altered-document-is-named",
    sentence: "A document whose bytes were changed or taken away is named, and is not given as it is.",
    reason: "A receipt with another sum is a forged receipt.",
    check: async ({ archive, reopen, tamper }) => {
      const [, two, four] = await fill(archive)
      assert.ok(two !== undefined && four !== undefined)
      await tamper.document("pay_2", four.sha256)
      const altered = await reopen()
      says(await altered.verify(), 4, "document_altered")
      await assert.rejects(bytesFrom(altered, four.id), "altered bytes were given")
      await tamper.dropDocument("pay_1", two.sha256)
      const dropped = await reopen()
      says(await dropped.verify(), 2, "document_missing")
      await assert.rejects(bytesFrom(dropped, two.id), "bytes that are gone were given")
    }
  }
])
