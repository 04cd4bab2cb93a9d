import type { PaymentStatus, RepaymentAction } from "@maksa/core"
import type { FaultKind, Forgery, PayerAct, ProviderOperation, ProviderTurn } from "../SandboxDriver.ts"

/** A span of time that a history jumps over: seconds, or a moment that the lifecycle looks at. */
export type Jump = number | "deadline" | "soft_window" | "pace"

/** What a provider takes in a turn, next to what was asked; `foreign` is the right number in another currency. */
export type Sum = "asked" | "less" | "more" | "foreign"

/** How far our clock is wrong at most, ahead or behind. */
export const mostSkewSeconds = 3600

/** What an operator may decide. */
export type Decision = Extract<PaymentStatus, "paid" | "declined" | "expired" | "canceled" | "reversed">

type OneOf<K extends string, Fields = unknown> = K extends K ? { readonly do: K } & Fields : never

/**
 * One step of a history, as data: so that a failure prints it, a test repeats it, and a replay needs nothing else.
 *
 * `of` and `notice` count from the newest and wrap around: every number means something. A step that cannot be taken in
 * the present situation is passed over.
 */
export type Step =
  /** The payer has `days` to pay. */
  | OneOf<"create", { readonly order: number; readonly days: number }>
  /** The same key again, with the same input or with other. */
  | OneOf<"repeat", { readonly of: number; readonly isOther: boolean }>
  | OneOf<"attempt", { readonly of: number; readonly order: number }>
  | OneOf<"withdraw" | "refresh", { readonly of: number }>
  | OneOf<"act", { readonly of: number; readonly act: PayerAct }>
  /** The payer answers what the provider asks, with the consent as it was shown or with another. */
  | OneOf<"answer", { readonly of: number; readonly isAsShown: boolean }>
  /** The payer's browser comes back to us. */
  | OneOf<"return", { readonly of: number }>
  | OneOf<"turn", { readonly of: number; readonly to: ProviderTurn["to"]; readonly sum: Sum; readonly late: boolean }>
  /** A named person decides what an attempt came to. */
  | OneOf<"decide", { readonly of: number; readonly status: Decision }>
  /** Money is asked to go back: all that was asked of the payer, a part of it, or more. */
  | OneOf<"repay", { readonly of: number; readonly sum: "all" | "part" | "more"; readonly isOverride: boolean }>
  /** A person moves the newest repayment on, with or without proof of the transfer. */
  | OneOf<"step_repayment", { readonly of: number; readonly action: RepaymentAction; readonly hasProof: boolean }>
  | OneOf<"hold" | "release" | "run_due" | "restart" | "clear_faults">
  | OneOf<"deliver", { readonly notice: number }>
  | OneOf<"forge", { readonly notice: number; readonly forgery: Forgery }>
  | OneOf<
      "fault",
      {
        readonly operation: ProviderOperation
        readonly kind: FaultKind
        readonly phase: "before" | "after"
        readonly times: number
      }
    >
  | OneOf<"store", { readonly isRefusing: boolean }>
  | OneOf<"jump", { readonly by: Jump }>
  /** Our clock goes wrong: it is ahead of the provider's by this much, or behind. */
  | OneOf<"skew", { readonly seconds: number }>

export type StepName = Step["do"]
export type StepOf<K extends StepName> = Extract<Step, { readonly do: K }>

export type History = ReadonlyArray<Step>
