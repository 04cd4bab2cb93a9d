import { compare, type Observation, type Payment, type PaymentStatus } from "@maksa/core"
import { toMillis } from "../format.ts"
import { fulfilment } from "./policy.ts"
import type { Service } from "./services.ts"

/** Everything that the status page says, decided once. */
export interface PaymentView {
  readonly payment: Payment
  readonly service: Service
  readonly history: ReadonlyArray<Observation>
  /** Started in an earlier run, whose providers are gone with their memory. */
  readonly isForgotten: boolean
  /** Where the payer goes on, while the action stands. */
  readonly continueUrl: string | undefined
  readonly canTryAgain: boolean
  readonly canCancel: boolean
  /** The page looks for news by itself. */
  readonly isPending: boolean
  readonly hasReceipt: boolean
  readonly office: { readonly toldAt: number } | "waits-final" | "waits-amount" | "nothing"
}

const open: ReadonlySet<PaymentStatus> = new Set(["created", "requires_action", "processing", "provisional"])
const ended: ReadonlySet<PaymentStatus> = new Set(["created", "declined", "expired", "canceled", "reversed"])

const officeOf = (payment: Payment, toldAt: number | undefined): PaymentView["office"] => {
  if (toldAt !== undefined) return { toldAt }
  if (payment.status !== "paid" && payment.status !== "provisional") return "nothing"
  const sum = payment.amount ?? payment.state.money.received
  if (sum === undefined) return "waits-amount"
  // Otherwise the word is on its way: it is given a moment after the payment.
  return compare(sum, fulfilment.limit) > 0 && payment.state.finality === "soft" ? "waits-final" : "nothing"
}

export const viewOf = (input: {
  readonly payment: Payment
  readonly service: Service
  readonly history: ReadonlyArray<Observation>
  /** When this run's providers started, epoch milliseconds of the shared clock. */
  readonly providersSince: number
  readonly toldAt: number | undefined
}): PaymentView => {
  const { history, payment, providersSince, service, toldAt } = input
  const { current, state, status } = payment
  const isForgotten = toMillis(current.createdAt) < providersSince
  const isOpen = open.has(status)
  return {
    payment,
    service,
    history,
    isForgotten,
    continueUrl: isOpen && !isForgotten && current.nextAction !== undefined ? current.actionUrl : undefined,
    canTryAgain: ended.has(status) || (isForgotten && status === "requires_action"),
    canCancel: isOpen && status !== "provisional" && state.reason !== "outcome_unknown",
    isPending:
      isOpen ||
      status === "under_review" ||
      (status === "paid" && officeOf(payment, toldAt) !== "waits-final" && toldAt === undefined),
    hasReceipt: status === "paid",
    office: officeOf(payment, toldAt)
  }
}

/** Changes whenever the page would say something else. */
export const versionOf = (view: PaymentView): string => {
  const { history, office, payment } = view
  const told = typeof office === "object" ? office.toldAt : office
  return [
    payment.status,
    payment.state.finality,
    payment.attempts.length,
    view.continueUrl === undefined,
    told,
    history.length
  ].join("/")
}
