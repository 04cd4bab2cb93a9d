// What happens at the provider without the payer's hand.
import { charged, type Payment, remainder } from "./Payment.ts"
import { isOpen, type Payments } from "./Payments.ts"
import type { WireAmount } from "./wire.ts"

export type Turn = "working" | "promised" | "received" | "refused" | "lapsed" | "undone" | "unknown_word" | "collect"

const isPromised = ({ status }: Payment): boolean => status === "promised"

/** When the provider's own rules allow a turn. */
const allows: Readonly<Record<Turn, (payment: Payment) => boolean>> = {
  working: isOpen,
  promised: isOpen,
  received: (payment) => isOpen(payment) || isPromised(payment),
  refused: (payment) => isOpen(payment) || isPromised(payment),
  lapsed: isOpen,
  undone: (payment) => isPromised(payment) || remainder(payment) > 0n,
  unknown_word: () => true,
  collect: isOpen
}

/** Plays one turn. `late` allows what the rules of order do not; what has no meaning at all is refused. */
export const makeTurns =
  (payments: Payments) =>
  (id: string, to: Turn, { amount, late = false }: { readonly amount?: WireAmount; readonly late?: boolean } = {}) => {
    const payment = payments.get(id)
    if (!allows[to](payment) && !late) throw new Error(`A payment that is ${payment.status} does not become ${to}.`)
    switch (to) {
      case "working":
        return payments.change(payment, "processing")
      case "promised":
        payment.promise = amount ?? payment.total
        return payments.change(payment, "promised")
      case "received":
        return payments.charge(payment, amount)
      case "refused":
        return payments.change(payment, "refused", undefined, "R-20")
      case "lapsed":
        return payments.change(payment, "lapsed")
      case "undone": {
        const value = amount === undefined ? remainder(payment) : BigInt(amount.value)
        if (value > remainder(payment)) throw new Error("More cannot go back than came.")
        // A promise that is taken back, or money that never came, leaves nothing to return.
        return charged(payment) === 0n ? payments.change(payment, "returned") : payments.giveBack(payment, value)
      }
      case "unknown_word":
        return payments.change(payment, "sideways")
      case "collect":
        return payments.change(payment, "awaiting_payer", "questions")
    }
  }
