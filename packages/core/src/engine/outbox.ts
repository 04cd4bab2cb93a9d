// The transactional outbox: news for the application, committed with what it tells.
import type { PaymentRow, StoreTransaction, EventRow } from "../Store.ts"
import type { PaymentEvent } from "./events.ts"
import type { Runtime } from "./Runtime.ts"

export const emit = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  now: number,
  event: Pick<PaymentEvent, "type"> & Record<string, unknown>
): Promise<void> => {
  const id = runtime.newId("evt", now)
  const row: EventRow = {
    id,
    paymentId: payment.id,
    type: event.type,
    createdAt: now,
    payload: JSON.stringify({
      id,
      paymentId: payment.id,
      merchantReference: payment.merchantReference,
      createdAt: new Date(now).toISOString(),
      ...event
    }),
    dueAt: now,
    tries: 0,
    status: "pending",
    lastError: undefined
  }
  await tx.insertEvent(row)
}

export const emitRepayment = (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  now: number,
  repayment: { readonly id: string; readonly status: string }
): Promise<void> =>
  emit(runtime, tx, payment, now, { type: "repayment.changed", repaymentId: repayment.id, status: repayment.status })
