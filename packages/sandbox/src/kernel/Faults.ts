import { isDeepStrictEqual } from "node:util"

/** One planned misfortune. Without `times` it stays until it is cleared. */
export interface FaultRule {
  id: string
  /** The simulator's operation; with `*` at its end every one that begins so. */
  operation: string
  kind: string
  /** `before`: the operation has no effect. `after`: it took effect and the reply is spoiled. */
  phase: "before" | "after"
  /** Members that the call's subject must have with the same value. */
  match?: Record<string, unknown>
  /** Calls that the rule still spoils. */
  times?: number
  delayMillis?: number
  status?: number
}

export interface Faults {
  add(rule: Omit<FaultRule, "id" | "phase"> & { id?: string; phase?: "before" | "after" }): FaultRule
  list(): FaultRule[]
  /** Removes every rule, or the one named. Answers whether there was one. */
  clear(id?: string): boolean
  /** The rules that apply to one call, counted down. */
  take(operation: string, subject: Record<string, unknown>): FaultRule[]
  /** Whether a rule of this kind applies to such a call; counts nothing down. */
  isPlanned(kind: string, operation: string, subject: Record<string, unknown>): boolean
  /** What is planned for the next connection, counted down; the rule's operation means nothing yet. */
  takeConnectionKind(): ConnectionKind | undefined
  /** No rules, and their numbers begin anew. */
  reset(): void
  /** Called after every `add`. */
  onAdd(listener: (rule: FaultRule) => void): void
}

/** Wrong server certificates: decided when a connection is made, before anybody knows what will be asked over it. */
export const connectionKinds = ["expired_certificate", "unknown_ca_certificate", "wrong_host_certificate"] as const
export type ConnectionKind = (typeof connectionKinds)[number]

export const isConnectionKind = (kind: string): kind is ConnectionKind => connectionKinds.some((one) => one === kind)

const matches = (rule: FaultRule, subject: Record<string, unknown>): boolean =>
  Object.entries(rule.match ?? {}).every(([key, value]) => isDeepStrictEqual(subject[key], value))

const concerns = (rule: FaultRule, operation: string, subject: Record<string, unknown>): boolean =>
  (rule.operation.endsWith("*") ? operation.startsWith(rule.operation.slice(0, -1)) : rule.operation === operation) &&
  matches(rule, subject)

export const createFaults = (): Faults => {
  let rules: Array<FaultRule> = []
  let counter = 0
  const listeners: Array<(rule: FaultRule) => void> = []

  const countDown = (rule: FaultRule): FaultRule => {
    if (rule.times !== undefined) {
      rule.times -= 1
      if (rule.times <= 0) rules = rules.filter((other) => other !== rule)
    }
    return { ...rule }
  }

  return {
    add: (input) => {
      counter += 1
      const rule: FaultRule = { phase: "before", ...input, id: input.id ?? `fault-${counter}` }
      rules.push(rule)
      for (const listener of listeners) listener(rule)
      return { ...rule }
    },
    list: () => rules.map((rule) => ({ ...rule })),
    clear: (id) => {
      const kept = id === undefined ? [] : rules.filter((rule) => rule.id !== id)
      const removed = kept.length < rules.length
      rules = kept
      return removed
    },
    take: (operation, subject) =>
      rules
        .filter((rule) => !isConnectionKind(rule.kind))
        .filter((rule) => concerns(rule, operation, subject))
        .map(countDown),
    isPlanned: (kind, operation, subject) =>
      rules.some((rule) => rule.kind === kind && concerns(rule, operation, subject)),
    takeConnectionKind: () => {
      for (const rule of rules) {
        if (!isConnectionKind(rule.kind)) continue
        countDown(rule)
        return rule.kind
      }
      return undefined
    },
    reset: () => {
      rules = []
      counter = 0
    },
    onAdd: (listener) => {
      listeners.push(listener)
    }
  }
}
