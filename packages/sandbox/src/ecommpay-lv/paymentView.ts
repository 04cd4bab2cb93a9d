import type { World } from "../kernel/World.ts"
import { maskValue } from "../kernel/mask.ts"
import { findBank } from "./Banks.ts"
import { totalMoved, type PaymentRecord } from "./PaymentRecord.ts"
import type { PageSession } from "./PageSession.ts"

const iso = (at: number): string => new Date(at).toISOString()

const traces = (world: World, paymentId: string): object => ({
  calls: world.calls.of(paymentId),
  callbacks: world.notifications
    .of(paymentId)
    .filter((one) => one.simulator === "ecommpay")
    .map((one) => ({ id: one.id, state: one.state, attempts: one.attempts.length }))
})

/** A registered payment as the control API shows it: its true state and the money that really moved. */
export const paymentView = (world: World, record: PaymentRecord): object => {
  const { amountMinor, bestBefore, channel, currency, payee, paymentId, projectId, type } = record.request
  const bank = findBank(record.bankId)
  return {
    provider: "ecommpay",
    projectId,
    paymentId,
    type,
    channel,
    isRegistered: true,
    status: record.status,
    amountMinor: amountMinor.toString(),
    currency,
    description: record.request.description,
    ...(bank === undefined ? {} : { bank }),
    ...(payee === undefined ? {} : { payee: { iban: maskValue(payee.iban), name: maskValue(payee.name) } }),
    registeredAt: iso(record.registeredAt),
    changedAt: iso(record.at),
    ...(record.status === "awaiting clarification" ? { asked: record.clarification?.asked } : {}),
    ...(bestBefore === undefined ? {} : { bestBefore: iso(bestBefore) }),
    ...(record.supplied === undefined ? {} : { supplied: record.supplied }),
    errors: record.errors,
    operations: record.operations.map((operation) => ({
      id: operation.id,
      type: operation.type,
      status: operation.status,
      code: operation.result.code,
      amountMinor: operation.amountMinor.toString(),
      at: iso(operation.at)
    })),
    money: {
      receivedMinor: totalMoved(record, "received").toString(),
      returnedMinor: totalMoved(record, "returned").toString(),
      ...(type === "payout"
        ? {
            paidOutMinor: totalMoved(record, "paid_out").toString(),
            cameBackMinor: totalMoved(record, "came_back").toString()
          }
        : {}),
      currency: record.currency,
      movements: record.movements.map((move) => ({
        direction: move.direction,
        amountMinor: move.amountMinor.toString(),
        at: iso(move.at)
      }))
    },
    ...traces(world, paymentId)
  }
}

/** A page that was opened and on which no bank was confirmed: the platform knows no such payment. */
export const sessionView = (world: World, session: PageSession): object => ({
  provider: "ecommpay",
  projectId: session.projectId,
  paymentId: session.paymentId,
  channel: "payment_page",
  isRegistered: false,
  amountMinor: session.parameters["payment_amount"],
  currency: session.parameters["payment_currency"],
  description: session.parameters["payment_description"] ?? "",
  openedAt: iso(session.openedAt),
  money: { receivedMinor: "0", returnedMinor: "0", currency: session.parameters["payment_currency"], movements: [] },
  ...traces(world, session.paymentId)
})
