import type { WireObject, WireValue } from "../WireJson.ts"
import { DataRefusal } from "./DataRefusal.ts"
import { zonedTime, type ZonedTime } from "./zonedTime.ts"

/** What `/v1/operations/get` asks for; an absent filter lets everything pass. */
export interface OperationsRequest {
  readonly from: number
  readonly to: number
  readonly zone: ZonedTime
  readonly limit: number
  readonly offset: number
  readonly projectIds: ReadonlySet<string> | undefined
  readonly types: ReadonlySet<string> | undefined
  readonly statuses: ReadonlySet<string> | undefined
  readonly customerIds: ReadonlySet<string> | undefined
  /** Lower case. */
  readonly customerEmail: string | undefined
  readonly fields: ReadonlyArray<string> | undefined
}

const largestLimit = 1000

/** One text or a list of them; numbers count as their digits, because the documentation writes ids both ways. */
const readTexts = (body: WireObject, name: string): ReadonlyArray<string> | undefined => {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  const items: ReadonlyArray<WireValue> = Array.isArray(value) ? value : [value]
  return items.map((item) => {
    if (typeof item === "string" || typeof item === "number") return String(item)
    throw new DataRefusal(400, `${name} must be a text or a list of texts`)
  })
}

const readSet = (body: WireObject, name: string): ReadonlySet<string> | undefined => {
  const texts = readTexts(body, name)
  return texts === undefined ? undefined : new Set(texts)
}

const readEmail = (body: WireObject): string | undefined => {
  const { customer_email: value = null } = body
  if (value === null) return undefined
  if (typeof value !== "string") throw new DataRefusal(400, "customer_email must be a text")
  return value.toLowerCase()
}

const readCount = (body: WireObject, name: string, otherwise: number, most: number): number => {
  const value = body[name] ?? otherwise
  const count = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value)) ? Number(value) : -1
  if (!Number.isSafeInteger(count) || count < 0 || count > most) throw new DataRefusal(400, `${name} is out of range`)
  return count
}

const readMoment = (body: WireObject, zone: ZonedTime, name: "from" | "to"): number => {
  const interval = body["interval"]
  const text = typeof interval === "object" && interval !== null ? Object.entries(interval) : []
  const [, value] = text.find(([key]) => key === name) ?? []
  if (typeof value !== "string") throw new DataRefusal(400, `interval.${name} is required`)
  return zone.read(value, `interval.${name}`)
}

export const readOperationsRequest = (body: WireObject): OperationsRequest => {
  const { tz } = body
  if (tz !== undefined && typeof tz !== "string") throw new DataRefusal(400, "tz is not a time zone")
  const zone = zonedTime(tz)
  const from = readMoment(body, zone, "from")
  const to = readMoment(body, zone, "to")
  if (from > to) throw new DataRefusal(400, "interval.from is later than interval.to")
  return {
    from,
    to,
    zone,
    limit: readCount(body, "limit", largestLimit, largestLimit),
    offset: readCount(body, "offset", 0, Number.MAX_SAFE_INTEGER),
    projectIds: readSet(body, "project_id"),
    types: readSet(body, "operation_type"),
    statuses: readSet(body, "operation_status"),
    customerIds: readSet(body, "customer_id"),
    customerEmail: readEmail(body),
    fields: readTexts(body, "fields")
  }
}
