import type { FaultKind, ProviderOperation, SandboxDriver } from "@maksa/contract-kit"
import type { PlannedRule, SimulatorClient } from "@maksa/sandbox"

const rules: Readonly<Record<FaultKind, Omit<PlannedRule, "operation">>> = {
  close: { kind: "close" },
  timeout: { kind: "timeout" },
  server_error: { kind: "status", status: 500 },
  html: { kind: "html" },
  garbage: { kind: "garbage" },
  truncated: { kind: "truncate" },
  huge: { kind: "huge" },
  hostile: { kind: "json_bomb" },
  wrong_signature: { kind: "wrong_signature" },
  redirect: { kind: "redirect" },
  unknown_word: { kind: "unknown_status" },
  refusal: { kind: "refusal" },
  // Documented for the Data API; any server on the way to Gate may answer it.
  busy: { kind: "status", status: 429 }
}

/** The simulator's names. */
const operations: Readonly<Partial<Record<ProviderOperation, string>>> = {
  create: "sale",
  status: "status",
  payout: "payout",
  resume: "clarification",
  banks: "bank_list",
  list: "data_operations",
  // A payout is a payment: both are asked about by the same call.
  repaymentStatus: "status"
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
  if (simulated === operations.payout) return "payout"
  if (simulated === operations.resume) return "resume"
  if (simulated === operations.banks) return "banks"
  if (simulated.startsWith("data_operations")) return "list"
  return simulated === operations.status ? "status" : "other"
}

export const faultsOf = (planned: SimulatorClient["faults"]): SandboxDriver["faults"] => ({
  /** Of Gate; Payment Page is prepared without a call. */
  kinds: (operation) => {
    if (operation === "create" || operation === "payout") return [...ofHttp, "refusal"]
    if (operation === "list") return [...ofHttp, "wrong_signature"]
    return operation === "status" || operation === "repaymentStatus"
      ? [...ofHttp, "wrong_signature", "unknown_word"]
      : []
  },
  plan: async ({ kind, operation, phase, times = 1 }) => {
    const simulated = operations[operation]
    if (simulated === undefined) throw new Error(`${operation} makes no call at ecommpay`)
    await planned.plan({ ...rules[kind], operation: simulated, phase, times })
  },
  clear: planned.clear
})
