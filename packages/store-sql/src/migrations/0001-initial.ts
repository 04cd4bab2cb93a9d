import { Channel, Finality, PaymentStatus, Trust } from "@maksa/core"
import { type Kysely, type Migration, type RawBuilder, sql } from "kysely"
import type { Dialect } from "../Scope.ts"

const environments = ["sandbox", "test", "live"]
const submissions = ["none", "started", "answered", "not_sent"]
const folds = ["unfolded", "parked", "folded"]
const sealedKinds = ["input", "action"]
const fulfilments = ["none", "told"]
const eventStatuses = ["pending", "delivered"]
const workKinds = ["query", "receipt"]
const routes = ["manual", "refund", "payout"]

const isOneOf = (column: string, words: ReadonlyArray<string>): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} in (${sql.join(words.map((word) => sql.lit(word)))})`

// Times are int8 epoch milliseconds; a date in seconds by mistake would fall into January 1970.
const isMoneyPair = sql<boolean>`(asked_minor is null) = (currency is null)`

/** The first schema. A released migration is never edited: what comes later is a new file. */
export const initial = ({ types }: Dialect): Migration => {
  const id = sql.raw<string>(types.id)
  const serial = sql.raw<string>(types.serial)
  const bytes = types.bytes
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("store_meta")
        .addColumn("name", "text", (c) => c.primaryKey().notNull())
        .addColumn("value", "text", (c) => c.notNull())
        .execute()

      await db.schema
        .createTable("payment")
        .addColumn("id", id, (c) => c.primaryKey().notNull())
        .addColumn("idempotency_digest", "text", (c) => c.notNull().unique())
        .addColumn("input_digest", "text", (c) => c.notNull())
        .addColumn("merchant_reference", "text", (c) => c.notNull())
        .addColumn("environment", "text", (c) => c.notNull().check(isOneOf("environment", environments)))
        .addColumn("purpose", "text", (c) => c.notNull())
        .addColumn("lines", "text", (c) => c.notNull())
        .addColumn("asked_minor", "bigint")
        .addColumn("currency", "text")
        .addColumn("created_at", "bigint", (c) => c.notNull())
        .addColumn("updated_at", "bigint", (c) => c.notNull())
        .addColumn("status", "text", (c) => c.notNull().check(isOneOf("status", PaymentStatus.literals)))
        .addColumn("finality", "text", (c) => c.notNull().check(isOneOf("finality", Finality.literals)))
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("epoch", "bigint", (c) => c.notNull())
        .addColumn("fulfilment", "text", (c) => c.notNull().check(isOneOf("fulfilment", fulfilments)))
        .addCheckConstraint("payment_money_pair", isMoneyPair)
        .execute()
      await db.schema.createIndex("payment_by_time").on("payment").columns(["created_at", "id"]).execute()
      await db.schema.createIndex("payment_by_status").on("payment").columns(["status", "created_at", "id"]).execute()
      await db.schema
        .createIndex("payment_by_reference")
        .on("payment")
        .columns(["merchant_reference", "created_at", "id"])
        .execute()

      await db.schema
        .createTable("attempt")
        .addColumn("id", id, (c) => c.primaryKey().notNull())
        .addColumn("payment_id", id, (c) => c.notNull().references("payment.id"))
        .addColumn("instance", "text", (c) => c.notNull())
        .addColumn("ordinal", "bigint", (c) => c.notNull())
        .addColumn("idempotency_digest", "text", (c) => c.unique())
        .addColumn("input_digest", "text")
        .addColumn("created_at", "bigint", (c) => c.notNull())
        .addColumn("deadline", "bigint", (c) => c.notNull())
        .addColumn("submission", "text", (c) => c.notNull().check(isOneOf("submission", submissions)))
        .addColumn("submitted_at", "bigint")
        .addColumn("provider_reference", "text")
        .addColumn("payer_token_digest", "text", (c) => c.notNull().unique())
        .addColumn("webhook_token_digest", "text", (c) => c.notNull().unique())
        .addColumn("status", "text", (c) => c.notNull().check(isOneOf("status", PaymentStatus.literals)))
        .addColumn("finality", "text", (c) => c.notNull().check(isOneOf("finality", Finality.literals)))
        .addColumn("since", "bigint", (c) => c.notNull())
        .addColumn("last_query_at", "bigint")
        .addUniqueConstraint("attempt_of_payment", ["payment_id", "ordinal"])
        .execute()
      await db.schema
        .createIndex("attempt_by_reference")
        .on("attempt")
        .columns(["instance", "provider_reference", "created_at", "id"])
        .where(sql.ref("provider_reference"), "is not", null)
        .execute()

      // No foreign keys here: evidence is kept whatever it names.
      await db.schema
        .createTable("observation")
        .addColumn("seq", serial, (c) => c.primaryKey())
        .addColumn("id", id, (c) => c.notNull().unique())
        .addColumn("attempt_id", id)
        .addColumn("payment_id", id)
        .addColumn("instance", "text", (c) => c.notNull())
        .addColumn("reference", "text")
        .addColumn("channel", "text", (c) => c.notNull().check(isOneOf("channel", Channel.literals)))
        .addColumn("trust", "text", (c) => c.notNull().check(isOneOf("trust", Trust.literals)))
        .addColumn("content", "text", (c) => c.notNull())
        .addColumn("digest", "text", (c) => c.notNull().unique())
        .addColumn("observed_at", "bigint", (c) => c.notNull())
        .addColumn("fold", "text", (c) => c.notNull().check(isOneOf("fold", folds)))
        .addColumn("evidence", bytes === "blob" ? "blob" : "bytea") // last: reading the columns before it skips it
        .execute()
      await db.schema
        .createIndex("observation_of_payment")
        .on("observation")
        .columns(["payment_id", "seq"])
        .where(sql.ref("payment_id"), "is not", null)
        .execute()
      await db.schema
        .createIndex("observation_unfolded")
        .on("observation")
        .column("seq")
        .where(sql.ref("fold"), "=", "unfolded")
        .execute()
      await db.schema
        .createIndex("observation_parked")
        .on("observation")
        .columns(["instance", "reference"])
        .where(sql.ref("fold"), "=", "parked")
        .execute()

      await db.schema
        .createTable("payment_key")
        .addColumn("payment_id", id, (c) => c.primaryKey().notNull())
        .addColumn("wrapped", bytes, (c) => c.notNull())
        .execute()

      await db.schema
        .createTable("sealed_text")
        .addColumn("attempt_id", id, (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull().check(isOneOf("kind", sealedKinds)))
        .addColumn("payment_id", id, (c) => c.notNull())
        .addColumn("sealed", bytes, (c) => c.notNull())
        .addPrimaryKeyConstraint("sealed_text_key", ["attempt_id", "kind"])
        .execute()
      await db.schema.createIndex("sealed_text_of_payment").on("sealed_text").column("payment_id").execute()

      await db.schema
        .createTable("event")
        .addColumn("seq", serial, (c) => c.primaryKey())
        .addColumn("id", id, (c) => c.notNull().unique())
        .addColumn("payment_id", id, (c) => c.notNull().references("payment.id"))
        .addColumn("type", "text", (c) => c.notNull())
        .addColumn("created_at", "bigint", (c) => c.notNull())
        .addColumn("payload", "text", (c) => c.notNull())
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("tries", "bigint", (c) => c.notNull())
        .addColumn("status", "text", (c) => c.notNull().check(isOneOf("status", eventStatuses)))
        .addColumn("last_error", "text")
        .execute()
      await db.schema
        .createIndex("event_due")
        .on("event")
        .columns(["due_at", "seq"])
        .where(sql.ref("status"), "=", "pending")
        .execute()
      await db.schema.createIndex("event_of_payment").on("event").columns(["payment_id", "seq"]).execute()

      // Done work is deleted, so every row is pending and the index needs no condition.
      await db.schema
        .createTable("work")
        .addColumn("seq", serial, (c) => c.primaryKey())
        .addColumn("kind", "text", (c) => c.notNull().check(isOneOf("kind", workKinds)))
        .addColumn("attempt_id", id, (c) => c.notNull().references("attempt.id"))
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("lease_until", "bigint", (c) => c.notNull())
        .addColumn("tries", "bigint", (c) => c.notNull())
        .addUniqueConstraint("work_of_attempt", ["attempt_id", "kind"])
        .execute()
      await db.schema.createIndex("work_due").on("work").columns(["due_at", "seq", "lease_until"]).execute()

      await db.schema
        .createTable("repayment")
        .addColumn("seq", serial, (c) => c.primaryKey())
        .addColumn("id", id, (c) => c.notNull().unique())
        .addColumn("payment_id", id, (c) => c.notNull().references("payment.id"))
        .addColumn("idempotency_digest", "text", (c) => c.notNull().unique())
        .addColumn("input_digest", "text", (c) => c.notNull())
        .addColumn("amount_minor", "bigint", (c) => c.notNull())
        .addColumn("currency", "text", (c) => c.notNull())
        .addColumn("route", "text", (c) => c.notNull().check(isOneOf("route", routes)))
        .addColumn("status", "text", (c) => c.notNull())
        .addColumn("history", "text", (c) => c.notNull())
        .addColumn("created_at", "bigint", (c) => c.notNull())
        .addColumn("updated_at", "bigint", (c) => c.notNull())
        .execute()
      await db.schema.createIndex("repayment_of_payment").on("repayment").columns(["payment_id", "seq"]).execute()
    }
  }
}
