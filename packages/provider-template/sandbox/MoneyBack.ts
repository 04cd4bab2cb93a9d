import type { Clock } from "./Clock.ts"
import { charged, type Payment, remainder } from "./Payment.ts"
import { Refusal, type RepaymentStatus, type WireAmount, type WireRepayment } from "./wire.ts"

/** Refunds are taken so long after the money came; a payout at any time. */
const refundMillis = 180 * 86_400_000
/** How long the provider takes to send money back. */
const sendingMillis = 3_600_000

/** Money that a merchant sends back, as the provider keeps it. */
export interface Repayment {
  readonly id: string
  readonly kind: "refund" | "payout"
  readonly payment: Payment
  readonly amount: WireAmount
  status: RepaymentStatus
  updatedAt: number
  code: string | undefined
  /** How often the sum left the account. */
  timesSent: number
}

export const toWireRepayment = ({ amount, code, id, payment, status, updatedAt }: Repayment): WireRepayment => ({
  id,
  payment: payment.order.id,
  status,
  updated_at: new Date(updatedAt).toISOString(),
  amount,
  ...(code === undefined ? {} : { code })
})

const isOut = ({ status }: Repayment): boolean => status !== "refused" && status !== "returned"

/** The provider's book of refunds and payouts, and every change of one. */
export class MoneyBack {
  readonly #clock: Clock
  readonly #onChange: (repayment: Repayment) => void
  readonly #byId = new Map<string, Repayment>()

  constructor(clock: Clock, onChange: (repayment: Repayment) => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  find(id: string): Repayment | undefined {
    return this.#byId.get(id)
  }
  get(id: string): Repayment {
    const repayment = this.#byId.get(id)
    if (repayment === undefined) throw new Refusal(404, "unknown_repayment")
    return repayment
  }
  of(payment: Payment): ReadonlyArray<Repayment> {
    return [...this.#byId.values()].filter((one) => one.payment === payment)
  }
  reset(): void {
    this.#byId.clear()
  }

  /** A refund or a payout that the merchant asks for; the same id again is the same one. */
  ask(payment: Payment, kind: Repayment["kind"], id: string, amount: WireAmount): Repayment {
    const known = this.#byId.get(id)
    if (known !== undefined) {
      if (known.amount.value !== amount.value || known.payment !== payment) throw new Refusal(409, "duplicate_id")
      return known
    }
    const { chargedAt } = payment
    if (kind === "refund" && chargedAt !== undefined && this.#clock.now() > chargedAt + refundMillis) {
      throw new Refusal(409, "too_late")
    }
    if (charged(payment) === 0n) throw new Refusal(409, "not_paid")
    if (amount.currency !== payment.total.currency || !/^[1-9]\d{0,14}$/.test(amount.value)) {
      throw new Refusal(422, "wrong_amount")
    }
    const out = this.of(payment).filter(isOut)
    const left = remainder(payment) - out.reduce((sum, one) => sum + BigInt(one.amount.value), 0n)
    if (BigInt(amount.value) > left) throw new Refusal(422, "too_much")
    const updatedAt = this.#clock.tick()
    const repayment: Repayment = {
      id,
      kind,
      payment,
      amount,
      status: "processing",
      updatedAt,
      code: undefined,
      timesSent: 0
    }
    this.#byId.set(id, repayment)
    this.#clock.at(updatedAt + sendingMillis, () => {
      if (repayment.status === "processing") this.change(repayment, "sent")
    })
    return repayment
  }

  /** Moves a repayment to a status and tells the merchant. */
  change(repayment: Repayment, status: RepaymentStatus, code?: string): void {
    if (status === "sent") repayment.timesSent++
    repayment.status = status
    repayment.code = code
    repayment.updatedAt = this.#clock.tick()
    this.#onChange(repayment)
  }
}
