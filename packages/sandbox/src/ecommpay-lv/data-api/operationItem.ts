import type { Operation, PaymentRecord } from "../PaymentRecord.ts"
import type { ProjectSettings } from "../ProjectSettings.ts"
import { isWireObject, type WireObject, type WireValue } from "../WireJson.ts"
import { DataRefusal } from "./DataRefusal.ts"
import type { ZonedTime } from "./zonedTime.ts"

/** An operation with its payment. */
export interface Listed {
  readonly record: PaymentRecord
  readonly operation: Operation
}

/** Whether the operation has ended: Data API lists by the time of completion. */
export const isCompleted = ({ status }: Operation): boolean =>
  !status.startsWith("awaiting") && !status.endsWith("processing") && status !== "unknown"

const methods = {
  purchase: { payment_method_name: "Latvian Banks", payment_method_type: "online-latvian-banks" },
  payout: { payment_method_name: "SEPA", payment_method_type: "bank-transfer" }
} as const

/** The documentation shows ids and amounts as numbers and as texts. */
const written = (value: number | bigint, types: ProjectSettings["dataApiNumbers"]): WireValue =>
  types === "texts" ? String(value) : Number(value)

/** All but the sum, which the two requests write differently. */
const common = (
  { operation, record }: Listed,
  zone: ZonedTime,
  types: ProjectSettings["dataApiNumbers"]
): WireObject => ({
  project_id: written(record.request.projectId, types),
  operation_id: written(operation.id, types),
  payment_id: record.request.paymentId,
  operation_type: operation.type,
  operation_status: operation.status,
  account_number: record.request.payee?.iban ?? "",
  customer_id: record.request.customerId,
  ...methods[record.request.type],
  payment_description: record.request.description,
  operation_created_at: zone.write(operation.createdAt),
  operation_completed_at: zone.write(operation.at),
  provider_date: zone.write(operation.at),
  arn: "",
  rrn: "",
  payment_provider_code: operation.result.code,
  payment_provider_message: operation.result.message,
  auth_code: ""
})

/** An item of `/v1/operations/get`. */
export const operationItem = (
  listed: Listed,
  zone: ZonedTime,
  types: ProjectSettings["dataApiNumbers"]
): WireObject => {
  const { operation, record } = listed
  const sum = { amount: written(operation.amountMinor, types), currency: record.currency }
  return { ...common(listed, zone, types), sum_initial: sum, sum_converted: sum }
}

/** An item of `/v1/operations/get-by-payment`: the sum lies flat. */
export const paymentOperationItem = (
  listed: Listed,
  zone: ZonedTime,
  types: ProjectSettings["dataApiNumbers"]
): WireObject => ({
  ...common(listed, zone, types),
  amount: written(listed.operation.amountMinor, types),
  currency: listed.record.currency
})

/** Only the named members, dotted for inner ones; their order stays the item's. */
export const pick = (item: WireObject, fields: ReadonlyArray<string>, path = ""): WireObject =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const full = `${path}${name}`
      if (fields.includes(full)) return [[name, value]]
      if (!isWireObject(value)) return []
      const inner = pick(value, fields, `${full}.`)
      return Object.keys(inner).length === 0 ? [] : [[name, inner]]
    })
  )

const hasMember = (value: WireValue | undefined, [name = "", ...rest]: ReadonlyArray<string>): boolean =>
  isWireObject(value) && Object.hasOwn(value, name) && (rest.length === 0 || hasMember(value[name], rest))

/** Throws `DataRefusal` for a name that no item has. */
export const checkFields = (item: WireObject, fields: ReadonlyArray<string>): void => {
  const unknown = fields.find((field) => !hasMember(item, field.split(".")))
  if (unknown !== undefined) throw new DataRefusal(400, "fields names what operations do not have")
}
