// The archive itself, over any medium: what is an entry, what supersedes what, what is erased.
import type { ArchivedDocument, ArchiveHead, DocumentArchive, DocumentFacts } from "@maksa/core"
import { ArchiveError } from "./ArchiveError.ts"
import { documentIdAt, documentsIn, entryAfter, type Event, sequenceOf, start } from "./chain.ts"
import type { Medium } from "./Medium.ts"
import { checkedBytes, toStream } from "./streams.ts"
import { verifyChain } from "./verifyChain.ts"

const isSameKind = (a: DocumentFacts, b: DocumentFacts): boolean =>
  a.attemptId === b.attemptId && a.source === b.source && a.mediaType === b.mediaType && a.language === b.language

export const archiveOver = (medium: Medium): DocumentArchive => {
  const documentsOf = async (paymentId: string) => documentsIn(await medium.entriesOf(paymentId))

  /** Appends what `decide` makes of the payment's documents as they are then; `undefined`: there is nothing to add. */
  const append = async (
    paymentId: string,
    decide: (documents: ReadonlyArray<ArchivedDocument>) => Event | undefined
  ): Promise<ArchiveHead | undefined> => {
    for (;;) {
      // Read first: whoever appends in between takes the place, and everything is looked at again.
      const head = (await medium.last()) ?? start
      const event = decide((await documentsOf(paymentId)).map(({ document }) => document))
      if (event === undefined) return undefined
      const entry = entryAfter(head, paymentId, event)
      if (await medium.append(entry)) return entry
    }
  }

  const find = async (documentId: string) => {
    const sequence = sequenceOf(documentId)
    const entry = sequence === undefined ? undefined : await medium.entryAt(sequence)
    const found = entry === undefined ? [] : await documentsOf(entry.paymentId)
    return found.find(({ document }) => document.id === documentId)
  }

  return {
    put: async ({ at, bytes, ...facts }) => {
      const { sha256, size } = await medium.putBytes(facts.paymentId, toStream(bytes))
      let kept: ArchivedDocument | undefined
      const entry = await append(facts.paymentId, (documents) => {
        const newest = documents.findLast((one) => isSameKind(one, facts) && one.erasedAt === undefined)
        const isKept = newest?.sha256 === sha256 && newest.basis === facts.basis
        kept = isKept ? newest : undefined
        const document = { ...facts, sha256, size, ...(newest === undefined ? {} : { supersedes: newest.id }) }
        return isKept ? undefined : { _tag: "stored", at, document }
      })
      const document = kept ?? (entry && (await find(documentIdAt(entry.sequence)))?.document)
      if (document === undefined) throw new ArchiveError("damaged", "what was just kept is not there")
      return document
    },

    get: async (documentId) => {
      const document = (await find(documentId))?.document
      if (document === undefined || document.erasedAt !== undefined) return undefined
      const bytes = await medium.getBytes(document.paymentId, document.sha256)
      if (bytes === undefined) throw new ArchiveError("damaged", `the bytes of ${documentId} are gone`)
      return { document, bytes: checkedBytes(bytes, document) }
    },

    list: async (paymentId) => (await documentsOf(paymentId)).map(({ document }) => document),

    recordRead: async (documentId, { at, by }) => {
      const found = await find(documentId)
      if (found === undefined || found.document.erasedAt !== undefined) {
        throw new ArchiveError("not_found", `there is no document ${documentId}`)
      }
      await append(found.document.paymentId, () => ({ _tag: "read", at, documentId, by }))
    },

    readsOf: async (documentId) => (await find(documentId))?.reads ?? [],

    erase: async (paymentId, { at, retention }) => {
      const isMeant = (one: ArchivedDocument) => retention.includes(one.retention)
      for (;;) {
        const done = await append(paymentId, (documents) => {
          const next = documents.find((one) => isMeant(one) && one.erasedAt === undefined)
          return next && { _tag: "erased", at, documentId: next.id }
        })
        if (done === undefined) break
      }
      // After the entries, and each time: a crash in between leaves bytes that the next call destroys.
      const documents = (await documentsOf(paymentId)).map(({ document }) => document)
      const needed = new Set(documents.filter((one) => one.erasedAt === undefined).map((one) => one.sha256))
      const erased = documents.filter((one) => one.erasedAt !== undefined && !needed.has(one.sha256))
      for (const sha256 of new Set(erased.map((one) => one.sha256))) await medium.deleteBytes(paymentId, sha256)
    },

    verify: (noted) => verifyChain(medium, noted)
  }
}
