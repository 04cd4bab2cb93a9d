import type { Catalogue, ServiceStep } from "./catalogue.ts"
import { multiply, parseDecimal, toCents } from "./Decimal.ts"
import { BusinessError } from "./errors.ts"
import type { Owner, PaymentRequest, Row } from "./PaymentRequest.ts"
import type { PaymentRequestInput, PriceRow } from "./readPaymentRequest.ts"
import type { Settings } from "./settings.ts"
import { isCallableUrl } from "./urls.ts"

const day = 86_400_000
/** Ten digits before the decimal point are more than any bank transfer holds. */
const mostCents = 10n ** 12n

const priceRow = (row: PriceRow, service: ServiceStep, settings: Settings): Row => {
  const position = service.positions.find((candidate) => candidate.code === row.position)
  if (position === undefined) throw new BusinessError("SIM-102", row.position.slice(0, 40))
  const unit = parseDecimal(position.unitPrice)
  const unitPriceCents = unit === undefined ? undefined : toCents(unit)
  if (unitPriceCents === undefined) throw new Error("the catalogue holds a price that is no price")
  const amount = (): bigint => {
    const cents = toCents(row.item)
    if (cents === undefined || cents <= 0n || cents > mostCents) throw new BusinessError("SIM-104")
    return cents
  }
  const byQuantity = (): bigint => {
    if (row.item.digits <= 0n) throw new BusinessError("SIM-105")
    const cents = multiply(unitPriceCents, row.item, settings.quantityRounding)
    // A quantity so small that nothing is left to pay cannot be paid.
    if (cents <= 0n || cents > mostCents) throw new BusinessError("SIM-105")
    return cents
  }
  return {
    position: position.code,
    title: position.title,
    kind: row.kind,
    itemText: row.itemText,
    unitPriceCents,
    amountCents: row.kind === "Amount" ? amount() : byQuantity(),
    status: "P"
  }
}

const requiredUrl = (url: string | undefined, name: string): string => {
  if (url === undefined || !isCallableUrl(url)) throw new BusinessError("SIM-111", name)
  return url
}

/** Applies the business rules and prices the rows from the catalogue. Throws BusinessError. */
export const acceptRequest = (
  input: PaymentRequestInput,
  context: {
    readonly id: string
    readonly owner: Owner
    readonly now: number
    readonly settings: Settings
    readonly catalogue: Catalogue
    readonly parentExists: (id: string, owner: Owner) => boolean
  }
): PaymentRequest => {
  const { catalogue, now, owner, settings } = context
  const service = catalogue.findStep(input.serviceStep ?? "")
  if (service === undefined) throw new BusinessError("SIM-101", input.serviceStep?.slice(0, 40))
  if (input.rows.length === 0) throw new BusinessError("SIM-103")
  const rows = input.rows.map((row) => priceRow(row, service, settings))
  const expiresAt = input.expiryDate ?? now + settings.defaultExpiryDays * day
  if (expiresAt <= now) throw new BusinessError("SIM-106")
  for (const code of [...input.allowedBanks, ...(input.swiftCode === undefined ? [] : [input.swiftCode])]) {
    if (catalogue.findBank(code) === undefined) throw new BusinessError("SIM-107", code.slice(0, 11))
  }
  if (input.parentId !== undefined && !context.parentExists(input.parentId, owner)) throw new BusinessError("SIM-108")
  const responseUrl = requiredUrl(input.responseUrl, "ResponseUrl")
  if (input.serverResponseUrl !== undefined) requiredUrl(input.serverResponseUrl, "ServerResponseUrl")

  return {
    id: context.id,
    owner,
    createdAt: now,
    serviceStep: service.step,
    serviceName: service.name,
    payee: service.payee,
    iban: service.iban,
    currency: "EUR",
    client: input.client,
    allowedBanks: input.allowedBanks,
    swiftCode: input.swiftCode,
    paymentObject: input.paymentObject,
    parentId: input.parentId,
    invoiceIssueDate: input.invoiceIssueDate,
    serverResponseUrl: input.serverResponseUrl,
    noInvoice: input.noInvoice,
    expiresAt,
    responseUrl,
    totalCents: rows.reduce((sum, row) => sum + row.amountCents, 0n),
    rows,
    status: "P",
    expired: false,
    movements: [],
    payments: [],
    history: [{ at: now, what: "created" }]
  }
}
