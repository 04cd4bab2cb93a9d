import type { InvoiceRow } from "@maksa/core"
import { toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"

/** One row per attempt; again for the same attempt replaces it. */
export const putInvoice = async (scope: Scope, row: InvoiceRow): Promise<void> => {
  const columns = {
    payment_id: row.paymentId,
    input_digest: row.inputDigest,
    status: row.status,
    document_id: row.documentId ?? null,
    submitted_at: BigInt(row.submittedAt),
    history: row.history
  }
  await scope.trx
    .insertInto("invoice")
    .values({ attempt_id: row.attemptId, ...columns })
    .onConflict((conflict) => conflict.column("attempt_id").doUpdateSet(columns))
    .execute()
}

export const findInvoice = async (scope: Scope, attemptId: string): Promise<InvoiceRow | undefined> => {
  const row = await scope.trx.selectFrom("invoice").selectAll().where("attempt_id", "=", attemptId).executeTakeFirst()
  return (
    row && {
      attemptId: row.attempt_id,
      paymentId: row.payment_id,
      inputDigest: row.input_digest,
      status: row.status,
      documentId: row.document_id ?? undefined,
      submittedAt: toSafeNumber(row.submitted_at),
      history: row.history
    }
  )
}
