import { badInput, impossible } from "../kernel/ControlError.ts"
import { codes, type ResultCode } from "./Codes.ts"
import type { Lifecycle, Sent } from "./Lifecycle.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import { isPaymentStatus, transitions, type PaymentStatus } from "./Statuses.ts"

/** The body of `POST /ecommpay/payments/{paymentId}/outcome`, read. */
export interface OutcomeOrder {
  readonly status: PaymentStatus | undefined
  /** The result of the operation `payment confirmation`. */
  readonly confirmation: "success" | "decline" | undefined
  readonly reason: ResultCode | undefined
  readonly amountMinor: bigint | undefined
  readonly isForced: boolean
}

const readReason = (body: Record<string, unknown>): ResultCode | undefined => {
  const { code, message } = body
  if (code === undefined && message === undefined) return undefined
  if (code !== undefined && typeof code !== "string") throw badInput("code must be a text")
  if (message !== undefined && typeof message !== "string") throw badInput("message must be a text")
  const known = Object.values<ResultCode>(codes).find((one) => one.code === code)
  return { code: code ?? codes.generalDecline.code, message: message ?? known?.message ?? codes.generalDecline.message }
}

const readAmount = (amount: unknown): bigint | undefined => {
  if (amount === undefined) return undefined
  if ((typeof amount === "number" || typeof amount === "string") && /^[1-9]\d{0,12}$/.test(String(amount))) {
    return BigInt(amount)
  }
  throw badInput("amount must be a whole number of minor units")
}

export const readOutcome = (body: Record<string, unknown>): OutcomeOrder => {
  const { confirmation, force, status } = body
  if (status === undefined && confirmation === undefined) throw badInput("give a status, or the confirmation's result")
  if (status !== undefined && (typeof status !== "string" || !isPaymentStatus(status))) {
    throw badInput("status must be a payment status of the platform")
  }
  if (confirmation !== undefined && confirmation !== "success" && confirmation !== "decline") {
    throw badInput('confirmation must be "success" or "decline"')
  }
  const isForced = force === true
  return { status, confirmation, reason: readReason(body), amountMinor: readAmount(body["amount"]), isForced }
}

const endOfConfirmation = (order: OutcomeOrder, mode: "off" | "decline" | "reversal"): PaymentStatus => {
  if (order.confirmation === "success") return "success"
  return mode === "reversal" ? "reversed" : "decline"
}

const takeAmount = (record: PaymentRecord, amountMinor: bigint | undefined): void => {
  if (amountMinor === undefined) return
  record.amountMinor = amountMinor
  record.sumMinor = amountMinor
  if (record.sale !== undefined) record.sale.amountMinor = amountMinor
}

/** Makes an ordered outcome happen, by the way that a payment would really take. Throws `ControlError` 409 if it cannot. */
export const applyOutcome = async (lifecycle: Lifecycle, record: PaymentRecord, order: OutcomeOrder): Promise<Sent> => {
  const { confirmation, isForced, reason, status } = order
  const mode = lifecycle.settingsOf(record).confirmation
  const before = record.status
  const refuse = (why: string): never => {
    throw impossible(`${why}; the payment is "${before}"`)
  }
  const mayBecome = (target: PaymentStatus): boolean => transitions[before]?.includes(target) ?? false

  if (confirmation !== undefined) {
    const end = endOfConfirmation(order, mode)
    const isSame = status === undefined || status === "awaiting confirmation" || status === end
    if (!isSame) refuse(`confirmation ${confirmation} leads to "${end}" in this project, not to "${status}"`)
    if (mode === "off") refuse("this project does not confirm payments")
    const isWaiting = before === "awaiting confirmation"
    if (!isWaiting && !mayBecome("awaiting confirmation")) refuse("there is nothing to confirm")
    takeAmount(record, order.amountMinor)
    const first = isWaiting ? [] : await lifecycle.bankConfirmed(record)
    const rest = await (confirmation === "success"
      ? lifecycle.fundsArrived(record)
      : lifecycle.fundsMissing(record, reason))
    return [...first, ...rest]
  }
  if (status === undefined) return []

  const isPossible =
    mayBecome(status) &&
    !(status === "awaiting confirmation" && mode === "off") &&
    !(before === "awaiting confirmation" && status === "decline" && mode === "reversal") &&
    !(before === "awaiting confirmation" && status === "reversed" && mode !== "reversal")
  if (!isPossible && !isForced) refuse(`it cannot become "${status}"`)
  takeAmount(record, order.amountMinor)
  if (!isPossible) return lifecycle.impose(record, status, reason)
  if (before === "awaiting confirmation") {
    return status === "success" ? lifecycle.fundsArrived(record) : lifecycle.fundsMissing(record, reason)
  }
  switch (status) {
    case "success": {
      const first = await lifecycle.bankConfirmed(record)
      return mode === "off" ? first : [...first, ...(await lifecycle.fundsArrived(record))]
    }
    case "awaiting confirmation":
      return lifecycle.bankConfirmed(record)
    case "decline":
      return lifecycle.bankRefused(record, reason ?? codes.generalDecline)
    case "expired":
      return lifecycle.expire(record)
    default:
      return lifecycle.hold(record, status)
  }
}
