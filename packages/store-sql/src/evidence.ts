import { createSecretKey, type KeyObject, randomBytes } from "node:crypto"
import { sql } from "kysely"
import { metOneRow, RowMissing } from "./columns.ts"
import type { Keys } from "./keys.ts"
import type { Scope } from "./Scope.ts"
import { open, seal, SealedBy } from "./sealing.ts"

// Where a ciphertext belongs; a row copied over another one does not open there.
const intakePlace = (observationId: string) => `evidence\n${observationId}`
const evidencePlace = (paymentId: string, observationId: string) => `evidence\n${paymentId}\n${observationId}`
const textPlace = (paymentId: string, attemptId: string, kind: string) => `text\n${paymentId}\n${attemptId}\n${kind}`
const keyPlace = (paymentId: string) => `key\n${paymentId}`

/** Seals received bytes before their payment is known, or at least without reading anything on that hot path. */
export const sealAtIntake = (keys: Keys, observationId: string, plain: Uint8Array): Uint8Array =>
  seal(keys.intake, SealedBy.intake, intakePlace(observationId), plain)

const findPaymentKey = async (scope: Scope, paymentId: string): Promise<KeyObject | undefined> => {
  const row = await scope.trx
    .selectFrom("payment_key")
    .select("wrapped")
    .where("payment_id", "=", paymentId)
    .executeTakeFirst()
  return row && createSecretKey(open(scope.keys.wrap, SealedBy.wrap, keyPlace(paymentId), row.wrapped))
}

const takePaymentKey = async (scope: Scope, paymentId: string): Promise<KeyObject> => {
  const found = await findPaymentKey(scope, paymentId)
  if (found !== undefined) return found
  const bytes = randomBytes(32)
  await scope.trx
    .insertInto("payment_key")
    .values({ payment_id: paymentId, wrapped: seal(scope.keys.wrap, SealedBy.wrap, keyPlace(paymentId), bytes) })
    .execute()
  return createSecretKey(bytes)
}

const openEvidence = async (
  scope: Scope,
  observationId: string,
  paymentId: string | null,
  sealed: Uint8Array
): Promise<Uint8Array | undefined> => {
  if (sealed[0] === SealedBy.intake) {
    return open(scope.keys.intake, SealedBy.intake, intakePlace(observationId), sealed)
  }
  if (paymentId === null) throw new Error("evidence is sealed for a payment, but its row names none")
  const key = await findPaymentKey(scope, paymentId)
  return key && open(key, SealedBy.payment, evidencePlace(paymentId, observationId), sealed)
}

export const adoptObservation = async (
  scope: Scope,
  id: string,
  to: { readonly attemptId: string; readonly paymentId: string }
): Promise<void> => {
  const row = await scope.trx
    .selectFrom("observation")
    .select(["payment_id", "evidence"])
    .where("id", "=", id)
    .executeTakeFirst()
  if (row === undefined) throw new RowMissing("observation")
  const plain = row.evidence === null ? undefined : await openEvidence(scope, id, row.payment_id, row.evidence)
  const evidence =
    plain === undefined
      ? null
      : seal(await takePaymentKey(scope, to.paymentId), SealedBy.payment, evidencePlace(to.paymentId, id), plain)
  const result = await scope.trx
    .updateTable("observation")
    .set({ attempt_id: to.attemptId, payment_id: to.paymentId, fold: "folded", evidence })
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
  metOneRow("observation", result)
}

export const evidenceOf = async (scope: Scope, observationId: string): Promise<Uint8Array | undefined> => {
  const row = await scope.trx
    .selectFrom("observation")
    .select(["payment_id", "evidence"])
    .where("id", "=", observationId)
    .executeTakeFirst()
  if (row === undefined || row.evidence === null) return undefined
  const plain = await openEvidence(scope, observationId, row.payment_id, row.evidence)
  return plain && new Uint8Array(plain)
}

export const putSealed = async (
  scope: Scope,
  attemptId: string,
  paymentId: string,
  kind: "input" | "action",
  text: string | undefined
): Promise<void> => {
  if (text === undefined) {
    await scope.trx.deleteFrom("sealed_text").where("attempt_id", "=", attemptId).where("kind", "=", kind).execute()
    return
  }
  const key = await takePaymentKey(scope, paymentId)
  const sealed = seal(key, SealedBy.payment, textPlace(paymentId, attemptId, kind), Buffer.from(text, "utf8"))
  await scope.trx
    .insertInto("sealed_text")
    .values({ attempt_id: attemptId, kind, payment_id: paymentId, sealed })
    .onConflict((conflict) => conflict.columns(["attempt_id", "kind"]).doUpdateSet({ payment_id: paymentId, sealed }))
    .execute()
}

export const getSealed = async (
  scope: Scope,
  attemptId: string,
  kind: "input" | "action"
): Promise<string | undefined> => {
  const row = await scope.trx
    .selectFrom("sealed_text")
    .select(["payment_id", "sealed"])
    .where("attempt_id", "=", attemptId)
    .where("kind", "=", kind)
    .executeTakeFirst()
  const key = row && (await findPaymentKey(scope, row.payment_id))
  if (row === undefined || key === undefined) return undefined
  return open(key, SealedBy.payment, textPlace(row.payment_id, attemptId, kind), row.sealed).toString("utf8")
}

/** What arrives after an erasure is sealed with a new key and needs an erasure of its own. */
export const erase = async (scope: Scope, paymentId: string): Promise<void> => {
  await scope.trx.deleteFrom("payment_key").where("payment_id", "=", paymentId).execute()
  await scope.trx.deleteFrom("sealed_text").where("payment_id", "=", paymentId).execute()
  await scope.trx.updateTable("observation").set({ evidence: null }).where("payment_id", "=", paymentId).execute()
  const repayments = await scope.trx.selectFrom("repayment").select("id").where("payment_id", "=", paymentId).execute()
  for (const { id, instance, provider_reference: word } of await scope.trx
    .selectFrom("attempt")
    .select(["id", "instance", "provider_reference"])
    .where("payment_id", "=", paymentId)
    .execute()) {
    const names = [id, ...(word === null ? [] : [word]), ...repayments.map((one) => one.id)]
    // Written into the statement, as in observations.ts: the partial indexes then serve.
    for (const fold of [sql.lit("unfolded" as const), sql.lit("parked" as const)]) {
      await scope.trx
        .updateTable("observation")
        .set({ evidence: null })
        .where("fold", "=", fold)
        .where("instance", "=", instance)
        .where("reference", "in", names)
        .execute()
    }
  }
  scope.noteErasure()
}
