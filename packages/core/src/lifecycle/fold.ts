import type { Decline } from "../Decline.ts"
import type { Money } from "../Money.ts"
import type { NextAction } from "../NextAction.ts"
import type { ClaimTag } from "../Observation.ts"
import type { Attention, StateReason } from "../State.ts"
import { type AttemptFacts, type LedgerEntry, weigh } from "./evidence.ts"
import { MoneyBook } from "./moneyBook.ts"
import { type EvidenceName, type StateName, table } from "./table.ts"

/** What the ledger of one attempt folds to. */
export interface AttemptFold {
  readonly name: StateName
  /** When the present status began, epoch milliseconds; its soft window counts from here. */
  readonly since: number
  readonly reason: StateReason | undefined
  readonly attention: ReadonlyArray<Attention>
  readonly promised: Money | undefined
  /** `undefined`: no sum was named. */
  readonly received: Money | undefined
  readonly undone: Money | undefined
  /** Money came, and nothing has said yet how much. */
  readonly isUnconfirmed: boolean
  readonly nextAction: NextAction | undefined
  /** Digest of the entry that asked for `nextAction`. */
  readonly actionDigest: string | undefined
  readonly paidVia: string | undefined
  readonly providerCode: string | undefined
  /** Absent where the attempt has not come to nothing. */
  readonly decline: Decline | undefined
  /** The evidence is ambiguous or contradicts itself: ask the provider now. */
  readonly wantsQuery: boolean
  /** The provider has said anything at all about the attempt, absence not counted: then it was submitted, whatever we believe. */
  readonly hasEvidence: boolean
}

// Order within one instant: what comes later in a payment's life sorts later.
const ranks: Readonly<Record<ClaimTag, number>> = {
  consented: 0,
  absent: 0,
  accepted: 1,
  action_needed: 2,
  working: 3,
  unknown_word: 4,
  promised: 5,
  refused: 6,
  lapsed: 6,
  withdrawn: 6,
  received: 7,
  undone: 8,
  decided: 9
}

// Entries are kept by digest, so two equal ones never meet.
const byDigest = (a: LedgerEntry, b: LedgerEntry): number => (a.digest < b.digest ? -1 : 1)

/**
 * The provider's order, not ours: time, then rank, then digest, so that any permutation of a set sorts the same. Only an
 * operator's decision stands in our order: it judges what had reached us, and what reaches us later comes after it.
 */
const sorted = (entries: ReadonlyArray<LedgerEntry>): ReadonlyArray<LedgerEntry> => {
  const decisions = entries.filter((entry) => entry.says._tag === "decided").toSorted((a, b) => a.at - b.at)
  const at = (entry: LedgerEntry): number => {
    let time = entry.at
    if (entry.says._tag === "decided") return time
    for (const decision of decisions) {
      time = entry.observedAt > decision.observedAt ? Math.max(time, decision.at + 0.5) : Math.min(time, decision.at)
    }
    return time
  }
  return entries.toSorted((a, b) => at(a) - at(b) || ranks[a.says._tag] - ranks[b.says._tag] || byDigest(a, b))
}

/** What a provider's word for an end without money comes to. */
const ends: ReadonlySet<EvidenceName> = new Set(["refused", "lapsed", "withdrawn", "absent_conclusive"])

const withoutMoney: ReadonlySet<string> = new Set(["undone", "refused", "lapsed", "withdrawn"])

/** Whether a claim takes back an earlier fact. */
const denies = (tag: ClaimTag, fact: string): boolean => {
  const other = fact.slice(0, fact.indexOf("|"))
  return (tag === "received" && withoutMoney.has(other)) || (withoutMoney.has(tag) && other === "received")
}

/** What an entry states, for recognising a fact that an operator's decision already took into account. */
const factOf = ({ says, operation = "" }: LedgerEntry): string => {
  const amount = "amount" in says ? says.amount : undefined
  return [says._tag, operation, amount?.minorUnits ?? "", amount?.currency ?? ""].join("|")
}

const initial = (facts: AttemptFacts): StateName => (facts.submission === "started" ? "submitted" : "created")

/** Which present states keep the payer's action on offer. */
const offersAction: ReadonlySet<StateName> = new Set(["created", "submitted", "requires_action", "processing"])

const hasFailed: ReadonlySet<StateName> = new Set([
  "declined_soft",
  "declined_hard",
  "expired_soft",
  "expired_hard",
  "canceled_soft",
  "canceled_hard",
  "reversed_soft",
  "reversed_hard"
])

/**
 * Folds the evidence of one attempt. Only proven entries count; equal digests count once; the order of the input does not
 * matter. Applying what is already known changes nothing.
 */
