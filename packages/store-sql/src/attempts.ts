import type { AttemptRow, SubmittedFilter } from "@maksa/core"
import { type CompiledQuery, type Insertable, type Kysely, type Selectable, sql } from "kysely"
import { asLimit, metOneRow, toSafeNumber } from "./columns.ts"
import type { Scope } from "./Scope.ts"
import type { AttemptTable, Tables } from "./Tables.ts"

const toColumns = (row: AttemptRow): Insertable<AttemptTable> => ({
  id: row.id,
  payment_id: row.paymentId,
  instance: row.instance,
  ordinal: BigInt(row.ordinal),
  idempotency_digest: row.idempotencyDigest ?? null,
  input_digest: row.inputDigest ?? null,
  created_at: BigInt(row.createdAt),
  deadline: BigInt(row.deadline),
  submission: row.submission,
  submitted_at: row.submittedAt === undefined ? null : BigInt(row.submittedAt),
  provider_reference: row.providerReference ?? null,
  payer_token_digest: row.payerTokenDigest,
  webhook_token_digest: row.webhookTokenDigest,
  status: row.status,
  finality: row.finality,
  since: BigInt(row.since),
  last_query_at: row.lastQueryAt === undefined ? null : BigInt(row.lastQueryAt),
  answered_at: row.answeredAt === undefined ? null : BigInt(row.answeredAt)
})

const fromColumns = (row: Selectable<AttemptTable>): AttemptRow => ({
  id: row.id,
  paymentId: row.payment_id,
  instance: row.instance,
  ordinal: toSafeNumber(row.ordinal),
  idempotencyDigest: row.idempotency_digest ?? undefined,
  inputDigest: row.input_digest ?? undefined,
  createdAt: toSafeNumber(row.created_at),
  deadline: toSafeNumber(row.deadline),
  submission: row.submission,
  submittedAt: row.submitted_at === null ? undefined : toSafeNumber(row.submitted_at),
  providerReference: row.provider_reference ?? undefined,
  payerTokenDigest: row.payer_token_digest,
  webhookTokenDigest: row.webhook_token_digest,
  status: row.status,
  finality: row.finality,
  since: toSafeNumber(row.since),
  lastQueryAt: row.last_query_at === null ? undefined : toSafeNumber(row.last_query_at),
  answeredAt: row.answered_at === null ? undefined : toSafeNumber(row.answered_at)
})

export const insertAttempt = async (scope: Scope, row: AttemptRow): Promise<void> => {
  await scope.trx.insertInto("attempt").values(toColumns(row)).execute()
}

export const updateAttempt = async (scope: Scope, row: AttemptRow): Promise<void> => {
  const { id, ...columns } = toColumns(row)
  metOneRow(
    "attempt",
    await scope.trx.updateTable("attempt").set(columns).where("id", "=", id).executeTakeFirstOrThrow()
  )
}

const findOne = async (
  scope: Scope,
  column: "idempotency_digest" | "payer_token_digest" | "webhook_token_digest",
  value: string
): Promise<AttemptRow | undefined> => {
  const row = await scope.trx.selectFrom("attempt").selectAll().where(column, "=", value).executeTakeFirst()
  return row && fromColumns(row)
}

export const compileFindAttempt = (db: Kysely<Tables>): CompiledQuery<Selectable<AttemptTable>> =>
  db.selectFrom("attempt").selectAll().where("id", "=", "").compile()

export const findAttempt = async (scope: Scope, id: string): Promise<AttemptRow | undefined> => {
  const { rows } = await scope.trx.executeQuery<Selectable<AttemptTable>>({
    ...scope.compiled.findAttempt,
    parameters: [id]
  })
  return rows[0] && fromColumns(rows[0])
}

export const findAttemptByKey = (scope: Scope, digest: string): Promise<AttemptRow | undefined> =>
  findOne(scope, "idempotency_digest", digest)

export const findAttemptByPayerToken = (scope: Scope, digest: string): Promise<AttemptRow | undefined> =>
  findOne(scope, "payer_token_digest", digest)

export const findAttemptByWebhookToken = (scope: Scope, digest: string): Promise<AttemptRow | undefined> =>
  findOne(scope, "webhook_token_digest", digest)

export const compileFindAttemptByWord = (db: Kysely<Tables>): CompiledQuery<Selectable<AttemptTable>> =>
  db
    .selectFrom("attempt")
    .selectAll()
    .where("instance", "=", "")
    .where("provider_reference", "=", "")
    .orderBy("created_at")
    .orderBy("id")
    .limit(sql.lit(1))
    .compile()

/** Our own id comes before the provider's word, which may not be unique; of several by that word the oldest answers. */
export const findAttemptByReference = async (
  scope: Scope,
  instance: string,
  reference: string
): Promise<AttemptRow | undefined> => {
  const own = await findAttempt(scope, reference)
  if (own?.instance === instance) return own
  const { rows } = await scope.trx.executeQuery<Selectable<AttemptTable>>({
    ...scope.compiled.findAttemptByWord,
    parameters: [instance, reference]
  })
  return rows[0] && fromColumns(rows[0])
}

export const attemptsOf = async (scope: Scope, paymentId: string): Promise<ReadonlyArray<AttemptRow>> => {
  const rows = await scope.trx
    .selectFrom("attempt")
    .selectAll()
    .where("payment_id", "=", paymentId)
    .orderBy("ordinal")
    .execute()
  return rows.map(fromColumns)
}

/** `from` is inclusive, `to` exclusive, so that neighbouring spans share no attempt. */
export const submittedAttempts = async (
  scope: Scope,
  { after, from, instance, limit, to }: SubmittedFilter
): Promise<ReadonlyArray<AttemptRow>> => {
  let query = scope.trx
    .selectFrom("attempt")
    .selectAll()
    .where("instance", "=", instance)
    .where("submitted_at", ">=", BigInt(from))
    .where("submitted_at", "<", BigInt(to))
  if (after !== undefined) {
    query = query.where((where) =>
      where(where.refTuple("submitted_at", "id"), ">", where.tuple(BigInt(after.submittedAt), after.id))
    )
  }
  const rows = await query.orderBy("submitted_at").orderBy("id").limit(asLimit(limit)).execute()
  return rows.map(fromColumns)
}
