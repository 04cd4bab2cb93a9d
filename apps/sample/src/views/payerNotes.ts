import { type Payment, payerMessage, type PaymentStatus } from "@maksa/core"
import { formatMoney } from "../format.ts"
import type { Language } from "../Language.ts"
import { statusPageTexts } from "../texts/statusPage.ts"

const failed: ReadonlySet<PaymentStatus> = new Set(["declined", "expired", "canceled", "reversed"])

/** What a payer should know beside the status. The other flags are for clerks: payers could do nothing about them. */
export const payerNotes = ({ current, state }: Payment, language: Language): ReadonlyArray<string> => {
  const text = statusPageTexts[language]
  const { asked, received } = state.money
  const sums =
    asked === undefined || received === undefined
      ? undefined
      : ([formatMoney(received, language), formatMoney(asked, language)] as const)
  const { decline } = current
  const why =
    decline === undefined || !failed.has(state.status)
      ? []
      : [`${payerMessage(`decline.${decline.reason}`, language)} ${payerMessage(`next.${decline.next}`, language)}`]
  const notes = state.attention.flatMap((flag) => {
    switch (flag) {
      case "overpaid":
        return sums === undefined ? [] : [text.overpaid(...sums)]
      case "underpaid":
        return sums === undefined ? [] : [text.underpaid(...sums)]
      case "late_money":
        // Who has paid twice is told so; that one of the two was late adds nothing.
        return state.attention.includes("overpaid") ? [] : [text.lateMoney]
      // The status itself says that the sum is being confirmed.
      case "amount_unconfirmed":
      case "unknown_status":
      case "contract_drift":
        return []
    }
  })
  return [...why, ...notes]
}
