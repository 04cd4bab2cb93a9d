// Messages as the provider spells them (its document, section 3). Unknown members are tolerated, wrong ones are not.
import { Money } from "@maksa/core"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { parseStrict } from "./strictJson.ts"

const Text = Schema.NonEmptyString
const Word = Schema.String.check(Schema.isMaxLength(200))

/** Minor units as decimal digits. */
const Amount = Schema.Struct({
  value: Schema.String.check(Schema.isPattern(/^\d{1,15}$/)),
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/))
})

export const toMoney = ({ currency, value }: typeof Amount.Type): Money =>
  new Money({ minorUnits: BigInt(value), currency })
export const fromMoney = ({ currency, minorUnits }: Money): typeof Amount.Type => ({
  value: minorUnits.toString(),
  currency
})

const Sums = Schema.Array(Schema.Struct({ id: Text, amount: Amount }))

const Action = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("page"), url: Text }),
  Schema.Struct({
    kind: Schema.Literal("widget"),
    script: Text,
    host: Text,
    token: Text,
    parameters: Schema.Record(Schema.String, Schema.String)
  }),
  Schema.Struct({
    kind: Schema.Literal("questions"),
    fields: Schema.Array(Schema.Struct({ name: Text, label: Schema.String, required: Schema.Boolean })),
    consent: Schema.optionalKey(Schema.String)
  }),
  Schema.Struct({ kind: Schema.Literal("portal"), place: Text, until: Text, url: Text }),
  Schema.Struct({ kind: Schema.Literal("wait") })
])
export type WireAction = typeof Action.Type

export const WirePayment = Schema.Struct({
  /** Our attempt's id. */
  id: Text,
  number: Text,
  status: Word,
  updated_at: Word,
  total: Amount,
  priced_by: Schema.Literals(["merchant", "list"]),
  promised: Schema.optionalKey(Amount),
  charges: Sums,
  returns: Sums,
  action: Schema.optionalKey(Action),
  code: Schema.optionalKey(Word),
  bank: Schema.optionalKey(Word)
})
export type WirePayment = typeof WirePayment.Type

export const WireRepayment = Schema.Struct({
  /** Our repayment's id. */
  id: Text,
  /** Our attempt's id. */
  payment: Text,
  status: Word,
  updated_at: Word,
  amount: Amount,
  code: Schema.optionalKey(Word)
})
export type WireRepayment = typeof WireRepayment.Type

const account = { account: Text }
export const PaymentReply = Schema.Struct({ ...account, payment: WirePayment })
export const RepaymentReply = Schema.Struct({ ...account, repayment: WireRepayment })
/** A message to us is about a payment, or about money going back, never about both. */
export const Notice = Schema.Union([PaymentReply, RepaymentReply])
const ListedWirePayment = Schema.Struct({ ...WirePayment.fields, created_at: Word })
export type ListedWirePayment = typeof ListedWirePayment.Type
export const ListReply = Schema.Struct({
  ...account,
  payments: Schema.Array(ListedWirePayment),
  next: Schema.optionalKey(Text)
})
export const BanksReply = Schema.Struct({
  ...account,
  banks: Schema.Array(
    Schema.Struct({ id: Text, name: Text, min: Schema.optionalKey(Amount), max: Schema.optionalKey(Amount) })
  )
})
export const InvoiceReply = Schema.Struct({ ...account, document: Text })
export const AccountReply = Schema.Struct({ ...account, key_expires_at: Text })
export const ErrorReply = Schema.Struct({
  error: Schema.Struct({ code: Schema.String.check(Schema.isPattern(/^[a-z_]{1,64}$/)) })
})

/** Reads a message by its schema, or says in words without values what is wrong with it. */
export const readMessage = <A>(schema: Schema.Codec<A, unknown>, bytes: Uint8Array): Result.Result<A, string> =>
  Result.flatMap(parseStrict(bytes), (value) =>
    Result.mapError(Schema.decodeUnknownResult(schema)(value), () => "its members are missing or have other types")
  )
