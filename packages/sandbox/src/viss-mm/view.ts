import { maskValue } from "../kernel/mask.ts"
import type { World } from "../kernel/World.ts"
import { formatCents } from "./Decimal.ts"
import { netCents, type PaymentRequest } from "./PaymentRequest.ts"

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString())

/** A request as the control API shows it: the truth, with the payer's personal data masked. */
export const requestView = (world: World, request: PaymentRequest, pageUrl: string, returnUrl: string): object => ({
  id: request.id,
  provider: "viss-mm",
  status: request.status,
  expired: request.expired,
  amount: formatCents(request.totalCents),
  currency: request.currency,
  money: {
    asked: formatCents(request.totalCents),
    net: formatCents(netCents(request)),
    movements: request.movements.map((one) => ({
      ...one,
      at: iso(one.at),
      cents: undefined,
      amount: formatCents(one.cents)
    }))
  },
  paymentObject: request.paymentObject,
  serviceStep: request.serviceStep,
  payee: request.payee,
  iban: request.iban,
  rows: request.rows.map((row) => ({
    position: row.position,
    kind: row.kind,
    item: row.itemText,
    unitPrice: formatCents(row.unitPriceCents),
    amount: formatCents(row.amountCents),
    status: row.status,
    bank: row.bank
  })),
  payer: {
    address: maskValue(request.client.address),
    code: maskValue(request.client.code),
    email: maskValue(request.client.email),
    firstName: maskValue(request.client.firstName),
    name: maskValue(request.client.name),
    phone: maskValue(request.client.phone)
  },
  allowedBanks: request.allowedBanks,
  swiftCode: request.swiftCode,
  noInvoice: request.noInvoice,
  parentId: request.parentId,
  createdAt: iso(request.createdAt),
  expiresAt: iso(request.expiresAt),
  paidAt: iso(request.paidAt),
  clientCertificate: request.owner.commonName,
  pageUrl,
  responseUrl: request.responseUrl,
  serverResponseUrl: request.serverResponseUrl,
  returnUrl,
  history: request.history.map((entry) => ({ ...entry, at: iso(entry.at) })),
  notifications: world.notifications
    .of(request.id)
    .map(({ attempts, id, kind, state }) => ({ id, kind, state, attempts: attempts.length })),
  calls: world.calls.of(request.id)
})
