import type { ArchiveEntryRow } from "@maksa/core"
import type { Selectable } from "kysely"
import { asLimit, toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"
import { open, seal, SealedBy } from "./sealing.ts"
import type { ArchiveEntryTable } from "./Tables.ts"

const place = (key: string) => `document\n${key}`

const fromColumns = (row: Selectable<ArchiveEntryTable>): ArchiveEntryRow => ({
  sequence: toSafeNumber(row.sequence),
  paymentId: row.payment_id,
  content: row.content,
  digest: row.digest
})

export const insertArchiveEntry = async (scope: Scope, row: ArchiveEntryRow): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await scope.trx
    .insertInto("archive_entry")
    .values({ sequence: BigInt(row.sequence), payment_id: row.paymentId, content: row.content, digest: row.digest })
    .onConflict((conflict) => conflict.column("sequence").doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const lastArchiveEntry = async (scope: Scope): Promise<ArchiveEntryRow | undefined> => {
  const row = await scope.trx
    .selectFrom("archive_entry")
    .selectAll()
    .orderBy("sequence", "desc")
    .limit(asLimit(1))
    .executeTakeFirst()
  return row && fromColumns(row)
}

export const archiveEntriesAfter = async (
  scope: Scope,
  sequence: number,
  limit: number
): Promise<ReadonlyArray<ArchiveEntryRow>> => {
  const rows = await scope.trx
    .selectFrom("archive_entry")
    .selectAll()
    .where("sequence", ">", BigInt(sequence))
    .orderBy("sequence")
    .limit(asLimit(limit))
    .execute()
  return rows.map(fromColumns)
}

export const archiveEntriesOf = async (scope: Scope, paymentId: string): Promise<ReadonlyArray<ArchiveEntryRow>> => {
  const rows = await scope.trx
    .selectFrom("archive_entry")
    .selectAll()
    .where("payment_id", "=", paymentId)
    .orderBy("sequence")
    .execute()
  return rows.map(fromColumns)
}

/** Sealed by a key of the archive's own: what bookkeeping must keep outlives the payment's key. */
export const putDocument = async (scope: Scope, key: string, bytes: Uint8Array): Promise<void> => {
  const sealed = seal(scope.keys.archive, SealedBy.archive, place(key), bytes)
  await scope.trx
    .insertInto("archive_document")
    .values({ key, sealed })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ sealed }))
    .execute()
}

export const getDocument = async (scope: Scope, key: string): Promise<Uint8Array | undefined> => {
  const row = await scope.trx.selectFrom("archive_document").select("sealed").where("key", "=", key).executeTakeFirst()
  return row && new Uint8Array(open(scope.keys.archive, SealedBy.archive, place(key), row.sealed))
}

export const deleteDocument = async (scope: Scope, key: string): Promise<void> => {
  await scope.trx.deleteFrom("archive_document").where("key", "=", key).execute()
  scope.noteErasure()
}
