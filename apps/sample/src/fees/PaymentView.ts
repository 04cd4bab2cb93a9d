import { mayFulfil, type Observation, type Payment, type PaymentStatus } from "@maksa/core"
import { toMillis } from "../format.ts"
import { fulfilment } from "./policy.ts"
import type { Service } from "./services.ts"
import { sumOf } from "./sumOf.ts"
import { waysFor } from "./ways.ts"

/** Everything that the status page says, decided once. */
export interface PaymentView {
  readonly payment: Payment
  readonly service: Service
  readonly history: ReadonlyArray<Observation>
  /** Started in an earlier run, whose providers are gone with their memory. */
  readonly isForgotten: boolean
  /** A notice or the payer's return says that something happened, and the provider is just being asked what. */
  readonly isBeingAsked: boolean
  /** Where the payer goes on, while the action stands. */
  readonly continueUrl: string | undefined
  readonly canTryAgain: boolean
  /** The service can be paid in more ways than one. */
  readonly canPayAnotherWay: boolean
  readonly canCancel: boolean
  readonly canCheck: boolean
  /** Nothing has ended it yet. */
  readonly isOpen: boolean
  /** The page looks for news by itself. */
  readonly isPending: boolean
  readonly hasReceipt: boolean
  readonly office: { readonly toldAt: number } | "soon" | "waits-final" | "waits-amount" | "nothing"
}

const open: ReadonlySet<PaymentStatus> = new Set(["created", "requires_action", "processing", "provisional"])
const ended: ReadonlySet<PaymentStatus> = new Set(["created", "declined", "expired", "canceled", "reversed"])

const officeOf = (payment: Payment, toldAt: number | undefined): PaymentView["office"] => {
  if (toldAt !== undefined) return { toldAt }
  if (payment.status !== "paid" && payment.status !== "provisional") return "nothing"
  if (sumOf(payment) === undefined) return "waits-amount"
  // Core tells the office by an event, a moment after the payment.
  return mayFulfil(fulfilment, payment.state) ? "soon" : "waits-final"
}

/** Core asks a provider at most once in ten seconds; an answer that says nothing new leaves no trace. */
const askedWithinMillis = 20_000

const isBeingAsked = (payment: Payment, history: ReadonlyArray<Observation>, now: number): boolean => {
  const last = history.findLast(({ attemptId }) => attemptId === payment.current.id)
  return (
    payment.status === "requires_action" &&
    last?.trust === "hint" &&
    now - toMillis(last.observedAt) < askedWithinMillis
  )
}

export const viewOf = (input: {
  readonly payment: Payment
  readonly service: Service
  readonly history: ReadonlyArray<Observation>
  /** When this run's providers started, epoch milliseconds of the shared clock. */
  readonly providersSince: number
  readonly toldAt: number | undefined
  /** The shared clock, epoch milliseconds. */
  readonly now: number
}): PaymentView => {
  const { history, payment, providersSince, service, toldAt } = input
  const { current, state, status } = payment
  const isForgotten = toMillis(current.createdAt) < providersSince
  const isOpen = open.has(status)
  const office = officeOf(payment, toldAt)
  const asked = isBeingAsked(payment, history, input.now)
  return {
    payment,
    service,
    history,
    isForgotten,
    isBeingAsked: asked,
    continueUrl: isOpen && !isForgotten && !asked && current.nextAction !== undefined ? current.actionUrl : undefined,
    canTryAgain: ended.has(status) || (isForgotten && status === "requires_action"),
    canPayAnotherWay: waysFor(service).length > 1,
    canCancel:
      isOpen && !asked && status !== "created" && status !== "provisional" && state.reason !== "outcome_unknown",
    canCheck: isOpen && !isForgotten && status !== "created",
    isOpen,
    // Also after an end that is not final: money may still come, and the page must not go on saying that there is none.
    isPending:
      isOpen ||
      payment.state.finality === "soft" ||
      status === "under_review" ||
      office === "soon" ||
      office === "waits-amount",
    hasReceipt: status === "paid",
    office
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
