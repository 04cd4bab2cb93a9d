import type { PaymentStatus, Repayment, RepaymentAction } from "@maksa/core"
import type { FaultKind, Forgery, PayerAct, ProviderOperation, ProviderTurn } from "../SandboxDriver.ts"

/** A span of time that a history jumps over: seconds, or a moment that the lifecycle looks at. */
export type Jump = number | "deadline" | "soft_window" | "pace"

/** What a provider takes in a turn, next to what was asked; `foreign` is the right number in another currency. */
export type Sum = "asked" | "less" | "more" | "foreign"

/** How far our clock is wrong at most, ahead or behind. */
export const mostSkewSeconds = 3600

/** How money goes back: by hand, or as the provider carries it out. */
export type Route = Repayment["route"]

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
  /** Money is asked to go back: all that was asked of the payer, a part of it, or more. By hand unless a route is named. */
  | OneOf<
      "repay",
      {
        readonly of: number
        readonly sum: "all" | "part" | "more"
        readonly isOverride: boolean
        readonly route?: Route
      }
    >
  /**
   * A person moves the newest repayment on, with or without proof of the transfer: another person than who asked, or the
   * same. `killedAt`: as of `jump`, where the provider carries it out.
   */
  | OneOf<
      "step_repayment",
      {
        readonly of: number
        readonly action: RepaymentAction
        readonly hasProof: boolean
        readonly isSamePerson?: boolean
        readonly killedAt?: number
      }
    >
  /** What becomes of the newest repayment at the provider that carries it out. */
  | OneOf<"turn_repayment", { readonly of: number; readonly to: "done" | "refused" | "reversed" }>
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
  /**
   * Time passes, and what is due is done. `killedAt`: the program is killed at this durable step of that, counted from one,
   * and starts anew; 0 or absent: it lives.
   */
  | OneOf<"jump", { readonly by: Jump; readonly killedAt?: number }>
  /** Our clock goes wrong: it is ahead of the provider's by this much, or behind. */
  | OneOf<"skew", { readonly seconds: number }>

export type StepName = Step["do"]
export type StepOf<K extends StepName> = Extract<Step, { readonly do: K }>

export type History = ReadonlyArray<Step>
