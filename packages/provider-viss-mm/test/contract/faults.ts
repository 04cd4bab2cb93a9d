import type { FaultKind, ProviderCall, ProviderOperation, SandboxDriver } from "@maksa/contract-kit"
import type { PlannedRule, SimulatorClient } from "@maksa/sandbox"

const rules: Readonly<Partial<Record<FaultKind, Omit<PlannedRule, "operation">>>> = {
  close: { kind: "close" },
  timeout: { kind: "timeout" },
  server_error: { kind: "status", status: 500 },
  html: { kind: "html" },
  garbage: { kind: "garbage" },
  truncated: { kind: "truncate" },
  huge: { kind: "huge" },
  redirect: { kind: "redirect" },
  refusal: { kind: "refusal" },
  unknown_word: { kind: "unknown_status" },
  // The guide knows no such answer; any server on the way may give it.
  busy: { kind: "status", status: 429 }
}

export type DrivenService = "x509" | "payment-api" | "portal-sync" | "portal-async"

/** Each in the format that the service speaks. */
const bombs = {
  x509: { kind: "entity_bomb" },
  "payment-api": { kind: "json_bomb" },
  "portal-sync": { kind: "entity_bomb" },
  "portal-async": { kind: "entity_bomb" }
} as const

type Names = Readonly<Partial<Record<ProviderOperation, string | ReadonlyArray<string>>>>

/** What a call of the portal's services takes beforehand: it carries no order and asks about none. */
const preparations: ReadonlySet<string> = new Set(["Issue", "StartTransaction", "EndTransaction"])

const isPreparation = (service: DrivenService, simulated: string): boolean =>
  service.startsWith("portal") && preparations.has(simulated)

/**
 * The simulator's names. A document is fetched by one of two operations; a list is made of two; an asynchronous request's
 * status is asked of the Request Service until the id is known, and by the id from then on.
 */
const operations: Readonly<Record<DrivenService, Names>> = {
  x509: { create: "SavePaymentRequest", status: "CheckPaymentRequestStatusWpt", receipt: "Invoices/*" },
  "payment-api": {
    create: "PaymentApi/SavePaymentRequest",
    status: "PaymentApi/CheckPaymentRequestStatusWpt",
    list: "PaymentApi/GetPayment*",
    issueInvoice: "PaymentApi/CreateInvoice"
  },
  "portal-sync": { create: "SubmitSync", status: "GetPaymentRequestStatus", receipt: "GetInvoice" },
  "portal-async": { create: "Submit", status: ["GetStatus", "GetPaymentRequestStatus"], receipt: "GetInvoice" }
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

const patternsOf = (service: DrivenService, operation: ProviderOperation): ReadonlyArray<string> =>
  [operations[service][operation] ?? []].flat()

const isCalled = (pattern: string, simulated: string): boolean =>
  pattern.endsWith("*") ? simulated.startsWith(pattern.slice(0, -1)) : simulated === pattern

export const operationOf = (service: DrivenService, simulated: string): ProviderCall["operation"] => {
  if (isPreparation(service, simulated)) return "preparation"
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- names of a record of operations
  const names = Object.keys(operations[service]) as ReadonlyArray<ProviderOperation>
  return names.find((name) => patternsOf(service, name).some((pattern) => isCalled(pattern, simulated))) ?? "other"
}

/** What each operation can meet beside what HTTP can. */
const ofOperations: Readonly<Partial<Record<ProviderOperation, ReadonlyArray<FaultKind>>>> = {
  create: ["refusal"],
  status: ["unknown_word"],
  issueInvoice: ["refusal"]
}

/** MM refuses what came by `Submit` when it reads it, after the call has ended: `create` cannot meet that. */
const isMet = (service: DrivenService, operation: ProviderOperation, kind: FaultKind): boolean =>
  !(service === "portal-async" && operation === "create" && kind === "refusal")

export const faultsOf = (service: DrivenService, planned: SimulatorClient["faults"]): SandboxDriver["faults"] => ({
  kinds: (operation) =>
    operations[service][operation] === undefined
      ? []
      : [...ofHttp, ...(ofOperations[operation] ?? [])].filter((kind) => isMet(service, operation, kind)),
  plan: async ({ kind, operation, phase, times = 1 }) => {
    const rule = kind === "hostile" ? bombs[service] : rules[kind]
    const simulated = patternsOf(service, operation)
    if (rule === undefined || simulated.length === 0) throw new Error(`MM's ${operation} cannot meet ${kind}`)
    for (const one of simulated) await planned.plan({ ...rule, operation: one, phase, times })
  },
  clear: planned.clear
})
