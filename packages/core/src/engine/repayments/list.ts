import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidRequest, type PaymentError } from "../../PaymentError.ts"
import { type Repayment, RepaymentStatus } from "../../Repayment.ts"
import type { RepaymentFilter } from "../../Store.ts"
import { epoch } from "../listing.ts"
import { failWith, type Runtime, transact } from "../Runtime.ts"
import { toRepayment } from "./row.ts"

export interface RepaymentListFilter {
  /** Asked for at or after this moment. */
  readonly from?: string | Date
  /** Asked for before this moment. */
  readonly to?: string | Date
  readonly status?: RepaymentStatus
  /** 1 to 1,000; default 100. */
  readonly limit?: number
  /** Continue after this repayment of the last page. */
  readonly after?: Repayment
}

const Filter = Schema.Struct({
  from: Schema.optional(Schema.Unknown),
  to: Schema.optional(Schema.Unknown),
  status: Schema.optional(RepaymentStatus),
  limit: Schema.optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
  after: Schema.optional(Schema.Struct({ id: Schema.NonEmptyString, createdAt: Schema.DateTimeUtc }))
})
// A mistyped name would otherwise list everything.
const decodeFilter = Schema.decodeUnknownEffect(Filter, { onExcessProperty: "error" })

const shown = ({ after, ...filter }: RepaymentListFilter): unknown =>
  after === undefined ? filter : { ...filter, after: { id: after.id, createdAt: after.createdAt } }

/** Repayments of all payments, newest first. */
export const listRepayments = Effect.fn("Payments.listRepayments")(function* (
  runtime: Runtime,
  filter: RepaymentListFilter = {}
): Effect.fn.Return<ReadonlyArray<Repayment>, PaymentError> {
  const {
    after,
    limit = 100,
    status
  } = yield* Effect.mapError(decodeFilter(shown(filter)), (error) =>
    failWith("list", new InvalidRequest({ message: error.message }))
  )
  const from = yield* epoch(filter.from, "from")
  const to = yield* epoch(filter.to, "to")
  const query: RepaymentFilter = {
    limit,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(status === undefined ? {} : { status }),
    ...(after === undefined ? {} : { before: { createdAt: DateTime.toEpochMillis(after.createdAt), id: after.id } })
  }
  const rows = yield* transact(runtime, "list", (tx) => tx.listRepayments(query))
  return rows.map(toRepayment)
})
