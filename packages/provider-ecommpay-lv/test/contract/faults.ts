import type { FaultKind, PlannedFault, ProviderOperation } from "@maksa/contract-kit"
import { type ControlClient, ControlRefusal, type PlannedRule } from "@maksa/sandbox"

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

const operations: Readonly<Partial<Record<ProviderOperation, string>>> = { create: "sale", status: "status" }

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
  return simulated === operations.status ? "status" : "other"
}

/** Deletes faults; one that was used up is gone already. */
export const clearFaults = async (control: ControlClient, ids: ReadonlyArray<string>): Promise<void> => {
  for (const id of ids) {
    await control.clearFault(id).catch((error: unknown) => {
      if (!(error instanceof ControlRefusal) || error.status !== 404) throw error
    })
  }
}

export const faultPlans = (control: ControlClient) => {
  let planned: Array<string> = []
  return {
    /** Of Gate; Payment Page is prepared without a call. */
    kinds: (operation: ProviderOperation): ReadonlyArray<FaultKind> => {
      if (operation === "create") return [...ofHttp, "refusal"]
      return operation === "status" ? [...ofHttp, "wrong_signature", "unknown_word"] : []
    },
    plan: async ({ kind, operation, phase, times = 1 }: PlannedFault): Promise<void> => {
      const simulated = operations[operation]
      if (simulated === undefined) throw new Error(`${operation} makes no call at ecommpay`)
      planned.push(await control.plan({ ...rules[kind], operation: simulated, phase, times }))
    },
    clear: async (): Promise<void> => {
      const ids = planned
      planned = []
      await clearFaults(control, ids)
    },
    forget: (): void => {
      planned = []
    }
  }
}
