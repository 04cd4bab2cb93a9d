import type { Decline } from "../Decline.ts"
import type { Manifest } from "../Manifest.ts"
import type { Money } from "../Money.ts"
import type { Channel, Claim, Trust } from "../Observation.ts"
import type { EvidenceName, StateName } from "./table.ts"

/** What the fold needs to know of an attempt; times are epoch milliseconds. */
export interface AttemptFacts {
  /** Absent while the provider prices the payment. */
  readonly asked: Money | undefined
  readonly deadline: number
  readonly submission: "none" | "started" | "answered" | "not_sent"
  readonly submittedAt: number | undefined
  readonly absenceProvesAfter: Manifest["absenceProvesAfter"]
  readonly softSeconds: Manifest["softSeconds"]
}

/** An observation as the fold reads it. */
export interface LedgerEntry {
  readonly channel: Channel
  readonly trust: Trust
  readonly says: Claim
  readonly at: number
  /** When it reached us, epoch milliseconds. */
  readonly observedAt: number
  readonly hasProviderTime: boolean
  readonly digest: string
  readonly operation?: string | undefined
  readonly providerCode?: string | undefined
  readonly decline?: Decline | undefined
  readonly paidVia?: string | undefined
  readonly contractDrift?: boolean | undefined
}

/** The part of a fold's running state that weighing looks at. */
export interface Weighing {
  readonly name: StateName
  /** When the present status began. */
  readonly since: number
  /** Only we called it an end; the provider's own word for it is still to come. */
  readonly isOurWord: boolean
  /** Received so far over all operations, this entry included; `undefined` if no sum was ever named. */
  readonly received: bigint | undefined
  readonly receivedCurrency: string | undefined
  /** Undone so far over all operations, this entry included. */
  readonly undone: bigint
  /** This entry names less for an operation than the ledger already proves. */
  readonly isLessThanKnown: boolean
}

type SoftEnd = keyof Manifest["softSeconds"]
const softEnds: Partial<Record<StateName, SoftEnd>> = {
  paid_soft: "paid",
  declined_soft: "declined",
  expired_soft: "expired",
  canceled_soft: "canceled",
  reversed_soft: "reversed"
}
const repeats: Readonly<Record<SoftEnd, ReadonlySet<Claim["_tag"]>>> = {
  paid: new Set(["received"]),
  declined: new Set(["refused", "lapsed", "withdrawn"]),
  expired: new Set(["refused", "lapsed", "withdrawn", "absent"]),
  canceled: new Set(["refused", "lapsed", "withdrawn", "absent"]),
  reversed: new Set(["undone", "refused", "lapsed", "withdrawn"])
}

/** A query after the window of the present soft status that says the same again: only this makes it hard. */
const isSettling = (entry: LedgerEntry, facts: AttemptFacts, state: Weighing): boolean => {
  const end = softEnds[state.name]
  return (
    end !== undefined &&
    !state.isOurWord &&
    entry.channel === "query" &&
    repeats[end].has(entry.says._tag) &&
    entry.at >= state.since + facts.softSeconds[end] * 1000
  )
}

const weighReceived = (
  entry: LedgerEntry,
  amount: Money | undefined,
  facts: AttemptFacts,
  state: Weighing
): EvidenceName => {
  if (amount === undefined) return "received"
  const { asked } = facts
  if (state.receivedCurrency !== amount.currency || amount.minorUnits <= 0n || state.isLessThanKnown)
    return "mismatched"
  if (asked !== undefined) {
    if (amount.currency !== asked.currency) return "mismatched"
    // What counts is what is there: received less what went back.
    if ((state.received ?? 0n) - state.undone < asked.minorUnits) return "short"
  }
  return entry.channel === "query" || entry.channel === "receipt" || entry.channel === "listing"
    ? "confirmed"
    : "received"
}

const weighPromised = (amount: Money | undefined, { asked }: AttemptFacts): EvidenceName => {
  if (amount !== undefined && amount.minorUnits <= 0n) return "mismatched"
  if (amount === undefined || asked === undefined) return "promised"
  if (amount.currency !== asked.currency) return "mismatched"
  return amount.minorUnits < asked.minorUnits ? "short" : "promised"
}

const weighAbsent = (entry: LedgerEntry, facts: AttemptFacts, state: Weighing): EvidenceName => {
  const { notSubmittedSeconds, lapsedSeconds } = facts.absenceProvesAfter
  const isConclusive =
    state.name === "submitted"
      ? notSubmittedSeconds !== false &&
        facts.submittedAt !== undefined &&
        entry.at >= facts.submittedAt + notSubmittedSeconds * 1000
      : lapsedSeconds !== false && entry.at >= facts.deadline + lapsedSeconds * 1000
  return isConclusive ? "absent_conclusive" : "absent"
}

/** Which column of the table a proven entry is, given the attempt and what came before it. */
export const weigh = (entry: LedgerEntry, facts: AttemptFacts, state: Weighing): EvidenceName => {
  const { says } = entry
  const isQuery = entry.channel === "query"
  const hasMoney = state.name === "paid_soft" || state.name === "paid_hard"
  switch (says._tag) {
    case "accepted":
    case "action_needed":
    case "unknown_word":
      return says._tag
    case "promised":
      return weighPromised(says.amount, facts)
    case "working":
      return says.actionStands === true ? "accepted" : "working"
    case "received": {
      const evidence = weighReceived(entry, says.amount, facts, state)
      const isMatching = evidence === "received" || evidence === "confirmed"
      return isMatching && isSettling(entry, facts, state) ? "settled" : evidence
    }
    case "undone": {
      if (isSettling(entry, facts, state)) return "settled"
      if (says.amount === undefined) return "undone"
      const received = state.received ?? facts.asked?.minorUnits ?? 0n
      const remaining = received - state.undone
      if (remaining <= 0n) return "undone"
      return facts.asked !== undefined && remaining >= facts.asked.minorUnits ? "undone_surplus" : "undone_partly"
    }
    case "refused":
      if (isSettling(entry, facts, state)) return "settled"
      return isQuery ? "denied" : "refused"
    case "lapsed":
    case "withdrawn":
      if (isSettling(entry, facts, state)) return "settled"
      return isQuery && hasMoney ? "denied" : says._tag
    case "absent": {
      // Until the deadline has passed by the provider's own rule, an absent payment may still come into being.
      const evidence = weighAbsent(entry, facts, state)
      return evidence === "absent_conclusive" && isSettling(entry, facts, state) ? "settled" : evidence
    }
    case "consented":
    case "decided":
      // Handled before weighing: what payers and operators do is no evidence of the provider.
      return "unknown_word"
  }
}
