import assert from "node:assert/strict"
import type { ArchiveEntryRow, Store } from "@maksa/core"
import { bytesOf, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const anEntry = (sequence: number, paymentId = "p"): ArchiveEntryRow => ({
  sequence,
  paymentId,
  content: `{"n":${sequence},"text":"žurnāls"}`,
  digest: `digest-${sequence}`
})

const fill = (store: Store): Promise<void> =>
  store.transact(async (tx) => {
    for (const sequence of [2, 1, 3, 4]) await tx.insertArchiveEntry(anEntry(sequence, sequence === 3 ? "q" : "p"))
  })

const sequences = (rows: ReadonlyArray<ArchiveEntryRow>) => rows.map((row) => row.sequence).join("")

export const archive = casesOf("archive", [
  {
    id: "archive-entry-as-given",
    sentence: "An entry of the archive comes back as it was given, and its place is taken once.",
    reason: "A chain whose links can be replaced proves nothing.",
    check: async ({ store }) => {
      assert.equal(await store.transact((tx) => tx.lastArchiveEntry()), undefined)
      assert.equal(await store.transact((tx) => tx.insertArchiveEntry(anEntry(1))), true)
      const other = { ...anEntry(1, "q"), digest: "other" }
      assert.equal(await store.transact((tx) => tx.insertArchiveEntry(other)), false)
      assert.deepEqual(await store.transact((tx) => tx.archiveEntriesAfter(0, 10)), [anEntry(1)])
    }
  },
  {
    id: "archive-order",
    sentence: "Entries come in the order of the chain, in pages, by payment and the last one alone.",
    reason: "The chain is checked link by link.",
    check: async ({ store }) => {
      await fill(store)
      const after = async (sequence: number, limit: number) =>
        sequences(await store.transact((tx) => tx.archiveEntriesAfter(sequence, limit)))
      assert.equal(await after(0, 10), "1234")
      assert.equal(await after(1, 2), "23")
      assert.equal(await after(4, 2), "")
      assert.equal(sequences(await store.transact((tx) => tx.archiveEntriesOf("p"))), "124")
      assert.equal((await store.transact((tx) => tx.lastArchiveEntry()))?.sequence, 4)
    }
  },
  {
    id: "document-as-given",
    sentence: "A document's bytes come back as they were given, from another opening too, and from no other key.",
    reason: "A receipt is what the payer was given, to the byte.",
    check: async ({ reopen, store }) => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251)
      await store.transact((tx) => tx.putDocument("p/one", bytes))
      await store.transact((tx) => tx.putDocument("p/two", bytesOf("second")))
      await store.transact((tx) => tx.putDocument("p/two", bytesOf("two")))
      const again = await reopen()
      const kept = await again.transact((tx) => tx.getDocument("p/one"))
      // Not deepEqual: telling where so many bytes differ takes all memory.
      assert.ok(kept !== undefined && Buffer.from(kept).equals(bytes), "the bytes are other bytes")
      assert.deepEqual(await again.transact((tx) => tx.getDocument("p/two")), bytesOf("two"))
      assert.equal(await again.transact((tx) => tx.getDocument("p/three")), undefined)
    }
  },
  {
    id: "document-outlives-erasure",
    sentence: "Erasing a payment leaves its documents, and destroying a document leaves the others.",
    reason: "Bookkeeping must keep accounting documents when everything else about a payer is erased.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.putDocument("p/one", bytesOf("one"))
        await tx.putDocument("p/two", bytesOf("two"))
        await tx.insertArchiveEntry(anEntry(1))
        await tx.erase("p")
        await tx.deleteDocument("p/two")
        await tx.deleteDocument("p/none")
      })
      assert.deepEqual(await store.transact((tx) => tx.getDocument("p/one")), bytesOf("one"))
      assert.equal(await store.transact((tx) => tx.getDocument("p/two")), undefined)
      assert.equal(sequences(await store.transact((tx) => tx.archiveEntriesOf("p"))), "1")
    }
  }
])
