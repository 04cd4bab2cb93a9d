import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { Payment } from "../Payment.ts"
import { InvalidRequest, type PaymentError } from "../PaymentError.ts"
import type { PaymentStatus } from "../State.ts"
import type { PaymentFilter } from "../Store.ts"
import { failWith, type Runtime, transact } from "./Runtime.ts"
import { nextUrl } from "./urls.ts"
import { loadPayment } from "./view.ts"

export interface ListFilter {
  readonly from?: string | Date
  readonly to?: string | Date
  readonly status?: PaymentStatus
  readonly merchantReference?: string
  /** Default 100, at most 1,000. */
  readonly limit?: number
  /** Continue after this payment of the last page. */
  readonly after?: Payment
}

const epoch = (value: string | Date | undefined, field: string): Effect.Effect<number | undefined, PaymentError> => {
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
  const from = yield* epoch(filter.from, "from")
  const to = yield* epoch(filter.to, "to")
  const limit = Math.min(Math.max(filter.limit ?? 100, 1), 1000)
  const query: PaymentFilter = {
    limit,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(filter.status === undefined ? {} : { status: filter.status }),
    ...(filter.merchantReference === undefined ? {} : { merchantReference: filter.merchantReference }),
    ...(filter.after === undefined
      ? {}
      : { before: { createdAt: DateTime.toEpochMillis(filter.after.createdAt), id: filter.after.id } })
  }
  return yield* transact(runtime, "list", async (tx) => {
    const payments: Array<Payment> = []
    for (const row of await tx.listPayments(query)) {
      payments.push(await loadPayment(tx, row, (attemptId) => nextUrl(runtime, attemptId)))
    }
    return payments
  })
})
