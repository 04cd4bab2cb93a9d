// Money that goes back: asked for, approved, sent by hand or by the provider, and whatever becomes of it there.
import { isPaymentError, money, type PaymentError } from "@maksa/core"
import { account } from "../../laws/repayments/sendingBack.ts"
import { BrokenHistory } from "../BrokenHistory.ts"
import { type Chronicle, newest, type Order } from "../Chronicle.ts"
import { mayGoBack } from "../Limits.ts"
import { boundOf, isCarried, type KnownRepayment, mayStepCarried, moveOf, takenRepayment } from "../Repayments.ts"
import { mostSkewSeconds, type Route, type StepOf } from "../Step.ts"
import { possible, type Take, untilKilled, verb } from "./Take.ts"

interface Going {
  readonly minorUnits: bigint
  readonly isOverride: boolean
  readonly except?: string
  readonly doing: string
  /** Nothing but its sum speaks against it. */
  readonly isWelcome: boolean
}

/** Money goes back exactly where it may: held against what is there and what is bound already. */
const judge = ({ world }: Chronicle, order: Order, what: Going, result: unknown): void => {
  if (order.moment === undefined) return
  const { sure, most } = mayGoBack(order.moment, what.isOverride)
  const all = what.minorUnits + boundOf(order.repayments.filter(({ id }) => id !== what.except))
  if (!isPaymentError(result)) {
    if (all > most) throw new BrokenHistory("gives-back-what-is-there", `${what.doing}: ${all} of ${most} that may go`)
  } else if (all <= sure && what.isWelcome && !world.store.isRefusing) {
    throw new BrokenHistory("gives-back-what-is-there", `${what.doing}: ${all} of ${sure} may go and was refused`)
  }
}

const mustBeRefused = (result: unknown, why: string): void => {
  if (!isPaymentError(result)) throw new BrokenHistory("repayments-keep-their-order", why)
}

const isOffered = ({ world: { manifest } }: Chronicle, route: Route): boolean =>
  route === "manual" || manifest.extras[route] !== false

/** What is asked through a provider may be refused for its own limits, or because another attempt has the money. */
const isWelcome = (order: Order, route: Route, result: unknown): boolean =>
  route === "manual" ||
  (order.moment?.attempts.length === 1 && !(isPaymentError(result) && result.reason._tag === "Refused"))

export const repay: Take<"repay"> = async (chronicle, { isOverride, of, route = "manual", sum }) => {
  const { world, orders } = chronicle
  const order = newest(orders, of)
  if (order?.paymentId === undefined || order.moment === undefined || !isOffered(chronicle, route)) return false
  const { asked, currency } = order.moment
  const all = asked?.minorUnits ?? 1000n
  const minorUnits = { all, part: all / 2n, more: all + 1n }[sum]
  const common = {
    paymentId: order.paymentId,
    idempotencyKey: `repayment-${++chronicle.repaymentsAsked}`,
    amount: money(minorUnits, currency),
    by: "the clerk",
    reason: "the application was withdrawn",
    ...(isOverride ? { override: true } : {})
  }
  const ask = () => {
    if (route === "manual") return world.payments.repay(common)
    return world.payments.repay(route === "refund" ? { ...common, route } : { ...common, route, payee: account })
  }
  const result = await verb("repay", ask)
  judge(
    chronicle,
    order,
    { minorUnits, isOverride, doing: "asked", isWelcome: isWelcome(order, route, result) },
    result
  )
  if (isPaymentError(result)) return true
  const again = await verb("repay", ask)
  if (!isPaymentError(again) && again.id !== result.id) {
    throw new BrokenHistory("same-key-same-repayment", "the same key and input were taken for another repayment")
  }
  order.repayments.push(takenRepayment({ id: result.id, minorUnits, isOverride, route }))
  return true
}

const checksMoney: ReadonlySet<string> = new Set(["approve", "submit"])

type Result = PaymentError | { readonly status: string }

