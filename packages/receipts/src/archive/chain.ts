// The chain of entries: each digest covers the entry's content and the digest before it.
import type { ArchiveEntryRow, ArchivedDocument, ArchiveHead, DocumentRead } from "@maksa/core"
import * as Schema from "effect/Schema"
import * as Option from "effect/Option"
import { createHash } from "node:crypto"
import { ArchiveError } from "./ArchiveError.ts"

const at = Schema.Int
const documentId = Schema.NonEmptyString
const Facts = Schema.Struct({
  paymentId: Schema.NonEmptyString,
  attemptId: Schema.NonEmptyString,
  source: Schema.Literals(["provider", "generated"]),
  mediaType: Schema.NonEmptyString,
  retention: Schema.Literals(["accounting", "confirmation"]),
  language: Schema.optionalKey(Schema.String),
  basis: Schema.optionalKey(Schema.String),
  sha256: Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/)),
  size: Schema.Int,
  supersedes: Schema.optionalKey(Schema.String)
})

/** What happened. A document's id is the place of the entry that stored it. */
const Event = Schema.TaggedUnion({
  stored: { at, document: Facts },
  read: { at, documentId, by: Schema.NonEmptyString },
  erased: { at, documentId }
})
export type Event = typeof Event.Type
const EventText = Schema.fromJsonString(Event)
const encodeEvent = Schema.encodeSync(EventText)
const decodeEvent = Schema.decodeUnknownOption(EventText)
/** `undefined` for a text that is no event. */
export const readEvent = (content: string): Event | undefined => Option.getOrUndefined(decodeEvent(content))

/** What the first entry's digest goes on from. */
export const start: ArchiveHead = { sequence: 0, digest: "0".repeat(64) }

export const digestOf = (before: string, row: Pick<ArchiveEntryRow, "sequence" | "paymentId" | "content">): string =>
  createHash("sha256").update(`${before}\n${row.sequence}\n${row.paymentId}\n${row.content}`).digest("hex")

/** The entry that follows `head`. */
export const entryAfter = (head: ArchiveHead, paymentId: string, event: Event): ArchiveEntryRow => {
  const row = { sequence: head.sequence + 1, paymentId, content: encodeEvent(event) }
  return { ...row, digest: digestOf(head.digest, row) }
}

export const documentIdAt = (sequence: number): string => `doc_${String(sequence).padStart(12, "0")}`

/** The place of the entry that stored a document; `undefined` for what is no id of ours. */
export const sequenceOf = (id: string): number | undefined =>
  /^doc_\d{12}$/.test(id) ? Number(id.slice(4)) : undefined

/** A payment's documents, oldest first, with their erasures and readings. */
export const documentsIn = (
  rows: ReadonlyArray<ArchiveEntryRow>
): ReadonlyArray<{ readonly document: ArchivedDocument; readonly reads: ReadonlyArray<DocumentRead> }> => {
  const found = new Map<string, { document: ArchivedDocument; readonly reads: Array<DocumentRead> }>()
  for (const row of rows) {
    const event = readEvent(row.content)
    if (event === undefined) throw new ArchiveError("damaged", `entry ${row.sequence} cannot be read`)
    if (event._tag === "stored") {
      const id = documentIdAt(row.sequence)
      found.set(id, { document: { id, archivedAt: event.at, ...event.document }, reads: [] })
      continue
    }
    const known = found.get(event.documentId)
    if (known === undefined) continue
    if (event._tag === "read") known.reads.push({ by: event.by, at: event.at })
    else known.document = { ...known.document, erasedAt: event.at }
  }
  return [...found.values()]
}
