// What the model knows of money going back: written from the design's words, not from the engine's table.
import type { RepaymentAction, RepaymentStatus } from "@maksa/core"
import type { RepaymentTruth } from "../SandboxDriver.ts"
import type { Route } from "./Step.ts"

/** A repayment that was asked for and taken. */
export interface KnownRepayment {
  readonly id: string
  readonly minorUnits: bigint
  readonly isOverride: boolean
  readonly route: Route
  /** By hand: where the steps have led it. Otherwise what is believed, which is held against `atProvider`. */
  readonly status: RepaymentStatus
  /** What the provider has of it, as last seen; absent where it has never heard of it. */
  readonly atProvider: RepaymentTruth | undefined
  /** The earliest time at which the sum may have left, epoch milliseconds. */
  readonly leftSince: number | undefined
  /** Another person has agreed, or may have. */
  readonly isApproved: boolean
  /** The provider has said no. */
  readonly wasRefused: boolean
  /** A person settled what the provider had left open, and answers for it. */
  readonly isSettled: boolean
}

export const takenRepayment = (
  asked: Pick<KnownRepayment, "id" | "minorUnits" | "isOverride" | "route">
): KnownRepayment => ({
  ...asked,
  status: "requested",
  atProvider: undefined,
  leftSince: undefined,
  isApproved: false,
  wasRefused: false,
  isSettled: false
})

export const isCarried = ({ route }: Pick<KnownRepayment, "route">): boolean => route !== "manual"

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

// Of what a provider carries out people decide whether it goes, and settle what it leaves open.
const waysOfCarried: ReadonlyArray<readonly [from: RepaymentStatus, by: RepaymentAction]> = [
  ["requested", "approve"],
  ["requested", "refuse"],
  ["approved", "refuse"],
  ["outcome_unknown", "complete"],
  ["outcome_unknown", "refuse"],
  ["done", "reverse"]
]

/** Where the action leads; `undefined`: nowhere from here. */
export const moveOf = (status: RepaymentStatus, action: RepaymentAction): RepaymentStatus | undefined =>
  ways.find(([from, by]) => from === status && by === action)?.[2]

/** Whether a person may do this to a repayment that the provider carries out. */
export const mayStepCarried = (status: RepaymentStatus, action: RepaymentAction): boolean =>
  waysOfCarried.some(([from, by]) => from === status && by === action)

const total = (repayments: ReadonlyArray<KnownRepayment>): bigint =>
  repayments.reduce((sum, { minorUnits }) => sum + minorUnits, 0n)

/** Money that is on its way back, or may be: it cannot be given twice. */
export const boundOf = (repayments: ReadonlyArray<KnownRepayment>): bigint =>
  total(repayments.filter(({ status }) => status !== "refused" && status !== "reversed"))

/** Whether the sum counts as gone. An unknown outcome counts as paid out. */
export const countsAsGone = ({ status }: Pick<KnownRepayment, "status">): boolean =>
  status === "submitted" || status === "outcome_unknown" || status === "done"

/** Money that left. */
export const givenBackOf = (repayments: ReadonlyArray<KnownRepayment>): bigint => total(repayments.filter(countsAsGone))

/** Whether the sum is gone by the provider's own books. */
export const isGone = ({ atProvider }: Pick<KnownRepayment, "atProvider">): boolean =>
  atProvider !== undefined && atProvider.sent.length > 0 && !atProvider.cameBack

/** Money that really left, as far as the provider or a person knows. */
export const reallyGone = (repayments: ReadonlyArray<KnownRepayment>): bigint =>
  total(repayments.filter((one) => (isCarried(one) ? isGone(one) : countsAsGone(one))))
