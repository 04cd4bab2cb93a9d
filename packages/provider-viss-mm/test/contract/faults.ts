import type { FaultKind, ProviderOperation, SandboxDriver } from "@maksa/contract-kit"
import type { PlannedRule, SimulatorClient } from "@maksa/sandbox"

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
  status: "CheckPaymentRequestStatusWpt",
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

export const faultsOf = (planned: SimulatorClient["faults"]): SandboxDriver["faults"] => ({
  kinds: (operation) => {
    if (operation === "create") return [...ofHttp, "refusal"]
    if (operation === "status") return [...ofHttp, "unknown_word"]
    return operation === "receipt" ? ofHttp : []
  },
  plan: async ({ kind, operation, phase, times = 1 }) => {
    const rule = rules[kind]
    const simulated = operations[operation]
    if (rule === undefined || simulated === undefined) throw new Error(`MM's ${operation} cannot meet ${kind}`)
    await planned.plan({ ...rule, operation: simulated, phase, times })
  },
  clear: planned.clear
})
