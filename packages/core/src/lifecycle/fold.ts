import type { Money } from "../Money.ts"
import { money } from "../Money.ts"
import type { NextAction } from "../NextAction.ts"
import type { ClaimTag } from "../Observation.ts"
import type { Attention, StateReason } from "../State.ts"
import { type AttemptFacts, type LedgerEntry, weigh } from "./evidence.ts"
import { type StateName, table } from "./table.ts"

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
  /** The evidence is ambiguous or contradicts itself: ask the provider now. */
  readonly wantsQuery: boolean
}

// Order within one instant: what comes later in a payment's life sorts later.
const ranks: Readonly<Record<ClaimTag, number>> = {
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

/** The provider's order, not ours: time, then rank, then digest. Any permutation of a set sorts the same. */
export const inOrder = (a: LedgerEntry, b: LedgerEntry): number =>
  a.at - b.at || ranks[a.says._tag] - ranks[b.says._tag] || (a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0)

const initial = (facts: AttemptFacts): StateName => (facts.submission === "started" ? "submitted" : "created")

const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

/** Which present states keep the payer's action on offer. */
const offersAction: ReadonlySet<StateName> = new Set(["created", "submitted", "requires_action", "processing"])

/**
 * Folds the evidence of one attempt. Only proven entries count; equal digests count once; the order of the input does not
 * matter. Applying what is already known changes nothing.
 */
export const foldAttempt = (facts: AttemptFacts, entries: Iterable<LedgerEntry>): AttemptFold => {
  const proven = new Map<string, LedgerEntry>()
  for (const entry of entries) if (entry.trust === "proven") proven.set(entry.digest, entry)

  let name = initial(facts)
  let since = 0
  let reason: StateReason | undefined
  const attention = new Set<Attention>()
  const received = new Map<string, bigint>()
  const undone = new Map<string, bigint>()
  let currency = facts.asked?.currency
  let promised: Money | undefined
  let isUnconfirmed = false
  let nextAction: NextAction | undefined
  let actionDigest: string | undefined
  let paidVia: string | undefined
  let providerCode: string | undefined
  let wantsQuery = false
  let previous: LedgerEntry | undefined

  for (const entry of [...proven.values()].toSorted(inOrder)) {
    const { says } = entry
    const operation = entry.operation ?? ""
    if (entry.channel === "query") wantsQuery = false
    paidVia = entry.paidVia ?? paidVia
    providerCode = entry.providerCode ?? providerCode
    if (entry.contractDrift === true) attention.add("contract_drift")
    if (says._tag === "unknown_word") attention.add("unknown_status")
    else attention.delete("unknown_status")

    if (says._tag === "decided") {
      name = `${says.status}_hard`
      since = entry.at
      reason = undefined
      wantsQuery = false
      attention.delete("underpaid")
      nextAction = undefined
      continue
    }
    if (says._tag === "action_needed") {
      nextAction = says.action
      actionDigest = entry.digest
    } else if (says._tag === "working" && says.actionStands !== true) nextAction = undefined
    if (says._tag === "promised") promised = says.amount ?? facts.asked
    if (says._tag === "received" && says.amount !== undefined) {
      currency ??= says.amount.currency
      // A foreign currency is never added up; `weigh` sees the mismatch by the currency alone.
      if (says.amount.currency === currency) {
        const known = received.get(operation) ?? 0n
        if (says.amount.minorUnits > known) received.set(operation, says.amount.minorUnits)
      }
    }
    if (says._tag === "undone") {
      const all = sum(received.values()) || (facts.asked?.minorUnits ?? 0n)
      const amount = says.amount?.minorUnits ?? all
      if (amount > (undone.get(operation) ?? 0n)) undone.set(operation, amount)
    }

    const evidence = weigh(entry, facts, {
      name,
      since,
      received: received.size === 0 ? undefined : sum(received.values()),
      receivedCurrency: currency,
      undone: sum(undone.values())
    })
    const rule = table[name][evidence]
    if (rule.query === true) wantsQuery = true
    if (rule.late === true) attention.add("late_money")
    if (evidence === "short") attention.add("underpaid")
    if (says._tag === "received") {
      if (evidence === "mismatched") attention.delete("amount_unconfirmed")
      else isUnconfirmed = says.amount === undefined && received.size === 0
      if (evidence === "received" || evidence === "confirmed" || evidence === "settled") attention.delete("underpaid")
      // The provider says again that the money is there: what was undone before has come back.
      if (name === "reversed_soft" && rule.to === "paid_soft") undone.clear()
    }
    // Two different facts in one instant, or a fact without the provider's time: order is a guess, so ask.
    const isTie = previous?.at === entry.at && ranks[previous.says._tag] !== ranks[says._tag]
    if (entry.channel === "webhook" && rule.to !== name && (isTie || !entry.hasProviderTime)) wantsQuery = true
    previous = entry

    if (rule.to !== name) {
      since = entry.at
      reason = rule.reason
    }
    name = rule.to
    // Nothing ever left this machine, so nothing can come: what a person or the deadline ended is settled at once.
    const isUnsent = facts.submission === "none" || facts.submission === "not_sent"
    if (isUnsent && entry.channel === "operator") name = table[name].settled.to
    if (!offersAction.has(name)) nextAction = undefined
  }

  if (name === "paid_soft" || name === "paid_hard") {
    if (isUnconfirmed) attention.add("amount_unconfirmed")
  }
  const total = received.size === 0 ? undefined : sum(received.values())
  if (total !== undefined && facts.asked !== undefined && total > facts.asked.minorUnits) attention.add("overpaid")
  const inCurrency = (minorUnits: bigint | undefined): Money | undefined =>
    minorUnits === undefined || currency === undefined ? undefined : money(minorUnits, currency)

  return {
    name,
    since,
    reason: name === "submitted" ? "outcome_unknown" : reason,
    attention: [...attention].toSorted(),
    promised,
    received: inCurrency(total),
    undone: inCurrency(undone.size === 0 ? undefined : sum(undone.values())),
    isUnconfirmed: isUnconfirmed && total === undefined,
    nextAction,
    actionDigest: nextAction === undefined ? undefined : actionDigest,
    paidVia,
    providerCode,
    wantsQuery
  }
}
