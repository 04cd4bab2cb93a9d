import { createHash } from "node:crypto"
import type { Clock } from "./Clock.ts"
import { readOrder } from "./orders.ts"
import { consentText, type Payment, remainder } from "./Payment.ts"
import type { Seeded } from "./Seeded.ts"
import { Refusal, type Status, type WireAction, type WireAmount } from "./wire.ts"

const firstAction: Readonly<Record<string, WireAction["kind"]>> = {
  page: "page",
  form: "page",
  widget: "widget",
  consent: "questions",
  portal: "portal",
  later: "wait"
}

/** How long the provider prepares the page of an order with the flow `later`. */
const preparationMillis = 2_000

/** Answered earlier, the provider may not know the payment yet. */
export const earliestQueryMillis = 5_000

export const isOpen = ({ status }: Payment): boolean => status === "awaiting_payer" || status === "processing"

/** The provider's book of payments, and every change of one. */
export class Payments {
  readonly #clock: Clock
  readonly #ids: Seeded
  readonly #onChange: (payment: Payment) => void
  readonly #byId = new Map<string, Payment>()

  constructor(clock: Clock, ids: Seeded, onChange: (payment: Payment) => void) {
    this.#clock = clock
    this.#ids = ids
    this.#onChange = onChange
  }

  all(): ReadonlyArray<Payment> {
    return [...this.#byId.values()]
  }
  find(id: string): Payment | undefined {
    return this.#byId.get(id)
  }
  get(id: string): Payment {
    const payment = this.#byId.get(id)
    if (payment === undefined) throw new Refusal(404, "unknown_payment")
    return payment
  }
  byToken(token: string): Payment | undefined {
    return this.all().find((payment) => payment.token === token)
  }
  reset(): void {
    this.#byId.clear()
  }

  /** Takes an order. The same bytes again are the same payment, other bytes under the same id are refused. */
  create(text: string): { readonly payment: Payment; readonly isNew: boolean } {
    const digest = createHash("sha256").update(text).digest("hex")
    const createdAt = this.#clock.now()
    const { order, total } = readOrder(text, createdAt)
    const known = this.#byId.get(order.id)
    if (known !== undefined) {
      if (known.digest !== digest) throw new Refusal(409, "duplicate_id")
      return { payment: known, isNew: false }
    }
    const token = this.#ids.next()
    const payment: Payment = {
      order,
      digest,
      token,
      number: `N-${this.#ids.next().slice(0, 10)}`,
      total,
      createdAt,
      charges: [],
      returns: [],
      chargedAt: undefined,
      status: "awaiting_payer",
      updatedAt: this.#clock.tick(),
      action: firstAction[order.flow],
      promise: undefined,
      code: undefined,
      bank: order.bank,
      answers: undefined,
      document: undefined
    }
    this.#byId.set(order.id, payment)
    this.#clock.at(Date.parse(order.expires_at), () => {
      if (payment.status === "awaiting_payer") this.change(payment, "lapsed")
    })
    if (order.flow === "later") {
      this.#clock.at(payment.updatedAt + preparationMillis, () => {
        if (payment.action === "wait") this.change(payment, "awaiting_payer", "page")
      })
    }
    return { payment, isNew: true }
  }

  /** Moves a payment to a status and tells the merchant. */
  change(payment: Payment, status: Status, action?: WireAction["kind"], code?: string): void {
    payment.status = status
    if (status !== "promised") payment.promise = undefined
    payment.action = action
    payment.code = code
    payment.updatedAt = this.#clock.tick()
    this.#onChange(payment)
  }

  charge(payment: Payment, amount: WireAmount = payment.total): void {
    payment.charges.push({ id: `charge-${payment.charges.length + 1}`, amount })
    this.change(payment, "paid")
    payment.chargedAt = payment.updatedAt
  }

  /** Money goes back: all that is left, or a part. */
  giveBack(payment: Payment, value: bigint = remainder(payment), id = `return-${payment.returns.length + 1}`): void {
    if (value > 0n) payment.returns.push({ id, amount: { ...payment.total, value: value.toString() } })
    this.change(payment, remainder(payment) === 0n ? "returned" : "paid")
  }

  /** Takes the payer's answers; without the exact consent the questions stay. */
  answer(payment: Payment, fields: Readonly<Record<string, string>>, consent: string | undefined): void {
    if (payment.action !== "questions") throw new Refusal(409, "nothing_asked")
    payment.answers = { fields, ...(consent === undefined ? {} : { consentText: consent }) }
    const isComplete = consent === consentText && (fields["iban"] ?? "").trim() !== ""
    this.change(payment, "awaiting_payer", isComplete ? "page" : "questions")
  }

  cancel(payment: Payment): void {
    if (payment.status === "cancelled") return
    if (payment.status !== "awaiting_payer") throw new Refusal(409, "not_open")
    this.change(payment, "cancelled")
  }

  issueInvoice(payment: Payment): string {
    payment.document ??= `D-${this.#ids.next().slice(0, 10)}`
    return payment.document
  }
}
