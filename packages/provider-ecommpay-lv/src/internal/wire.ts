// The provider's messages, exactly as it spells them. A right signature fixes neither types nor structure, so both are
// fixed here; what is not listed is tolerated, because a project's messages are composed by its support.
import * as Schema from "effect/Schema"

/** Members may be absent, or null, which is signed like empty text. */
const optional = <S extends Schema.Constraint>(schema: S): Schema.optionalKey<Schema.NullOr<S>> =>
  Schema.optionalKey(Schema.NullOr(schema))

/** Minor units; integers only, as bigints from the signature's reader. */
const Sum = Schema.Struct({
  amount: Schema.BigInt.check(Schema.isGreaterThanOrEqualToBigInt(0n)),
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/))
})
export type WireSum = typeof Sum.Type

/** Text in callbacks, an integer elsewhere in the documentation. */
const Code = Schema.Union([Schema.String, Schema.BigInt])

const Id = Schema.NonEmptyString.check(Schema.isMaxLength(255))

const WirePayment = Schema.Struct({
  id: Id,
  type: optional(Schema.String),
  status: optional(Schema.String),
  date: optional(Schema.String),
  method: optional(Schema.String),
  sum: optional(Sum)
})

const Operation = Schema.Struct({
  type: optional(Schema.String),
  status: optional(Schema.String),
  date: optional(Schema.String),
  sum_initial: optional(Sum),
  code: optional(Code)
})
export type WireOperation = typeof Operation.Type

const WireError = Schema.Struct({ code: optional(Code) })

/** Where to send the payer. `body` is posted; an empty one, which PHP writes as a list, is not signed and so not here. */
const RedirectData = Schema.Struct({
  url: Schema.NonEmptyString,
  method: optional(Schema.String),
  body: optional(Schema.Record(Schema.String, Schema.Unknown))
})
export type WireRedirect = typeof RedirectData.Type

/** What the payer is asked, shaped like JSON Schema; only what is read here has to be as documented. */
const Property = Schema.Struct({ description: optional(Schema.String), default: optional(Schema.String) })
const ClarificationFields = Schema.Record(
  Schema.String,
  Schema.NullOr(
    Schema.Struct({
      properties: optional(Schema.Record(Schema.String, Property)),
      required: optional(Schema.Array(Schema.String)),
      errors: optional(Schema.Array(Schema.Struct({ property: optional(Schema.String) })))
    })
  )
)
export type ClarificationFields = typeof ClarificationFields.Type

const general = optional(Schema.Struct({ project_id: optional(Schema.BigInt) }))

/** A callback (one `operation`) or an answer of the status query (`operations`). */
export const Message = Schema.Struct({
  project_id: optional(Schema.BigInt),
  general,
  payment: WirePayment,
  operation: optional(Operation),
  operations: optional(Schema.Array(Operation)),
  errors: optional(Schema.Array(WireError)),
  clarification_fields: optional(ClarificationFields),
  // Three spellings are in use: the documented one, the method page's second example, and the SDK's test format 69.
  redirect_data: optional(RedirectData),
  redirect: optional(RedirectData),
  redirectData: optional(RedirectData)
})
export type Message = typeof Message.Type

export const decodeMessage = Schema.decodeUnknownResult(Message)

/** The older shape, in which `/v2/payment/status/request` answers. */
const RequestStatus = Schema.Struct({
  project_id: optional(Schema.BigInt),
  general: optional(Schema.Struct({ project_id: optional(Schema.BigInt), payment_id: optional(Schema.String) })),
  status: optional(Schema.String),
  operations: optional(Schema.Array(Operation)),
  errors: optional(Schema.Array(Schema.Struct({ code: optional(Code), field: optional(Schema.String) })))
})
export type RequestStatus = typeof RequestStatus.Type

export const decodeRequestStatus = Schema.decodeUnknownResult(RequestStatus)

/** An unsigned answer of Gate, read with plain JSON. */
const AnswerCode = Schema.Union([Schema.String, Schema.Int])
const Answer = Schema.Struct({
  status: optional(Schema.String),
  project_id: optional(Schema.Union([Schema.Int, Schema.String])),
  payment_id: optional(Schema.String),
  code: optional(AnswerCode),
  errors: optional(Schema.Array(Schema.Struct({ code: optional(AnswerCode), field: optional(Schema.String) })))
})
export type Answer = typeof Answer.Type

export const decodeAnswer = Schema.decodeUnknownOption(Schema.fromJsonString(Answer))
