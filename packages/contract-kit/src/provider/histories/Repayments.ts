// What the model knows of money going back: written from the design's words, not from the engine's table.
import type { RepaymentAction, RepaymentStatus } from "@maksa/core"

/** A repayment that was asked for and taken. */
export interface KnownRepayment {
  readonly id: string
  readonly minorUnits: bigint
  readonly isOverride: boolean
  readonly status: RepaymentStatus
}

// Asked, approved, sent; the bank's no or its silence; done, and possibly back again.
const ways: ReadonlyArray<readonly [from: RepaymentStatus, by: RepaymentAction, to: RepaymentStatus]> = [
  ["requested", "approve", "approved"],
  ["requested", "refuse", "refused"],
  ["approved", "submit", "submitted"],
  ["approved", "complete", "done"],
  ["approved", "refuse", "refused"],
  ["submitted", "complete", "done"],
  ["submitted", "refuse", "refused"],
  ["submitted", "lose_reply", "outcome_unknown"],
  ["outcome_unknown", "complete", "done"],
  ["outcome_unknown", "refuse", "refused"],
  ["done", "reverse", "reversed"]
]

/** Where the action leads; `undefined`: nowhere from here. */
export const moveOf = (status: RepaymentStatus, action: RepaymentAction): RepaymentStatus | undefined =>
  ways.find(([from, by]) => from === status && by === action)?.[2]

const total = (repayments: ReadonlyArray<KnownRepayment>): bigint =>
  repayments.reduce((sum, { minorUnits }) => sum + minorUnits, 0n)

/** Money that is on its way back, or may be: it cannot be given twice. */
export const boundOf = (repayments: ReadonlyArray<KnownRepayment>): bigint =>
  total(repayments.filter(({ status }) => status !== "refused" && status !== "reversed"))

/** Money that left. An unknown outcome counts as paid out. */
export const givenBackOf = (repayments: ReadonlyArray<KnownRepayment>): bigint =>
  total(repayments.filter(({ status }) => status === "submitted" || status === "outcome_unknown" || status === "done"))
