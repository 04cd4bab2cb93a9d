import type { FaultKind, PlannedFault, ProviderOperation } from "@maksa/contract-kit"
import { type ControlClient, ControlRefusal, type PlannedRule } from "@maksa/sandbox"

const rules: Readonly<Partial<Record<FaultKind, Omit<PlannedRule, "operation">>>> = {
  close: { kind: "close" },
  timeout: { kind: "timeout" },
  server_error: { kind: "status", status: 500 },
  html: { kind: "html" },
  garbage: { kind: "garbage" },
  truncated: { kind: "truncate" },
  huge: { kind: "huge" },
  hostile: { kind: "entity_bomb" },
  redirect: { kind: "redirect" },
  refusal: { kind: "refusal" },
  unknown_word: { kind: "unknown_status" },
  // The guide knows no such answer; any server on the way may give it.
  busy: { kind: "status", status: 429 }
}

/** The simulator's names. A document is fetched by one of two operations. */
const operations: Readonly<Partial<Record<ProviderOperation, string>>> = {
  create: "SavePaymentRequest",
  status: "CheckPaymentRequestStatus",
  receipt: "Invoices/*"
}

const ofHttp: ReadonlyArray<FaultKind> = [
  "close",
  "timeout",
  "server_error",
  "html",
  "garbage",
  "truncated",
  "huge",
  "hostile",
  "redirect",
  "busy"
]

export const operationOf = (simulated: string): ProviderOperation | "other" => {
  if (simulated === operations.create) return "create"
  if (simulated === operations.status) return "status"
  return simulated.startsWith("Invoices/") ? "receipt" : "other"
}

export const faultPlans = (control: ControlClient) => {
  let planned: Array<string> = []
  return {
    kinds: (operation: ProviderOperation): ReadonlyArray<FaultKind> => {
      if (operation === "create") return [...ofHttp, "refusal"]
      if (operation === "status") return [...ofHttp, "unknown_word"]
      return operation === "receipt" ? ofHttp : []
    },
    plan: async ({ kind, operation, phase, times = 1 }: PlannedFault): Promise<void> => {
      const rule = rules[kind]
      const simulated = operations[operation]
      if (rule === undefined || simulated === undefined) throw new Error(`MM's ${operation} cannot meet ${kind}`)
      planned.push(await control.plan({ ...rule, operation: simulated, phase, times }))
    },
    clear: async (): Promise<void> => {
      const ids = planned
      planned = []
      for (const id of ids) {
        await control.clearFault(id).catch((error: unknown) => {
          // Used up in the meantime.
          if (!(error instanceof ControlRefusal) || error.status !== 404) throw error
        })
      }
    },
    forget: (): void => {
      planned = []
    }
  }
}
