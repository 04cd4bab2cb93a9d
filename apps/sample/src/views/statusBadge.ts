import type { PaymentState } from "@maksa/core"
import type { Language } from "../Language.ts"
import { statusKey, statusTexts, statusTone } from "../texts/status.ts"
import { type Html, html } from "./html.ts"

/** The status in a word or two; its colour only repeats what the word says. */
export const statusBadge = (state: PaymentState, language: Language): Html => {
  const key = statusKey(state)
  return html`<span class="badge ${statusTone[key]}" data-status="${state.status}"
    >${statusTexts[language][key].label}</span
  >`
}
