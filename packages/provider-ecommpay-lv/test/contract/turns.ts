import type { AttemptAtProvider, ProviderTurn } from "@maksa/contract-kit"
import { type ControlClient, ControlRefusal } from "@maksa/sandbox"
import type { FundsConfirmation } from "../../src/index.ts"
import { type PaymentAtEcommpay, paymentIdOf, paymentsOf } from "./payments.ts"

interface Outcome {
  readonly status?: string
  readonly confirmation?: "success" | "decline"
  readonly code?: string
  /** The document lets it happen, but not on the way that the simulator keeps to by itself. */
  readonly force?: boolean
}

const waits = (payment: PaymentAtEcommpay | undefined): boolean => payment?.status === "awaiting confirmation"

/** What is ordered of the simulator; `undefined` where the project cannot say it. */
const outcomeOf = (
  to: ProviderTurn["to"],
  confirmation: FundsConfirmation,
  payment: PaymentAtEcommpay | undefined
): Outcome | undefined => {
  switch (to) {
    case "working":
      return { status: "external processing" }
    case "promised":
      return confirmation === "off" ? undefined : { status: "awaiting confirmation" }
    case "received":
      return confirmation === "off" ? { status: "success" } : { confirmation: "success" }
    case "refused":
      return waits(payment) && confirmation === "decline"
        ? { confirmation: "decline" }
        : { status: "decline", code: "20301" }
    case "lapsed":
      return { status: "expired" }
    case "undone":
      if (confirmation === "decline") return undefined
      return waits(payment) ? { confirmation: "decline" } : { status: "reversed", force: true }
    default:
      return undefined
  }
}

/** What happens at the platform without the payer's hand. */
export const turnsAt = (control: ControlClient, confirmation: FundsConfirmation) => {
  const strange = new Map<string, ReadonlyArray<string>>()

  const order = (attempt: AttemptAtProvider, body: object): Promise<unknown> =>
    control.call("POST", `/ecommpay/payments/${paymentIdOf(attempt)}/outcome`, body)

  const plain = async (attempt: AttemptAtProvider): Promise<void> => {
    await control.clearFaults(strange.get(attempt.attemptId) ?? [])
    strange.delete(attempt.attemptId)
  }

  /** The control API knows documented words only, so a fault says another one until the next turn. */
  const speakStrangely = async (attempt: AttemptAtProvider): Promise<void> => {
    const rule = { kind: "unknown_status", match: { paymentId: paymentIdOf(attempt) } }
    const planned = [
      await control.plan({ ...rule, operation: "status" }),
      await control.plan({ ...rule, operation: "callback" })
    ]
    strange.set(attempt.attemptId, planned)
    try {
      await order(attempt, { status: "external processing" })
    } catch (error) {
      // A payment that has ended says it when it is asked, but has nothing to announce.
      if (error instanceof ControlRefusal && error.status === 409) return
      await plain(attempt)
      throw error
    }
  }

  return {
    turn: async (attempt: AttemptAtProvider, { amount, late = false, to }: ProviderTurn): Promise<void> => {
      const [payment] = await paymentsOf(control, attempt)
      const outcome = outcomeOf(to, confirmation, payment)
      const isStrange = to === "unknown_word"
      if (outcome === undefined && !isStrange) throw new Error(`this project has nothing that says ${to}`)
      const spokeStrangely = strange.has(attempt.attemptId)
      await plain(attempt)
      if (isStrange) return speakStrangely(attempt)
      // Money that comes late is a success by itself, whether or not the project looks for it.
      const body = late && to === "received" ? { status: "success", force: true } : outcome
      const sum = amount === undefined ? {} : { amount: String(amount.minorUnits), currency: amount.currency }
      try {
        await order(attempt, { ...body, ...sum, ...(late ? { force: true } : {}) })
      } catch (error) {
        // A turn that cannot be takes nothing back.
        if (spokeStrangely) await speakStrangely(attempt)
        throw error
      }
    },
    forget: (): void => strange.clear()
  }
}
