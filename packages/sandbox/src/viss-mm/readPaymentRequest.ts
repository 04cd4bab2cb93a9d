import { readBoolean, readItems, readMembers, readText } from "./dataContract.ts"
import { parseDate } from "./dates.ts"
import { parseDecimal, type Decimal } from "./Decimal.ts"
import { BusinessError, DeserializationError } from "./errors.ts"
import { namespaces } from "./namespaces.ts"
import type { Settings } from "./settings.ts"
import type { XmlElement } from "./xmlRead.ts"

/** Personal data of the payer, as sent. */
export interface ClientInfo {
  readonly address: string | undefined
  readonly code: string | undefined
  readonly email: string | undefined
  readonly firstName: string | undefined
  readonly name: string | undefined
  readonly phone: string | undefined
}

export interface PriceRow {
  readonly position: string
  readonly kind: "Amount" | "Quantity"
  readonly item: Decimal
  /** The number as it was written. */
  readonly itemText: string
}

/** A SavePaymentRequest as the service's data contract holds it, before any business rule. */
export interface PaymentRequestInput {
  readonly allowedBanks: ReadonlyArray<string>
  readonly client: ClientInfo
  /** Epoch milliseconds; absent when not given or not `Specified`. */
  readonly expiryDate: number | undefined
  readonly invoiceIssueDate: number | undefined
  readonly noInvoice: boolean
  readonly parentId: string | undefined
  readonly paymentObject: string | undefined
  readonly rows: ReadonlyArray<PriceRow>
  readonly responseUrl: string | undefined
  readonly serverResponseUrl: string | undefined
  readonly serviceStep: string | undefined
  readonly swiftCode: string | undefined
}

// Ordinal alphabetical order, as on the wire.
const envelopeMembers = [
  "Payment",
  "PaymentRequest",
  "PaymentRequestPPK",
  "PaymentRequestResponse",
  "PaymentRequestStatus"
]
const requestMembers = [
  "AllowedBanks",
  "ClientInfo",
  "ExpiryDate",
  "ExpiryDateSpecified",
  "InvoiceIssueDate",
  "InvoiceIssueDateSpecified",
  "NoInvoice",
  "ParentPaymentRequestID",
  "PaymentObject",
  "PriceList",
  "ResponseUrl",
  "ServerResponseUrl",
  "ServiceStep",
  "SwiftCode"
]
const clientMembers = ["ClientAddress", "ClientCode", "ClientEMail", "ClientFirstName", "ClientName", "ClientPhone"]
const rowMembers = ["Item", "ItemElementName", "Position"]

type Members = ReadonlyMap<string, XmlElement>

const readClient = (node: XmlElement | undefined, strict: boolean): ClientInfo => {
  const members = node === undefined ? new Map<string, XmlElement>() : readMembers(node, clientMembers, strict)
  return {
    address: readText(members, "ClientAddress"),
    code: readText(members, "ClientCode"),
    email: readText(members, "ClientEMail"),
    firstName: readText(members, "ClientFirstName"),
    name: readText(members, "ClientName"),
    phone: readText(members, "ClientPhone")
  }
}

const readRow = (node: XmlElement, strict: boolean): PriceRow => {
  const members = readMembers(node, rowMembers, strict)
  // A missing decimal is 0 in .NET, a missing enumeration its first member.
  const itemText = readText(members, "Item")?.trim() ?? "0"
  const item = parseDecimal(itemText)
  if (item === undefined) throw new DeserializationError("Item")
  const kind = readText(members, "ItemElementName")?.trim() ?? "Amount"
  if (kind !== "Amount" && kind !== "Quantity") throw new DeserializationError("ItemElementName")
  return { position: readText(members, "Position")?.trim() ?? "", kind, item, itemText }
}

/** Rows of PriceList. The real item name is unknown; lenient reading takes the annex's names and unwrapped rows too. */
const readRows = (members: Members, settings: Settings): ReadonlyArray<PriceRow> => {
  const list = members.get("PriceList")
  const { priceListItemName, strict } = settings
  const named = readItems(list, priceListItemName, strict)
  if (strict || named.length > 0 || list === undefined) return named.map((node) => readRow(node, strict))
  const annex = [...readItems(list, "PriceListStructure", false), ...readItems(list, "PriceList", false)]
  if (annex.length > 0) return annex.map((node) => readRow(node, false))
  const unwrapped: Array<PriceRow> = []
  let row: Array<XmlElement> = []
  const close = (): void => {
    if (row.length > 0) unwrapped.push(readRow({ ...list, children: row }, false))
    row = []
  }
  for (const child of list.children) {
    if (row.some((other) => other.name === child.name)) close()
    row.push(child)
  }
  close()
  return unwrapped
}

const readDate = (members: Members, name: string, settings: Settings, endOfDay: boolean): number | undefined => {
  const text = readText(members, name)
  if (text === undefined) return undefined
  const reading = parseDate(text, { endOfDay, lenient: !settings.strict })
  if (reading === undefined) throw new DeserializationError(name)
  const counts = !settings.expiryNeedsSpecified || readBoolean(members, `${name}Specified`)
  return counts ? reading.at : undefined
}

const readBanks = (members: Members, strict: boolean): ReadonlyArray<string> =>
  readItems(members.get("AllowedBanks"), "AllowedBankStructure", strict)
    .map((node) => readText(readMembers(node, ["SwiftCode"], strict), "SwiftCode"))
    .filter((code) => code !== undefined)

/**
 * Reads the wrapper element of SavePaymentRequest. Throws DeserializationError for a value that the data contract
 * cannot hold, BusinessError SIM-100 when there is no request in it.
 */
export const readPaymentRequest = (call: XmlElement, settings: Settings): PaymentRequestInput => {
  const { strict } = settings
  const parameter = readMembers(call, ["paymentRequest"], strict, namespaces.service).get("paymentRequest")
  const body = parameter && readMembers(parameter, envelopeMembers, strict).get("PaymentRequest")
  if (body === undefined) throw new BusinessError("SIM-100")
  const members = readMembers(body, requestMembers, strict)
  return {
    allowedBanks: readBanks(members, strict),
    client: readClient(members.get("ClientInfo"), strict),
    expiryDate: readDate(members, "ExpiryDate", settings, true),
    invoiceIssueDate: readDate(members, "InvoiceIssueDate", settings, false),
    noInvoice: readBoolean(members, "NoInvoice"),
    parentId: readText(members, "ParentPaymentRequestID")?.trim(),
    paymentObject: readText(members, "PaymentObject"),
    rows: readRows(members, settings),
    responseUrl: readText(members, "ResponseUrl")?.trim(),
    serverResponseUrl: readText(members, "ServerResponseUrl")?.trim(),
    serviceStep: readText(members, "ServiceStep")?.trim(),
    swiftCode: readText(members, "SwiftCode")?.trim()
  }
}
