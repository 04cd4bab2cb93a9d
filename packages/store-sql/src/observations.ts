import type { ObservationRow } from "@maksa/core"
import { type CompiledQuery, type Kysely, type Selectable, sql } from "kysely"
import { asLimit, metOneRow, toSafeNumber } from "./columns.ts"
import { sealAtIntake } from "./evidence.ts"
import type { Scope } from "./Scope.ts"
import type { ObservationTable, Tables } from "./Tables.ts"

/** The insert that acknowledgements wait for; its places are in the order of `insertObservation` below. */
export const compileInsertObservation = (db: Kysely<Tables>): CompiledQuery =>
  db
    .insertInto("observation")
    .values({
      id: "",
      attempt_id: "",
      payment_id: "",
      instance: "",
      reference: "",
      channel: "reply",
      trust: "hint",
      content: "",
      digest: "",
      observed_at: 0n,
      fold: "unfolded",
      evidence: new Uint8Array()
    })
    .onConflict((conflict) => conflict.column("digest").doNothing())
    .compile()

export const insertObservation = async (scope: Scope, row: ObservationRow): Promise<boolean> => {
  const result = await scope.trx.executeQuery({
    ...scope.compiled.insertObservation,
    parameters: [
      row.id,
      row.attemptId ?? null,
      row.paymentId ?? null,
      row.instance,
      row.reference ?? null,
      row.channel,
      row.trust,
      row.content,
      row.digest,
      BigInt(row.observedAt),
      "unfolded",
      row.evidence === undefined ? null : sealAtIntake(scope.keys, row.id, row.evidence)
    ]
  })
  return result.numAffectedRows === 1n
}

const listed = [
  "id",
  "attempt_id",
  "payment_id",
  "instance",
  "reference",
  "channel",
  "trust",
  "content",
  "digest",
  "observed_at"
] as const

const fromColumns = (row: Pick<Selectable<ObservationTable>, (typeof listed)[number]>): ObservationRow => ({
  id: row.id,
  attemptId: row.attempt_id ?? undefined,
  paymentId: row.payment_id ?? undefined,
  instance: row.instance,
  reference: row.reference ?? undefined,
  channel: row.channel,
  trust: row.trust,
  content: row.content,
  digest: row.digest,
  observedAt: toSafeNumber(row.observed_at),
  evidence: undefined
})

export const observationsOf = async (scope: Scope, paymentId: string): Promise<ReadonlyArray<ObservationRow>> => {
  const rows = await scope.trx
    .selectFrom("observation")
    .select(listed)
    .where("payment_id", "=", paymentId)
    .orderBy("seq")
    .execute()
  return rows.map(fromColumns)
}

// `fold` is written into the statement: a planner that does not see the value cannot use the partial index.
const isUnfolded = sql.lit("unfolded" as const)
const isParked = sql.lit("parked" as const)

export const unfoldedObservations = async (scope: Scope, limit: number): Promise<ReadonlyArray<ObservationRow>> => {
  const rows = await scope.trx
    .selectFrom("observation")
    .select(listed)
    .where("fold", "=", isUnfolded)
    .orderBy("seq")
    .limit(asLimit(limit))
    .execute()
  return rows.map(fromColumns)
}

export const compileParkObservation = (db: Kysely<Tables>): CompiledQuery =>
  db.updateTable("observation").set({ fold: isParked }).where("id", "=", "").compile()

export const parkObservation = async (scope: Scope, id: string): Promise<void> => {
  const { numAffectedRows = 0n } = await scope.trx.executeQuery({ ...scope.compiled.parkObservation, parameters: [id] })
  metOneRow("observation", { numUpdatedRows: numAffectedRows })
}

export const joinParked = async (scope: Scope, instance: string, reference: string): Promise<void> => {
  await scope.trx
    .updateTable("observation")
    .set({ fold: "unfolded" })
    .where("fold", "=", isParked)
    .where("instance", "=", instance)
    .where("reference", "=", reference)
    .execute()
}

export const countParked = async (scope: Scope): Promise<number> => {
  const row = await scope.trx
    .selectFrom("observation")
    .select((select) => select.fn.countAll<bigint>().as("count"))
    .where("fold", "=", isParked)
    .executeTakeFirstOrThrow()
  return toSafeNumber(row.count)
}
