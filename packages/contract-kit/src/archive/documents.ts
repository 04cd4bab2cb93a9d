import assert from "node:assert/strict"
import type { DocumentArchive, NewDocument } from "@maksa/core"

export const NOW = 1_774_747_800_000
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A provider's PDF of payment `pay_1`, unless told otherwise. */
export const aDocument = (text: string, other: Partial<NewDocument> = {}): NewDocument => ({
  paymentId: "pay_1",
  attemptId: "att_1",
  source: "provider",
  mediaType: "application/pdf",
  retention: "accounting",
  at: NOW,
  bytes: bytesOf(text),
  ...other
})

export const aConfirmation = (text: string, other: Partial<NewDocument> = {}): NewDocument =>
  aDocument(text, {
    source: "generated",
    retention: "confirmation",
    language: "lv",
    basis: `basis of ${text}`,
    ...other
  })

/** The document's bytes to the end of the stream; `undefined` if there are none. */
export const bytesFrom = async (archive: DocumentArchive, id: string): Promise<Uint8Array | undefined> => {
  const found = await archive.get(id)
  return found && new Uint8Array(await new Response(found.bytes).arrayBuffer())
}

/** Not deepEqual: telling where so many bytes differ takes all memory. */
export const isSame = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.from(a).equals(b)

export const holds = async (archive: DocumentArchive, id: string, text: string): Promise<void> => {
  assert.ok(isSame(await bytesFrom(archive, id), bytesOf(text)), `${id} does not hold the bytes that were put`)
}

export const idsOf = async (archive: DocumentArchive, paymentId = "pay_1"): Promise<ReadonlyArray<string>> =>
  (await archive.list(paymentId)).map(({ id }) => id)
