import type { Facts } from "./facts.ts"
import { dateInSentence } from "./format.ts"
import type { Texts } from "./texts.ts"

/** How final the payment is, in words. */
export const finalityText = (facts: Facts, texts: Texts): string => {
  if (facts.finality === "hard") return texts.fundsConfirmed
  return facts.softUntil === undefined
    ? texts.mayChange
    : texts.mayChangeUntil(dateInSentence(facts.softUntil, facts.language))
}
