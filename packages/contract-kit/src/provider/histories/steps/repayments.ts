// Money that goes back by hand: asked for, approved, sent, and whatever the bank says.
import { isPaymentError, money, type PaymentError } from "@maksa/core"
import { BrokenHistory } from "../BrokenHistory.ts"
import { type Chronicle, newest, type Order } from "../Chronicle.ts"
import { mayGoBack } from "../Limits.ts"
import { boundOf, moveOf } from "../Repayments.ts"
import { type Take, verb } from "./Take.ts"

/** Money goes back exactly where it may: held against what is there and what is bound already. */
const judge = (
  { world }: Chronicle,
  order: Order,
  what: { readonly minorUnits: bigint; readonly isOverride: boolean; readonly except?: string; readonly doing: string },
  result: unknown
): void => {
  if (order.moment === undefined) return
  const { sure, most } = mayGoBack(order.moment, what.isOverride)
  const all = what.minorUnits + boundOf(order.repayments.filter(({ id }) => id !== what.except))
  if (!isPaymentError(result)) {
    if (all > most) throw new BrokenHistory("gives-back-what-is-there", `${what.doing}: ${all} of ${most} that may go`)
  } else if (all <= sure && !world.store.isRefusing) {
    throw new BrokenHistory("gives-back-what-is-there", `${what.doing}: ${all} of ${sure} may go and was refused`)
  }
}

const mustBeRefused = (result: unknown, why: string): void => {
  if (!isPaymentError(result)) throw new BrokenHistory("repayments-keep-their-order", why)
}

export const repay: Take<"repay"> = async (chronicle, step) => {
  const { world, orders } = chronicle
  const order = newest(orders, step.of)
  if (order?.paymentId === undefined || order.moment === undefined) return false
  const { asked, currency } = order.moment
  const all = asked?.minorUnits ?? 1000n
  const minorUnits = { all, part: all / 2n, more: all + 1n }[step.sum]
  const input = {
    paymentId: order.paymentId,
    idempotencyKey: `repayment-${++chronicle.repaymentsAsked}`,
    amount: money(minorUnits, currency),
    by: "the clerk",
    reason: "the application was withdrawn",
    ...(step.isOverride ? { override: true } : {})
  }
  const result = await verb("repay", () => world.payments.repay(input))
  judge(chronicle, order, { minorUnits, isOverride: step.isOverride, doing: "asked" }, result)
  if (isPaymentError(result)) return true
  const again = await verb("repay", () => world.payments.repay(input))
  if (!isPaymentError(again) && again.id !== result.id) {
    throw new BrokenHistory("same-key-same-repayment", "the same key and input were taken for another repayment")
  }
  order.repayments.push({ id: result.id, minorUnits, isOverride: step.isOverride, status: "requested" })
  return true
}

const checksMoney: ReadonlySet<string> = new Set(["approve", "submit"])

export const stepRepayment: Take<"step_repayment"> = async (chronicle, { of, action, hasProof }) => {
  const { world, orders } = chronicle
  const order = newest(orders, of)
  const index = (order?.repayments.length ?? 0) - 1
  const known = order?.repayments[index]
  if (order === undefined || known === undefined) return false
  const result: PaymentError | { readonly status: string } = await verb(action, () =>
    world.payments.stepRepayment(known.id, {
      action,
      by: "the head clerk",
      ...(hasProof ? { evidence: "transfer 17" } : {})
    })
  )
  const next = moveOf(known.status, action)
  if (next === undefined) {
    mustBeRefused(result, `a ${known.status} repayment was taken to ${action}`)
    return true
  }
  if (action === "complete" && !hasProof) {
    mustBeRefused(result, "a transfer that nobody can prove was taken for done")
    return true
  }
  if (checksMoney.has(action)) {
    const { id, isOverride, minorUnits } = known
    judge(chronicle, order, { minorUnits, isOverride, except: id, doing: action }, result)
  } else if (isPaymentError(result) && !world.store.isRefusing) {
    throw new BrokenHistory("repayments-keep-their-order", `a ${known.status} repayment could not ${action}`)
  }
  if (!isPaymentError(result)) order.repayments[index] = { ...known, status: next }
  return true
}
