// Archives that are broken in one way, each of which a named case must notice.
import { archiveCases } from "@maksa/contract-kit"
import type { DocumentArchive } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { diskUnderTest } from "./diskUnderTest.ts"

interface Saboteur {
  readonly sentence: string
  readonly killedBy: string
  readonly spoil: (right: DocumentArchive) => Partial<DocumentArchive>
}

const saboteurs: ReadonlyArray<Saboteur> = [
  {
    sentence: "keeps every document as text",
    killedBy: "document-as-stream",
    spoil: (right) => ({
      put: async (one) => right.put({ ...one, bytes: new TextEncoder().encode(await new Response(one.bytes).text()) })
    })
  },
  {
    sentence: "keeps what came before the source broke off",
    killedBy: "broken-source-keeps-nothing",
    spoil: (right) => ({
      put: async (one) => {
        const parts: Array<Uint8Array> = []
        try {
          if (!(one.bytes instanceof Uint8Array)) for await (const part of one.bytes) parts.push(part)
        } catch {
          // half of it is better than nothing
        }
        return right.put({ ...one, bytes: one.bytes instanceof Uint8Array ? one.bytes : Buffer.concat(parts) })
      }
    })
  },
  {
    sentence: "forgets what was said of a document",
    killedBy: "document-as-given",
    spoil: (right) => ({ put: ({ basis: _basis, ...one }) => right.put(one) })
  },
  {
    sentence: "keeps the same document again and again",
    killedBy: "same-bytes-once",
    spoil: (right) => ({ put: (one) => right.put({ ...one, basis: `${one.at} ${one.basis ?? ""}` }) })
  },
  {
    sentence: "lets one language take the place of another",
    killedBy: "kinds-apart",
    spoil: (right) => ({ put: ({ language: _language, ...one }) => right.put(one) })
  },
  {
    sentence: "says who read a document last, first",
    killedBy: "reads-in-order",
    spoil: (right) => ({ readsOf: async (id) => (await right.readsOf(id)).toReversed() })
  },
  {
    sentence: "notes no readings",
    killedBy: "reads-in-order",
    spoil: () => ({ recordRead: async () => {} })
  },
  {
    sentence: "erases accounting documents too",
    killedBy: "erases-its-class",
    spoil: (right) => ({
      erase: (id, { at }) => right.erase(id, { at, retention: ["accounting", "confirmation"] })
    })
  },
  {
    sentence: "erases nothing",
    killedBy: "erases-all-that-is-named",
    spoil: () => ({ erase: async () => {} })
  },
  {
    sentence: "finds everything intact",
    killedBy: "altered-entry-is-named",
    spoil: () => ({
      verify: async () => ({ isIntact: true, entries: 0, head: { sequence: 0, digest: "" } })
    })
  },
  {
    sentence: "finds everything broken",
    killedBy: "untouched-is-intact",
    spoil: () => ({ verify: async () => ({ isIntact: false, sequence: 1, problem: "entry_altered" }) })
  },
  {
    sentence: "does not look at the noted head",
    killedBy: "cut-end-shows-against-a-noted-head",
    spoil: (right) => ({ verify: () => right.verify() })
  },
  {
    sentence: "lists documents of every payment",
    killedBy: "kinds-apart",
    spoil: (right) => ({
      list: async () => (await Promise.all(["pay_1", "pay_2"].map((id) => right.list(id)))).flat()
    })
  }
]

describe("the archive suite notices an archive that", () => {
  for (const { killedBy, sentence, spoil } of saboteurs) {
    it(`${sentence}: ${killedBy}`, async () => {
      const found = archiveCases.find((one) => one.id === killedBy)
      assert.isDefined(found)
      const subject = await diskUnderTest((right) => ({ ...right, ...spoil(right) }))
      try {
        const isNoticed = await found?.check(subject).then(
          () => false,
          () => true
        )
        assert.isTrue(isNoticed)
      } finally {
        await subject.dispose()
      }
    })
  }

  it("has cases with ids of their own", () => {
    assert.strictEqual(new Set(archiveCases.map((one) => one.id)).size, archiveCases.length)
  })
})
