import * as DateTime from "effect/DateTime"
import type { WireSum } from "../wire.ts"
import { sumOf, type WireDataOperation } from "./wire.ts"

/** One operation of a payment, as the Data API tells it. Times are epoch milliseconds of whole seconds. */
export interface DataOperation {
  readonly id: string
  /** Lower case: the platform compares payment ids without regard to case. */
  readonly paymentId: string
  readonly type: string
  readonly status: string
  readonly createdAt: number | undefined
  /** Absent while it goes on. */
  readonly completedAt: number | undefined
  /** Absent where it was not whole minor units of a currency. */
  readonly sum: WireSum | undefined
  /** This operation alone, as it was sent. */
  readonly wire: WireDataOperation
}

const shape = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/

/** Epoch milliseconds of `2020-03-20 14:22:06` in UTC, the zone that is asked for. */
const fromDataTime = (text: string | null | undefined): number | undefined => {
  const [, day, time] = shape.exec(text ?? "") ?? []
  const at = day === undefined || time === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`)
  return Number.isNaN(at) ? undefined : at
}

/** `YYYY-MM-DD hh:mm:ss` in UTC, rounded down to whole seconds. */
export const toDataTime = (epochMillis: number): string =>
  DateTime.formatIso(DateTime.makeUnsafe(epochMillis)).slice(0, 19).replace("T", " ")

/** `undefined` for an operation that is about no payment. */
export const toDataOperation = (wire: WireDataOperation): DataOperation | undefined => {
  const paymentId = (wire.payment_id ?? "").toLowerCase()
  if (paymentId === "") return undefined
  return {
    id: String(wire.operation_id),
    paymentId,
    type: wire.operation_type,
    status: wire.operation_status,
    createdAt: fromDataTime(wire.operation_created_at),
    completedAt: fromDataTime(wire.operation_completed_at),
    sum: sumOf(wire),
    wire
  }
}
