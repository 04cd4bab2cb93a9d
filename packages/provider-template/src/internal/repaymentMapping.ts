// The provider's words about money going back, by one table (document, 4).
import type { RepaymentClaim, RepaymentObserved } from "@maksa/core"
import { printable } from "./mapping.ts"
import { toMoney, type WireRepayment } from "./wire.ts"

/** Every status that the document knows. */
export const repaymentStatuses: Readonly<Record<string, (repayment: WireRepayment) => RepaymentClaim>> = {
  processing: () => ({ _tag: "working" }),
  sent: ({ amount }) => ({ _tag: "done", amount: toMoney(amount) }),
  refused: ({ code }) =>
    code === "R-40"
      ? { _tag: "refused", reason: "The name is not that of the account's owner." }
      : { _tag: "refused", reason: "The provider did not send the money." },
  returned: () => ({ _tag: "reversed" })
}

/** Reads a repayment of ours. */
export const observeRepayment = (repayment: WireRepayment, evidence?: Uint8Array): RepaymentObserved => {
  const { code, status, updated_at } = repayment
  const tell = Object.hasOwn(repaymentStatuses, status) ? repaymentStatuses[status] : undefined
  const time = Date.parse(updated_at)
  return {
    says: tell?.(repayment) ?? { _tag: "unknown_word", word: printable(status) },
    trust: "proven",
    ...(Number.isNaN(time) ? {} : { providerTime: time }),
    ...(code === undefined ? {} : { providerCode: printable(code) }),
    ...(evidence === undefined ? {} : { evidence })
  }
}
