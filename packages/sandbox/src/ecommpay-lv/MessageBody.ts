import { clarificationFields } from "./clarification/ClarificationRequest.ts"
import type { FieldError, Operation, PaymentRecord, PaymentRequest } from "./PaymentRecord.ts"
import type { CallbackFormat } from "./ProjectSettings.ts"
import type { WireObject, WireValue } from "./WireJson.ts"

/** `payment.method` is a display name, not the method's code. ASSUMPTION(ecommpay-lv#4): that of payouts. */
const methodNames = { purchase: "Latvian Banks", payout: "SEPA" } as const satisfies Record<
  PaymentRequest["type"],
  string
>
const providerId = 1914

/** `2026-01-02T03:04:05+0000`: PHP's ISO date without a colon in the offset, whole seconds. */
export const wireDate = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+0000`

/** Minor units as a JSON integer; the platform's limit of 10^13 is far below 2^53. */
const wireAmount = (minor: bigint): number => Number(minor)

const sum = (minor: bigint, currency: string): WireObject => ({ amount: wireAmount(minor), currency })

export interface RedirectData {
  readonly url: string
  readonly method: "GET" | "POST"
  readonly body: Readonly<Record<string, string>>
}

const objectOrList = (value: WireObject, format: CallbackFormat): WireValue =>
  Object.keys(value).length === 0 && format.emptyObjects === "list" ? [] : value

const redirectMember = (redirect: RedirectData, format: CallbackFormat): WireObject => ({
  [format.redirectKey]: {
    method: redirect.method,
    body: objectOrList(redirect.body, format),
    encrypted: objectOrList({}, format),
    url: redirect.url
  }
})

/** Of a payment that was refused at least once where the page lets payers try again. */
const attemptsMembers = ({ at, attempts, status }: PaymentRecord): WireObject => {
  if (attempts === undefined) return {}
  if (status !== "awaiting customer") return { is_new_attempts_available: false }
  return { is_new_attempts_available: true, attempts_timeout: Math.round((attempts.until - at) / 1000) }
}

const paymentMember = (record: PaymentRecord): WireObject => ({
  id: record.request.paymentId,
  type: record.request.type,
  status: record.status,
  date: wireDate(record.at),
  method: methodNames[record.request.type],
  sum: sum(record.sumMinor, record.currency),
  ...attemptsMembers(record),
  description: record.request.description
})

const accountMember = ({ request: { payee } }: PaymentRecord): WireObject =>
  payee === undefined ? {} : { account: { number: payee.iban } }

const operationMember = (record: PaymentRecord, operation: Operation, format: CallbackFormat): WireObject => ({
  id: operation.id,
  type: operation.type,
  status: operation.status,
  date: wireDate(operation.at),
  created_date: wireDate(operation.createdAt),
  request_id: operation.requestId,
  sum_initial: sum(operation.amountMinor, record.currency),
  sum_converted: sum(operation.amountMinor, record.currency),
  code: operation.result.code,
  message: operation.result.message,
  provider: {
    id: providerId,
    payment_id: "",
    auth_code: "",
    ...(format.nulls ? { endpoint_id: null, result_code: null } : {})
  }
})

const errorsMember = (errors: ReadonlyArray<FieldError>, format: CallbackFormat): WireObject =>
  errors.length === 0
    ? {}
    : {
        errors: errors.map((error) => ({
          ...error,
          code: format.errorCodes === "numbers" ? Number(error.code) : error.code
        }))
      }

const clarificationMember = ({ clarification, status }: PaymentRecord): WireObject =>
  status === "awaiting clarification" && clarification !== undefined
    ? { clarification_fields: clarificationFields(clarification) }
    : {}

const extras = (format: CallbackFormat): WireObject => ({
  ...(format.nulls ? { decision: null } : {}),
  ...(format.longLists ? { provider_extra_fields: Array.from({ length: 12 }, (_, index) => `field ${index}`) } : {})
})

interface MessageInput {
  readonly record: PaymentRecord
  readonly format: CallbackFormat
  readonly redirect: RedirectData | undefined
}

/** The standard callback (method page, "Format of callbacks"), unsigned. An operation is missing after failed checks. */
export const callbackBody = (input: MessageInput & { readonly operation: Operation | undefined }): WireObject => {
  const { format, operation, record, redirect } = input
  return {
    project_id: record.request.projectId,
    payment: paymentMember(record),
    ...accountMember(record),
    customer: { id: record.request.customerId },
    ...(operation === undefined ? {} : { operation: operationMember(record, operation, format) }),
    ...errorsMember(record.errors, format),
    ...clarificationMember(record),
    ...(redirect === undefined ? {} : redirectMember(redirect, format)),
    ...extras(format)
  }
}

/** The answer of `/v2/payment/status`, unsigned: like a callback, but with all operations. */
export const statusBody = ({ format, record, redirect }: MessageInput): WireObject => ({
  project_id: record.request.projectId,
  payment: paymentMember(record),
  ...accountMember(record),
  customer: { id: record.request.customerId },
  operations: record.operations.map((operation) => operationMember(record, operation, format)),
  ...errorsMember(record.errors, format),
  ...clarificationMember(record),
  ...(redirect === undefined ? {} : redirectMember(redirect, format)),
  ...extras(format)
})

/** The older shape that `/v2/payment/status/request` answers. */
export const requestStatusBody = ({ format, record }: MessageInput): WireObject => ({
  general: { project_id: record.request.projectId, payment_id: record.request.paymentId },
  status: record.status,
  payment: paymentMember(record),
  ...(record.first === undefined
    ? {}
    : { transaction: { id: record.first.id, type: record.first.type, date: wireDate(record.first.at) } }),
  sum_request: sum(record.request.amountMinor, record.request.currency),
  sum_real: sum(record.sumMinor, record.currency),
  operations: record.operations.map((operation) => operationMember(record, operation, format)),
  ...errorsMember(record.errors, format)
})

/** What the status query says about a payment that it does not know (yet): neither paid nor declined. */
export const notFoundBody = (projectId: number, paymentId: string, error: FieldError): WireObject => ({
  project_id: projectId,
  payment: { id: paymentId, status: "error" },
  errors: [{ ...error }]
})
