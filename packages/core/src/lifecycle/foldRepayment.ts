// The status of a repayment that a provider carries out: what people and core did, and the provider's words upon it. Pure, and
// the same for every order of the same words, with duplicates.
import type { Money } from "../Money.ts"
import {
  rankOfWord,
  type RepaymentAttention,
  type RepaymentClaim,
  type RepaymentStatus,
  type RepaymentStep,
  type RepaymentWord,
  repaymentWords
} from "../Repayment.ts"

/** One piece of proven evidence about a repayment. */
export interface RepaymentEntry {
  readonly says: RepaymentClaim
  /** The time that orders it, epoch milliseconds. */
  readonly at: number
  readonly digest: string
  readonly providerCode: string | undefined
}

/** Where each step of a person or of core left the repayment. */
const afterStep: Readonly<Record<RepaymentStep["action"], RepaymentStatus>> = {
  request: "requested",
  approve: "approved",
  submit: "submitted",
  lose_reply: "outcome_unknown",
  complete: "done",
  refuse: "refused",
  reverse: "reversed",
  hear: "submitted",
  not_sent: "approved",
  not_arrived: "approved"
}

export interface FoldedRepayment {
  readonly status: RepaymentStatus
  readonly attention: ReadonlyArray<RepaymentAttention>
  /** The word that led to the status last, if one did. */
  readonly word: RepaymentEntry | undefined
}

const isSum = (stated: Money | undefined, asked: Money): boolean =>
  stated === undefined || (stated.minorUnits === asked.minorUnits && stated.currency === asked.currency)

const wordOf = ({ says }: RepaymentEntry): RepaymentWord | undefined =>
  says._tag === "absent" || says._tag === "unknown_word" ? undefined : says._tag

export const foldRepayment = (
  amount: Money,
  steps: ReadonlyArray<Pick<RepaymentStep, "action" | "isProvidersWord"> & { readonly at: number }>,
  entries: ReadonlyArray<RepaymentEntry>
): FoldedRepayment => {
  const own = steps.filter((step) => step.isProvidersWord !== true)
  const attention = new Set<RepaymentAttention>()
  // A person who knows that the money came back knows more than what the provider had said until then.
  const cameBackAt = own.findLast((step) => step.action === "reverse")?.at
  const believed = entries.flatMap((entry) => {
    const word = wordOf(entry)
    if (entry.says._tag === "unknown_word") attention.add("unknown_status")
    if (word === undefined || (cameBackAt !== undefined && entry.at <= cameBackAt)) return []
    if (entry.says._tag === "done" && !isSum(entry.says.amount, amount)) {
      attention.add("amount_mismatch")
      return []
    }
    return [{ entry, word }]
  })
  believed.sort(
    (a, b) =>
      a.entry.at - b.entry.at ||
      rankOfWord(a.word) - rankOfWord(b.word) ||
      (a.entry.digest < b.entry.digest ? -1 : a.entry.digest > b.entry.digest ? 1 : 0)
  )
  const last = own.at(-1)
  let status: RepaymentStatus = last === undefined ? "requested" : afterStep[last.action]
  let said: RepaymentEntry | undefined
  for (const { entry, word } of believed) {
    const next = repaymentWords[status][word]
    if (next === undefined) continue
    status = next
    said = entry
  }
  return { status, attention: [...attention].toSorted(), word: said }
}
