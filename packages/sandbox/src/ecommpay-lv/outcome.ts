import { badInput, impossible } from "../kernel/ControlError.ts"
import { codes, type ResultCode } from "./Codes.ts"
import type { Lifecycle, Sent } from "./Lifecycle.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import type { ProjectSettings } from "./ProjectSettings.ts"
import { isPaymentStatus, transitions, type PaymentStatus } from "./Statuses.ts"

/** The body of `POST /ecommpay/payments/{paymentId}/outcome`, read. */
export interface OutcomeOrder {
  readonly status: PaymentStatus | undefined
  /** The result of the operation `payment confirmation`. */
  readonly confirmation: "success" | "decline" | undefined
  readonly reason: ResultCode | undefined
  readonly amountMinor: bigint | undefined
  readonly currency: string | undefined
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

const readCurrency = (currency: unknown): string | undefined => {
  if (currency === undefined || (typeof currency === "string" && /^[A-Z]{3}$/.test(currency))) return currency
  throw badInput("currency must be three capital letters")
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
  return {
    status,
    confirmation,
    reason: readReason(body),
    amountMinor: readAmount(body["amount"]),
    currency: readCurrency(body["currency"]),
    isForced
  }
}

const endOfConfirmation = (order: OutcomeOrder, mode: "off" | "decline" | "reversal"): PaymentStatus => {
  if (order.confirmation === "success") return "success"
  return mode === "reversal" ? "reversed" : "decline"
}

export const takeAmount = (record: PaymentRecord, { amountMinor, currency = record.currency }: OutcomeOrder): void => {
  record.currency = currency
  if (amountMinor === undefined) return
  record.amountMinor = amountMinor
  record.sumMinor = amountMinor
  const asked = record.operations.findLast(({ type }) => type === "sale" || type === "payout")
  if (asked !== undefined) asked.amountMinor = amountMinor
}

/** What to do about an order: the ways that a payment would really take, or by force. */
export type OutcomePlan = "confirm first" | "confirmation" | "way" | "force"

/**
 * Judges an order before anything happens. Throws `ControlError` 409 for what cannot be.
 *
 * @param before the payment's status, for a page that was only opened the one that it will have first.
 */
export const planOutcome = (
  before: PaymentStatus,
  mode: ProjectSettings["confirmation"],
  order: OutcomeOrder
): OutcomePlan => {
  const { confirmation, isForced, status } = order
  const refuse = (why: string): never => {
    throw impossible(`${why}; the payment is "${before}"`)
  }
  const mayBecome = (target: PaymentStatus): boolean => transitions[before]?.includes(target) ?? false

  if (confirmation !== undefined) {
    const end = endOfConfirmation(order, mode)
    const isSame = status === undefined || status === "awaiting confirmation" || status === end
    if (!isSame) refuse(`confirmation ${confirmation} leads to "${end}" in this project, not to "${status}"`)
    if (mode === "off") refuse("this project does not confirm payments")
    if (before === "awaiting confirmation") return "confirmation"
    if (!mayBecome("awaiting confirmation")) refuse("there is nothing to confirm")
    return "confirm first"
  }
  const isWaiting = before === "awaiting confirmation"
  const isPossible =
    status !== undefined &&
    mayBecome(status) &&
    !(status === "awaiting confirmation" && mode === "off") &&
    !(isWaiting && status === "decline" && mode === "reversal") &&
    !(isWaiting && status === "reversed" && mode !== "reversal")
  if (isPossible) return "way"
  return isForced ? "force" : refuse(`it cannot become "${status}"`)
}

/** Makes a planned outcome happen. */
export const applyOutcome = async (
  lifecycle: Lifecycle,
  record: PaymentRecord,
  order: OutcomeOrder,
  plan: OutcomePlan
): Promise<Sent> => {
  const { confirmation, reason, status } = order
  takeAmount(record, order)
  const endConfirmation = (isArrived: boolean): Promise<Sent> =>
    isArrived ? lifecycle.fundsArrived(record) : lifecycle.fundsMissing(record, reason)

  if (plan === "confirmation" || plan === "confirm first") {
    const first = plan === "confirmation" ? [] : await lifecycle.bankConfirmed(record)
    return [...first, ...(await endConfirmation(confirmation === "success"))]
  }
  if (status === undefined) return []
  if (plan === "force") return lifecycle.impose(record, status, reason)
  if (record.status === "awaiting confirmation") return endConfirmation(status === "success")
  switch (status) {
    case "success": {
      const first = await lifecycle.bankConfirmed(record)
      const isOff = lifecycle.settingsOf(record).confirmation === "off"
      return isOff ? first : [...first, ...(await lifecycle.fundsArrived(record))]
    }
    case "awaiting confirmation":
      return lifecycle.bankConfirmed(record)
    case "decline":
      return lifecycle.decline(record, reason ?? codes.generalDecline)
    case "awaiting redirect result":
      return lifecycle.cascade(record)
    case "expired":
      return lifecycle.expire(record)
    default:
      return lifecycle.hold(record, status)
  }
}
