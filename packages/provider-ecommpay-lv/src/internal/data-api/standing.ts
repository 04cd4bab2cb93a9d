// What the operations of a payment prove by themselves: money that is there, and money that all went back. A declined sale
// may be followed by another try on the same page, and a sale is a success while its money is still awaited; of what
// they leave open, the payment's own status tells.
import { type Claim, type Observed, money } from "@maksa/core"
import { printable, withinSecond } from "../mapping.ts"
import type { DataOperation } from "./DataOperation.ts"

const isIn = (words: ReadonlyArray<string>, word: string): boolean => words.includes(word)

/** A payout is a payment of its own, and nothing of it is about a purchase. */
const payouts = ["payout", "payout reversal"]
const undoing = ["reversal", "refund", "cancel"]
const known = ["sale", "payment confirmation", ...undoing]

export const isPayout = ({ type }: DataOperation): boolean => isIn(payouts, type)

/** The newest last. Ids ascend. */
const byTime = (a: DataOperation, b: DataOperation): number =>
  (a.completedAt ?? 0) - (b.completedAt ?? 0) || a.id.length - b.id.length || (a.id < b.id ? -1 : 1)

export const saleOf = (operations: ReadonlyArray<DataOperation>): DataOperation | undefined => {
  const sales = operations.filter(({ type }) => type === "sale").toSorted(byTime)
  return sales.findLast(({ status }) => status === "success") ?? sales.at(-1)
}

/** The row alone, as it was told. */
const evidenceOf = (operations: ReadonlyArray<DataOperation>): Uint8Array => {
  const text = JSON.stringify(
    operations.map(({ wire }) => wire),
    (_name, value: unknown) => (typeof value === "bigint" ? value.toString() : value)
  )
  return new TextEncoder().encode(text)
}

const proven = (
  paymentId: string,
  operations: ReadonlyArray<DataOperation>,
  says: Claim,
  more: Pick<Observed, "operation" | "providerTime">
): Observed => ({
  says,
  trust: "proven",
  providerReference: paymentId,
  evidence: evidenceOf(operations),
  ...more
})

const latest = (operations: ReadonlyArray<DataOperation>): number =>
  operations.reduce((at, { completedAt = 0 }) => Math.max(at, completedAt), 0)

/**
 * Kinds of operations that nobody knows here, each told as an unknown word: a person has to see whether they are about
 * money. They stand after all else, so that nothing covers them.
 */
export const unknownOf = (operations: ReadonlyArray<DataOperation>): ReadonlyArray<Observed> =>
  operations
    .filter(({ type }) => !isIn(known, type))
    .toSorted(byTime)
    .map(({ paymentId, status, type }) =>
      proven(
        paymentId,
        operations,
        { _tag: "unknown_word", word: printable(`${type}: ${status}`) },
        {
          providerTime: withinSecond("unknown", latest(operations)) + 1
        }
      )
    )

/**
 * `undefined`: the operations leave it open.
 *
 * @param confirmsFunds whether the project waits until the money is there; a sale alone is then no money.
 */
export const moneyOf = (operations: ReadonlyArray<DataOperation>, confirmsFunds: boolean): Observed | undefined => {
  const sale = saleOf(operations)
  const sum = sale?.sum
  if (sale?.status !== "success" || sale.completedAt === undefined || sum === undefined) return undefined
  // One sum was asked. Whether two sales under one id are two sums, the payment's own status has to tell.
  if (operations.filter(({ status, type }) => type === "sale" && status === "success").length > 1) return undefined
  const confirmations = operations.filter(({ type }) => type === "payment confirmation")
  const undone = operations.filter(({ type }) => isIn(undoing, type))
  const { paymentId } = sale

  if (undone.length > 0) {
    const ends = undone.map(({ completedAt = 0 }) => completedAt)
    const isWhole =
      undone.every((one) => one.status === "success" && one.sum?.currency === sum.currency) &&
      undone.reduce((total, one) => total + (one.sum?.amount ?? 0n), 0n) === sum.amount
    // Money that came after it went back, or a part of it, is for the payment's own status to tell.
    if (!isWhole || Math.max(...ends) < sale.completedAt) return undefined
    return proven(
      paymentId,
      operations,
      { _tag: "undone" },
      {
        operation: "reversal",
        providerTime: withinSecond("undone", latest(undone))
      }
    )
  }
  const isConfirmed = confirmsFunds
    ? confirmations.length > 0 && confirmations.every(({ status }) => status === "success")
    : confirmations.length === 0
  if (!isConfirmed) return undefined
  return proven(
    paymentId,
    operations,
    { _tag: "received", amount: money(sum.amount, sum.currency) },
    {
      operation: "sale",
      providerTime: withinSecond("received", latest([sale, ...confirmations]))
    }
  )
}
