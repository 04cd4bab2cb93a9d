// What the Data API answers, exactly as it spells it. Its documentation writes ids and sums as numbers in examples and as
// texts in schemas, so both are read, and only whole ones.
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { JsonObject } from "../../signature.ts"
import type { WireSum } from "../wire.ts"

const optional = <S extends Schema.Constraint>(schema: S): Schema.optionalKey<Schema.NullOr<S>> =>
  Schema.optionalKey(Schema.NullOr(schema))

const Whole = Schema.Union([Schema.BigInt, Schema.String.check(Schema.isPattern(/^\d{1,19}$/))])
// A sum that is none spoils its own row and no other: what is read of it is decided by `sumOf`.
const Sum = Schema.Struct({ amount: Schema.optionalKey(Schema.Unknown), currency: optional(Schema.String) })

const WireOperation = Schema.Struct({
  project_id: Whole,
  operation_id: Whole,
  // Operations of the account itself, such as commissions, are about no payment.
  payment_id: optional(Schema.String),
  operation_type: Schema.String,
  operation_status: Schema.String,
  operation_created_at: optional(Schema.String),
  operation_completed_at: optional(Schema.String),
  sum_initial: optional(Sum),
  // `get-by-payment` writes the sum flat.
  amount: Schema.optionalKey(Schema.Unknown),
  currency: optional(Schema.String)
})
export type WireDataOperation = typeof WireOperation.Type

/**
 * The list that an answer consists of. An empty one adds nothing to what is signed, and the signature's reader shows only
 * what is signed, so that an answer with nothing in it holds an empty list.
 */
const listIn =
  <A>(decode: (body: JsonObject) => Option.Option<ReadonlyArray<A>>) =>
  (body: JsonObject) =>
    Object.keys(body).length === 0 ? Option.some<ReadonlyArray<A>>([]) : decode(body)

const decodeOperationList = Schema.decodeUnknownOption(Schema.Struct({ operations: Schema.Array(WireOperation) }))
export const decodeOperations = listIn((body) => Option.map(decodeOperationList(body), ({ operations }) => operations))

/** Each item names its purse, and one member whose name is a currency holds the sum. */
export type Purse = Readonly<Record<string, unknown>>
const decodeBalance = Schema.decodeUnknownOption(
  Schema.Struct({ balance: Schema.Array(Schema.Record(Schema.String, Schema.Unknown)) })
)
export const decodePurses = listIn<Purse>((body) => Option.map(decodeBalance(body), ({ balance }) => balance))

/** An error answer, which is not signed. */
const Problem = Schema.Struct({ name: Schema.String, message: Schema.String, status: Schema.Int })
export const isProblem = (text: string): boolean =>
  Option.isSome(Schema.decodeUnknownOption(Schema.fromJsonString(Problem))(text))

/** Members of an operation that are asked for: no account, name or address is sent to us. */
export const askedFields = [
  "project_id",
  "operation_id",
  "payment_id",
  "operation_type",
  "operation_status",
  "operation_created_at",
  "operation_completed_at",
  "sum_initial.amount",
  "sum_initial.currency"
] as const

/** Whole minor units, never a fraction; a purse may be overdrawn. */
export const wholeUnitsOf = (value: unknown): bigint | undefined => {
  if (typeof value === "bigint") return value
  return typeof value === "string" && /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined
}

export const sumOf = ({ amount, currency, sum_initial: nested }: WireDataOperation): WireSum | undefined => {
  const minorUnits = wholeUnitsOf(nested ? nested.amount : amount)
  const code = (nested ? nested.currency : currency) ?? ""
  const isSum = minorUnits !== undefined && minorUnits >= 0n && /^[A-Z]{3}$/.test(code)
  return isSum ? { amount: minorUnits, currency: code } : undefined
}
