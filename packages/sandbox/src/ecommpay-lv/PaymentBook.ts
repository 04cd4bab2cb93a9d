import type { World } from "../kernel/World.ts"
import { codes } from "./Codes.ts"
import type { FieldError, Operation, PaymentRecord, PaymentRequest } from "./PaymentRecord.ts"

/** The platform's payments. An id is unique within its project without regard to case. */
export interface PaymentBook {
  find(projectId: number, paymentId: string): PaymentRecord | undefined
  /** In the order of registration; a project narrows it. */
  list(): ReadonlyArray<PaymentRecord>
  findByRequestId(projectId: number, requestId: string): PaymentRecord | undefined
  findByRedirectToken(token: string): PaymentRecord | undefined
  findByWidgetToken(token: string): PaymentRecord | undefined
  /** A payment that is being processed; replaces one that ended with `error` (its id may be used again). */
  register(request: PaymentRequest, requestId: string): PaymentRecord
  /** A payment that failed its checks: no operation, nothing started. It is not in the book before `keep`. */
  failed(request: PaymentRequest, requestId: string, errors: ReadonlyArray<FieldError>): PaymentRecord
  keep(record: PaymentRecord): PaymentRecord
  addOperation(record: PaymentRecord, type: Operation["type"], requestId?: string): Operation
  nextRequestId(): string
  clear(): void
}

const keyOf = (projectId: number, paymentId: string): string => `${projectId}:${paymentId.toLowerCase()}`

export const createPaymentBook = (world: World): PaymentBook => {
  const payments = new Map<string, PaymentRecord>()
  let requests = 0
  // 13 digits, as in the published examples, ascending; each start begins elsewhere unless the seed is the same.
  const firstOperationId = 9_000_000_000_000 + Number(world.random.digits(9)) * 1000
  let operationId = firstOperationId
  const nextOperationId = (): number => (operationId += 1)

  const addOperation = (record: PaymentRecord, type: Operation["type"], requestId = record.requestId): Operation => {
    const now = world.clock.now()
    const operation: Operation = {
      id: nextOperationId(),
      type,
      createdAt: now,
      requestId,
      status: "processing",
      at: now,
      amountMinor: record.amountMinor,
      result: codes.awaitingProcessing
    }
    record.operations.push(operation)
    return operation
  }

  const keep = (record: PaymentRecord): PaymentRecord => {
    const key = keyOf(record.request.projectId, record.request.paymentId)
    payments.delete(key)
    payments.set(key, record)
    return record
  }

  const blank = (request: PaymentRequest, requestId: string): Omit<PaymentRecord, "status" | "first" | "errors"> => {
    const now = world.clock.now()
    const { amountMinor, bankId, currency } = request
    const money = { amountMinor, sumMinor: amountMinor, currency, movements: [] }
    return {
      request,
      requestId,
      registeredAt: now,
      at: now,
      operations: [],
      ...money,
      bankId,
      redirectToken: undefined,
      widgetToken: undefined,
      attempts: undefined,
      given: new Set(request.given),
      clarification: undefined,
      supplied: undefined
    }
  }

  return {
    find: (projectId, paymentId) => payments.get(keyOf(projectId, paymentId)),
    list: () => [...payments.values()],
    findByRequestId: (projectId, requestId) =>
      [...payments.values()].find((one) => one.request.projectId === projectId && one.requestId === requestId),
    findByRedirectToken: (token) => [...payments.values()].find((one) => one.redirectToken === token),
    findByWidgetToken: (token) => [...payments.values()].find((one) => one.widgetToken === token),
    register: (request, requestId) => {
      const draft: PaymentRecord = { ...blank(request, requestId), status: "processing", first: undefined, errors: [] }
      const first = addOperation(draft, request.type === "payout" ? "payout" : "sale")
      return keep({ ...draft, first })
    },
    failed: (request, requestId, errors) => ({
      ...blank(request, requestId),
      status: "error",
      first: undefined,
      errors
    }),
    keep,
    addOperation,
    nextRequestId: () => `${world.random.hex(26)}-${String((requests += 1)).padStart(8, "0")}`,
    clear: () => {
      payments.clear()
      requests = 0
      operationId = firstOperationId
    }
  }
}