/** Why nobody may do this now; `undefined`: a person may. */
const forbidden = (known: KnownRepayment, { action, hasProof, isSamePerson }: StepOf<"step_repayment">) => {
  const from = known.status
  const isPossible = isCarried(known) ? mayStepCarried(from, action) : moveOf(from, action) !== undefined
  if (!isPossible) return `a ${from} repayment was taken to ${action}`
  if (action === "approve" && isSamePerson === true) return "who asked for it approved it"
  const settles = action === "complete" || (isCarried(known) && from === "outcome_unknown")
  return settles && !hasProof ? "a transfer that nobody can prove was taken for done, or for refused" : undefined
}

/** What the model knows once a person has moved it on, or may have. */
const stepped = (known: KnownRepayment, { action }: StepOf<"step_repayment">): KnownRepayment => {
  if (!isCarried(known)) return { ...known, status: moveOf(known.status, action) ?? known.status }
  if (action === "approve") return { ...known, isApproved: true }
  const isSettled = known.isSettled || known.status === "outcome_unknown" || action === "reverse"
  return { ...known, isSettled }
}

export const stepRepayment: Take<"step_repayment"> = async (chronicle, step) => {
  const { world, orders } = chronicle
  const { action, hasProof, isSamePerson, killedAt, of } = step
  const order = newest(orders, of)
  const index = (order?.repayments.length ?? 0) - 1
  const known = order?.repayments[index]
  if (order === undefined || known === undefined) return false
  const result: Result | "killed" = await untilKilled(world, isCarried(known) ? killedAt : 0, () =>
    verb(action, () =>
      world.payments.stepRepayment(known.id, {
        action,
        by: isSamePerson === true ? "The Clerk" : "the head clerk",
        ...(hasProof ? { evidence: "transfer 17" } : {})
      })
    )
  )
  const why = forbidden(known, step)
  if (result === "killed") {
    if (why === undefined) order.repayments[index] = stepped(known, step)
    return true
  }
  if (why !== undefined) {
    mustBeRefused(result, why)
    return true
  }
  if (checksMoney.has(action)) {
    const { id, isOverride, minorUnits } = known
    judge(chronicle, order, { minorUnits, isOverride, except: id, doing: action, isWelcome: true }, result)
  } else if (isPaymentError(result) && !world.store.isRefusing) {
    throw new BrokenHistory("repayments-keep-their-order", `a ${known.status} repayment could not ${action}`)
  }
  if (!isPaymentError(result)) order.repayments[index] = stepped(known, step)
  return true
}

/** How long a transfer may come back by the provider's documents: as long as any end of a payment may change. */
const mayComeBack = ({ isSkewed, world }: Chronicle, leftSince: number): boolean => {
  const { declined, paid, reversed } = world.driver.facts.overturnSeconds
  const skew = isSkewed ? mostSkewSeconds : 0
  return world.driver.now() < leftSince + (Math.max(declined, paid, reversed) - skew) * 1000
}

export const turnRepayment: Take<"turn_repayment"> = async (chronicle, { of, to }) => {
  const { driver } = chronicle.world
  const order = newest(chronicle.orders, of)
  const index = order?.repayments.findLastIndex((one) => one.atProvider !== undefined) ?? -1
  const known = order?.repayments[index]
  if (order === undefined || known === undefined) return false
  // It may have gone on since it was last looked at: nobody looks while the store refuses.
  const atProvider = await driver.repayments?.truth(known.id)
  if (atProvider === undefined) return false
  const { cameBack, sent } = atProvider
  const isOpen = sent.length === 0 && !known.wasRefused
  const isOut = sent.length > 0 && !cameBack && mayComeBack(chronicle, known.leftSince ?? driver.now())
  if (to === "reversed" ? !isOut : !isOpen) return false
  const isDone = await possible(async () => driver.repayments?.turn(known.id, to))
  if (isDone && to === "refused") order.repayments[index] = { ...known, wasRefused: true }
  await driver.advance(1)
  return isDone
}
