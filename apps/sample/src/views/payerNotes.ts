import type { Payment } from "@maksa/core"
import { formatMoney } from "../format.ts"
import type { Language } from "../Language.ts"
import { statusPageTexts } from "../texts/statusPage.ts"

/** What a payer should know beside the status. The other flags are for clerks: payers could do nothing about them. */
export const payerNotes = ({ state }: Payment, language: Language): ReadonlyArray<string> => {
  const text = statusPageTexts[language]
  const { asked, received } = state.money
  const sums =
    asked === undefined || received === undefined
      ? undefined
      : ([formatMoney(received, language), formatMoney(asked, language)] as const)
  return state.attention.flatMap((flag) => {
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
}
