import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Payment } from "../Payment.ts"
import { InvalidRequest, type PaymentError } from "../PaymentError.ts"
import { PaymentStatus } from "../State.ts"
import type { PaymentFilter } from "../Store.ts"
import { failWith, type Runtime, transact } from "./Runtime.ts"
import { nextUrl } from "./urls.ts"
import { loadPayment } from "./view.ts"

export interface ListFilter {
  readonly from?: string | Date
  readonly to?: string | Date
  readonly status?: PaymentStatus
  readonly merchantReference?: string
  /** 1 to 1,000; default 100. */
  readonly limit?: number
  /** Continue after this payment of the last page. */
  readonly after?: Payment
}

const Filter = Schema.Struct({
  from: Schema.optional(Schema.Unknown),
  to: Schema.optional(Schema.Unknown),
  status: Schema.optional(PaymentStatus),
  merchantReference: Schema.optional(Schema.String),
  limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
  after: Schema.optional(Schema.Unknown)
})
const After = Schema.Struct({ id: Schema.NonEmptyString, createdAt: Schema.DateTimeUtc })

// A mistyped name would otherwise list everything.
const decodeFilter = Schema.decodeUnknownEffect(Filter, { onExcessProperty: "error" })
const decodeAfter = Schema.decodeUnknownEffect(Schema.UndefinedOr(After))
const invalid = (error: { readonly message: string }) =>
  failWith("list", new InvalidRequest({ message: error.message }))

/** Epoch milliseconds of what a caller wrote as a moment. */
export const epoch = (
  value: string | Date | undefined,
  field: string
): Effect.Effect<number | undefined, PaymentError> => {
  if (value === undefined) return Effect.succeed(undefined)
  const parsed = DateTime.make(value)
  return parsed._tag === "Some"
    ? Effect.succeed(DateTime.toEpochMillis(parsed.value))
    : Effect.fail(failWith("list", new InvalidRequest({ field, message: `${field} must be a moment in ISO 8601.` })))
}

/** Payments, newest first. */
export const list = Effect.fn("Payments.list")(function* (
  runtime: Runtime,
  filter: ListFilter = {}
): Effect.fn.Return<ReadonlyArray<Payment>, PaymentError> {
  yield* Effect.mapError(decodeFilter(filter), invalid)
  const after = yield* Effect.mapError(decodeAfter(filter.after), invalid)
  const from = yield* epoch(filter.from, "from")
  const to = yield* epoch(filter.to, "to")
  const query: PaymentFilter = {
    limit: filter.limit ?? 100,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(filter.status === undefined ? {} : { status: filter.status }),
    ...(filter.merchantReference === undefined ? {} : { merchantReference: filter.merchantReference }),
    ...(after === undefined ? {} : { before: { createdAt: DateTime.toEpochMillis(after.createdAt), id: after.id } })
  }
  return yield* transact(runtime, "list", async (tx) => {
    const payments: Array<Payment> = []
    for (const row of await tx.listPayments(query)) {
      payments.push(await loadPayment(tx, row, (attemptId) => nextUrl(runtime, attemptId)))
    }
    return payments
  })
})
