import type { Decision } from "./Step.ts"
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
  /** What was promised does not come: providers differ in whether they call it refused or undone. */
  | "given_up"
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
  /** When the last word was said, epoch milliseconds; of what happened by itself, when it was seen. */
  readonly at: number
  /** The earliest time at which it may have been said. */
  readonly since: number
  /** Whether a refusal was ever said, by the provider (that money is gone is one), the payer's hand, or a planned refusal of `create`. */
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
  /** What a named person decided last, who answers for it. */
  readonly decided: { readonly status: Decision; readonly at: number; readonly charged: bigint } | undefined
}

export const noDeeds = (at: number): Deeds => ({
  word: "open",
  at,
  since: at,
  wasRefused: false,
  wasPromised: false,
  mayCharge: 0,
  isStrange: false,
  hadOddSum: false,
  brokeRules: false,
  decided: undefined
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
    ...(word === undefined ? {} : { word, at, since: at }),
    wasRefused: deeds.wasRefused || act === "refuse" || act === "leave",
    mayCharge: deeds.mayCharge + (act === "pay" ? 1 : 0)
  }
}

/** @param sums the money at the provider when it was decided. */
export const decided = (deeds: Deeds, status: Decision, at: number, { charged }: Sums): Deeds => ({
  ...deeds,
  decided: { status, at, charged }
})

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

const windowsOf: Partial<Record<Word, ReadonlyArray<keyof ProviderFacts["overturnSeconds"]>>> = {
  given_up: ["declined", "reversed"],
  received: ["paid"],
  turned_down: ["declined"],
  withdrawn: ["canceled"],
  refused: ["declined"],
  lapsed: ["expired"],
  undone: ["reversed"]
}

/** Whether the provider, by its own documents, may still say another word; what nobody paid has lapsed at its deadline. */
export const mayOverturn = (deeds: Deeds, facts: ProviderFacts, at: number, deadline: number): boolean => {
  const hasLapsed = isUndecided.has(deeds.word) && at >= deadline
  const outcomes = hasLapsed ? windowsOf.lapsed : windowsOf[deeds.word]
  const since = hasLapsed ? deadline : deeds.since
  return (outcomes ?? []).every((outcome) => at < since + facts.overturnSeconds[outcome] * 1000)
}

/** What has ended for good can no more be withdrawn, and a second withdrawal says nothing new. */
export const withdrawn = (deeds: Deeds, facts: ProviderFacts, at: number, deadline: number): Deeds =>
  canBePaid.has(deeds.word) && mayOverturn(deeds, facts, at, deadline)
    ? { ...deeds, word: "withdrawn", at, since: deeds.word === "withdrawn" ? deeds.since : at }
    : deeds

export const turned = (
  deeds: Deeds,
  { to, amount }: Pick<ProviderTurn, "to" | "amount">,
  at: number,
  breaksRules: boolean
): Deeds => ({
  // Where the deadline alone makes a payment lapse, one that speaks strangely may go on so.
  word: to === "lapsed" && deeds.word === "unknown_word" ? "open" : afterTurn[to],
  at,
  since: at,
  // Money that came and went unheard of is told as a refusal where the provider has one word for both.
  wasRefused: deeds.wasRefused || to === "refused" || to === "lapsed" || to === "undone",
  wasPromised: deeds.wasPromised || to === "promised",
  // What was promised may come by itself.
  mayCharge: deeds.mayCharge + (to === "received" || to === "promised" ? 1 : 0),
  isStrange: to === "unknown_word" || (to === "lapsed" && deeds.isStrange),
  hadOddSum: deeds.hadOddSum || amount !== undefined,
  brokeRules: deeds.brokeRules || breaksRules,
  decided: deeds.decided
})

/** What is seen at the provider now and was not at `seenAt`. */
const byItself = (deeds: Deeds, word: Word, at: number, seenAt: number): Deeds => {
  // What a payer paid or promised came when it was paid.
  const isPayer = deeds.word === "paying"
  return { ...deeds, word, at: isPayer ? deeds.at : at, since: isPayer ? deeds.since : seenAt }
}

/**
 * Money that came or went, or is promised or given up, is the last word, whatever made it move.
 *
 * @param seenAt when `before` was seen, epoch milliseconds.
 */
export const moved = (deeds: Deeds, before: Sums, after: Sums, at: number, seenAt: number): Deeds => {
  if (after.undone > before.undone && deeds.word !== "undone") return byItself(deeds, "undone", at, seenAt)
  if (after.charged > before.charged && deeds.word !== "received") return byItself(deeds, "received", at, seenAt)
  if (after.isPromised && !before.isPromised && deeds.word !== "promised") {
    return { ...byItself(deeds, "promised", at, seenAt), wasPromised: true }
  }
  if (before.isPromised && !after.isPromised && deeds.word === "promised") {
    return { ...byItself(deeds, "given_up", at, seenAt), wasRefused: true }
  }
  return deeds
}
