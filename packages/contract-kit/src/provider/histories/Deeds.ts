import type { PayerAct, ProviderFacts, ProviderTurn } from "../SandboxDriver.ts"
import type { Sums } from "./Sums.ts"

/** The provider's last word about an attempt, as far as this history made it speak. */
export type Word =
  | "open"
  | "paying"
  /** By the payer, who may or may not try again: providers differ. */
  | "turned_down"
  /** By us; it may be paid all the same where the provider cannot be told. */
  | "withdrawn"
  | "promised"
  | "received"
  | "refused"
  | "lapsed"
  | "undone"
  | "unknown_word"

/**
 * What this history did to one attempt at the provider. It bounds the truth from outside: a provider that moves money
 * which nobody made it move is a broken simulator.
 */
export interface Deeds {
  readonly word: Word
  /** When the last word was said, epoch milliseconds. */
  readonly at: number
  /** Whether a refusal was ever said, by the provider, the payer's hand, or a planned refusal of `create`. */
  readonly wasRefused: boolean
  readonly wasPromised: boolean
  /** Charges that may have followed from what was done. */
  readonly mayCharge: number
  /** A word that no document knows stands until the provider itself says another. */
  readonly isStrange: boolean
  /** Another sum than the asked one came or went: that is for a person, who is not part of a history. */
  readonly hadOddSum: boolean
  /** The provider overturned an outcome after the time in which it says that it may. */
  readonly brokeRules: boolean
}

export const noDeeds = (at: number): Deeds => ({
  word: "open",
  at,
  wasRefused: false,
  wasPromised: false,
  mayCharge: 0,
  isStrange: false,
  hadOddSum: false,
  brokeRules: false
})

const isUndecided: ReadonlySet<Word> = new Set(["open", "paying"])
const canBePaid: ReadonlySet<Word> = new Set(["open", "paying", "turned_down", "withdrawn", "refused", "lapsed"])
const afterAct: Partial<Record<PayerAct, Word>> = { pay: "paying", refuse: "turned_down", leave: "turned_down" }

/**
 * The provider decides what follows from an act. After an end, the deadline included, it may let the payer try again, and
 * only money shows that it did: until then the end stands.
 */
export const acted = (deeds: Deeds, act: PayerAct, at: number, deadline: number): Deeds => {
  const word = isUndecided.has(deeds.word) && at < deadline ? afterAct[act] : undefined
  return {
    ...deeds,
    ...(word === undefined ? {} : { word, at }),
    wasRefused: deeds.wasRefused || act === "refuse" || act === "leave",
    mayCharge: deeds.mayCharge + (act === "pay" ? 1 : 0)
  }
}

export const withdrawn = (deeds: Deeds, at: number): Deeds =>
  canBePaid.has(deeds.word) ? { ...deeds, word: "withdrawn", at } : deeds

const afterTurn: Readonly<Record<ProviderTurn["to"], Word>> = {
  working: "paying",
  collect: "open",
  promised: "promised",
  received: "received",
  refused: "refused",
  lapsed: "lapsed",
  undone: "undone",
  unknown_word: "unknown_word"
}

const windowOf: Partial<Record<Word, keyof ProviderFacts["overturnSeconds"]>> = {
  received: "paid",
  turned_down: "declined",
  withdrawn: "canceled",
  refused: "declined",
  lapsed: "expired",
  undone: "reversed"
}

/** Whether the provider, by its own documents, may still say another word; what nobody paid has lapsed at its deadline. */
export const mayOverturn = (deeds: Deeds, facts: ProviderFacts, at: number, deadline: number): boolean => {
  const hasLapsed = isUndecided.has(deeds.word) && at >= deadline
  const outcome = hasLapsed ? "expired" : windowOf[deeds.word]
  const since = hasLapsed ? deadline : deeds.at
  return outcome === undefined || at < since + facts.overturnSeconds[outcome] * 1000
}

export const turned = (
  deeds: Deeds,
  { to, amount }: Pick<ProviderTurn, "to" | "amount">,
  at: number,
  breaksRules: boolean
): Deeds => ({
  // Where the deadline alone makes a payment lapse, one that speaks strangely may go on so.
  word: to === "lapsed" && deeds.word === "unknown_word" ? "open" : afterTurn[to],
  at,
  wasRefused: deeds.wasRefused || to === "refused" || to === "lapsed",
  wasPromised: deeds.wasPromised || to === "promised",
  // What was promised may come by itself.
  mayCharge: deeds.mayCharge + (to === "received" || to === "promised" ? 1 : 0),
  isStrange: to === "unknown_word",
  hadOddSum: deeds.hadOddSum || amount !== undefined,
  brokeRules: deeds.brokeRules || breaksRules
})

/** Money that came or went is the last word, whatever made it move; what a payer paid came when it was paid. */
export const moved = (deeds: Deeds, before: Sums, after: Sums, at: number): Deeds => {
  if (after.undone > before.undone && deeds.word !== "undone") return { ...deeds, word: "undone", at }
  if (after.charged > before.charged && deeds.word !== "received") {
    return { ...deeds, word: "received", at: deeds.word === "paying" ? deeds.at : at }
  }
  return deeds
}
