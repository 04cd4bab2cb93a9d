import type { FaultKind, Forgery, PayerAct, ProviderTurn } from "../SandboxDriver.ts"

/** A span of time that a history jumps over: seconds, or a moment that the lifecycle looks at. */
export type Jump = number | "deadline" | "soft_window" | "pace"

/** What a provider takes in a turn, next to what was asked. */
export type Sum = "asked" | "less" | "more"

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
  /** The payer's browser comes back to us. */
  | OneOf<"return", { readonly of: number }>
  | OneOf<"turn", { readonly of: number; readonly to: ProviderTurn["to"]; readonly sum: Sum; readonly late: boolean }>
  | OneOf<"hold" | "release" | "run_due" | "restart" | "clear_faults">
  | OneOf<"deliver", { readonly notice: number }>
  | OneOf<"forge", { readonly notice: number; readonly forgery: Forgery }>
  | OneOf<
      "fault",
      {
        readonly operation: "create" | "status" | "receipt"
        readonly kind: FaultKind
        readonly phase: "before" | "after"
        readonly times: number
      }
    >
  | OneOf<"store", { readonly isRefusing: boolean }>
  | OneOf<"jump", { readonly by: Jump }>

export type StepName = Step["do"]
export type StepOf<K extends StepName> = Extract<Step, { readonly do: K }>

export type History = ReadonlyArray<Step>
