import { money } from "@maksa/core"
import type { SandboxDriver } from "@maksa/contract-kit"
import type { ControlClient } from "@maksa/sandbox"

/** A payout as `GET /payments` of the sandbox shows it, as far as the driver reads it. */
interface PayoutAtEcommpay {
  readonly paymentId: string
  readonly type: string
  readonly status?: string
  readonly money: {
    readonly currency: string
    readonly movements: ReadonlyArray<{ readonly direction: string; readonly amountMinor: string }>
  }
}

const outcomes = {
  done: { status: "success" },
  refused: { status: "decline", code: "20451" },
  reversed: { status: "reversed" }
} as const

/** Payouts: payments of their own, whose id is the repayment's. */
export const repaymentsAt = (control: ControlClient): NonNullable<SandboxDriver["repayments"]> => ({
  truth: async (repaymentId) => {
    const { payments } = (await control.call("GET", "/payments")) as { payments: ReadonlyArray<object> } // documented
    const found = payments.find(
      (one): one is PayoutAtEcommpay =>
        "paymentId" in one && one.paymentId === repaymentId && "type" in one && one.type === "payout"
    )
    if (found === undefined) return undefined
    const { currency, movements } = found.money
    const sent = movements.filter(({ direction }) => direction === "paid_out")
    return {
      sent: sent.map(({ amountMinor }) => money(BigInt(amountMinor), currency)),
      cameBack: movements.at(-1)?.direction === "came_back"
    }
  },
  turn: async (repaymentId, to) => {
    await control.call("POST", `/ecommpay/payments/${repaymentId}/outcome`, outcomes[to])
  }
})
