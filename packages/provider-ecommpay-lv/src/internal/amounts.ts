import { money, type Money } from "@maksa/core"
import type { Message, WireOperation, WireSum } from "./wire.ts"

const operationsOf = (message: Message): ReadonlyArray<WireOperation> => [
  ...(message.operation ? [message.operation] : []),
  ...(message.operations ?? [])
]

const isSame = (a: WireSum, b: WireSum): boolean => a.amount === b.amount && a.currency === b.currency

// The method is in euro only, so another currency is the one to show; of two sums in euro the smaller.
const worse = (a: WireSum, b: WireSum): WireSum =>
  a.currency !== b.currency ? (a.currency === "EUR" ? b : a) : a.amount < b.amount ? a : b

/** What a payment that stands at its full sum says about it. */
export interface ToldSum {
  readonly sum: Money | undefined
  /** The message names two different sums; `sum` is the one that makes a person look. */
  readonly isContradictory: boolean
}

const toMoney = (sum: WireSum): Money => money(sum.amount, sum.currency)

/**
 * The sum of a payment before anything was given back: `payment.sum` and the `sum_initial` of its sale, which must agree.
 * Sales that were declined before a later one on the same page count only if there is no successful one.
 */
export const toldSum = (message: Message): ToldSum => {
  const sales = operationsOf(message).filter((operation) => operation.type === "sale")
  const sale = sales.findLast((operation) => operation.status === "success") ?? sales.at(-1)
  const initial = sale?.sum_initial ?? undefined
  const whole = message.payment.sum ?? undefined
  if (initial === undefined || whole === undefined) {
    const only = initial ?? whole
    return { sum: only === undefined ? undefined : toMoney(only), isContradictory: false }
  }
  return { sum: toMoney(worse(whole, initial)), isContradictory: !isSame(whole, initial) }
}

/** The sum of a payout: that of its operation, which stays what it was when the money came back, or the payment's. */
export const payoutSum = (message: Message): Money | undefined => {
  const sum = operationsOf(message).find((operation) => operation.type === "payout")?.sum_initial ?? message.payment.sum
  return sum === undefined || sum === null ? undefined : toMoney(sum)
}

// Operations by which money goes back to the payer (platform, "Operation types").
const undoing: ReadonlySet<string> = new Set(["reversal", "refund", "cancel"])

/**
 * How much was given back by a part, as far as the message tells: a callback names one operation, the status query all of
 * them, and `payment.sum` is what is left (facts of the platform's "Refund"). Undefined: not told.
 */
export const undoneSum = (message: Message, asked: Money | undefined): Money | undefined => {
  const currency = message.payment.sum?.currency ?? asked?.currency
  let undone = 0n
  for (const operation of operationsOf(message)) {
    const sum = operation.sum_initial ?? undefined
    const isUndoing = undoing.has(operation.type ?? "") && operation.status === "success"
    if (isUndoing && sum !== undefined && sum.currency === currency) undone += sum.amount
  }
  const left = message.payment.sum ?? undefined
  if (asked !== undefined && left !== undefined && left.currency === asked.currency) {
    const missing = asked.minorUnits - left.amount
    if (missing > undone) undone = missing
  }
  return undone === 0n || currency === undefined ? undefined : money(undone, currency)
}