export const foldAttempt = (facts: AttemptFacts, entries: Iterable<LedgerEntry>): AttemptFold => {
  const proven = new Map<string, LedgerEntry>()
  // What the payer agreed to is kept for a dispute; of the money it says nothing.
  for (const entry of entries) {
    if (entry.trust === "proven" && entry.says._tag !== "consented") proven.set(entry.digest, entry)
  }

  let name = initial(facts)
  let since = 0
  let reason: StateReason | undefined
  let isOurWord = false
  const attention = new Set<Attention>()
  const book = new MoneyBook(facts.asked)
  const seen = new Set<string>()
  const judged = new Set<string>()
  let decidedAt = Number.NEGATIVE_INFINITY
  let hasEvidence = false
  let promised: Money | undefined
  let isUnconfirmed = false
  let nextAction: NextAction | undefined
  let actionDigest: string | undefined
  let paidVia: string | undefined
  let providerCode: string | undefined
  let decline: Decline | undefined
  let wantsQuery = false
  let previous: LedgerEntry | undefined

  for (const entry of sorted([...proven.values()])) {
    const { says } = entry
    if (entry.channel === "query") wantsQuery = false
    paidVia = entry.paidVia ?? paidVia
    providerCode = entry.providerCode ?? providerCode
    // What was said before money came is no reason for what happened after.
    decline = entry.decline ?? (says._tag === "received" ? undefined : decline)
    if (entry.contractDrift === true) attention.add("contract_drift")
    if (says._tag === "unknown_word") attention.add("unknown_status")
    else attention.delete("unknown_status")
    if (entry.channel !== "operator" && says._tag !== "absent") hasEvidence = true

    if (says._tag === "decided") {
      name = `${says.status}_hard`
      since = entry.at
      reason = undefined
      wantsQuery = false
      attention.delete("underpaid")
      nextAction = undefined
      book.decide(says.status, isUnconfirmed || book.received !== undefined)
      // Who calls it paid answers for the sum too.
      if (says.status === "paid") isUnconfirmed = false
      for (const fact of seen) judged.add(fact)
      decidedAt = entry.at
      continue
    }
    const fact = factOf(entry)
    // The decision was made in the knowledge of this fact, so its repetition is no contradiction; a message that the
    // provider dates after the decision is no repetition.
    const isNew = entry.channel === "webhook" && entry.hasProviderTime && entry.at > decidedAt
    if (judged.has(fact) && !isNew) continue
    // Only what still stands is known: money denies the facts without it, and they deny the money.
    for (const other of seen) if (denies(says._tag, other)) seen.delete(other)
    seen.add(fact)
    if (says._tag === "action_needed") {
      nextAction = says.action
      actionDigest = entry.digest
    } else if (says._tag === "working" && says.actionStands !== true) nextAction = undefined
    if (says._tag === "promised") promised = says.amount ?? facts.asked
    const mayReturn = name === "reversed_soft" || (name === "under_review" && entry.channel === "query")
    const isLessThanKnown = book.note(entry, mayReturn)
    // A message, or a document, about money that an answer has called gone before: whether it is there again, only another
    // answer tells.
    const isOfTheGone = says._tag === "received" && entry.channel !== "query"
    if (name === "reversed_soft" && isOfTheGone && !isLessThanKnown && book.undone === book.received) {
      wantsQuery = true
      previous = entry
      continue
    }

    const evidence = weigh(entry, facts, {
      name,
      since,
      isOurWord,
      received: book.received,
      receivedCurrency: book.currency,
      undone: book.undone,
      isLessThanKnown
    })
    const rule = table[name][evidence]
    // A query that says so is the answer; asking it again at once would change nothing.
    if (rule.query === true && entry.channel !== "query") wantsQuery = true
    if (rule.late === true) attention.add("late_money")
    if (evidence === "short") attention.add("underpaid")
    if (evidence === "denied" && (name === "paid_soft" || name === "paid_hard")) book.deny()
    if (says._tag === "received") {
      isUnconfirmed = says.amount === undefined && book.received === undefined
      // What settles was paid, and no attempt is paid while a part is missing.
      const isMatching = evidence === "received" || evidence === "confirmed"
      if (isMatching && says.amount !== undefined) attention.delete("underpaid")
    }
    // Two different facts in one instant, or a fact without the provider's time: order is a guess, so ask.
    const isTie = previous?.at === entry.at && ranks[previous.says._tag] !== ranks[says._tag]
    if (entry.channel === "webhook" && rule.to !== name && (isTie || !entry.hasProviderTime)) wantsQuery = true
    previous = entry

    // What we withdrew may be paid all the same until the provider ends it: its window counts from the provider's word.
    const isTheirs = isOurWord && entry.channel !== "operator" && ends.has(evidence)
    if (rule.to !== name || isTheirs) since = entry.at
    if (rule.to !== name) {
      reason = rule.reason
      isOurWord = entry.channel === "operator"
    } else if (isTheirs) isOurWord = false
    name = rule.to
    // Nothing ever left this machine, so nothing can come: what a person or the deadline ended is settled at once.
    const isUnsent = !hasEvidence && (facts.submission === "none" || facts.submission === "not_sent")
    if (isUnsent && entry.channel === "operator") name = table[name].settled.to
    if (!offersAction.has(name)) nextAction = undefined
  }

  if (name === "paid_soft" || name === "paid_hard") {
    if (isUnconfirmed) attention.add("amount_unconfirmed")
  }
  const total = book.received
  const remaining = (total ?? 0n) - book.undone
  if (facts.asked !== undefined && remaining > facts.asked.minorUnits) attention.add("overpaid")

  return {
    name,
    since,
    reason: name === "submitted" ? "outcome_unknown" : reason,
    attention: [...attention].toSorted(),
    promised,
    received: book.toMoney(total),
    undone: book.toMoney(book.undone === 0n ? undefined : book.undone),
    isUnconfirmed,
    nextAction,
    actionDigest: nextAction === undefined ? undefined : actionDigest,
    paidVia,
    providerCode,
    decline: hasFailed.has(name) ? decline : undefined,
    wantsQuery,
    hasEvidence
  }
}
