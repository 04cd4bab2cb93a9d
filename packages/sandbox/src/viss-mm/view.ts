import { maskValue } from "../kernel/mask.ts"
import type { World } from "../kernel/World.ts"
import { moved, type PaymentRequest } from "./PaymentRequest.ts"

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString())

/** A request as the control API shows it: the truth, with the payer's personal data masked. */
export const requestView = (world: World, request: PaymentRequest, pageUrl: string, returnUrl: string): object => ({
  provider: "vissMm",
  paymentId: request.id,
  status: request.status,
  expired: request.expired,
  amountMinor: request.totalCents.toString(),
  currency: request.currency,
  money: {
    receivedMinor: moved(request, "received").toString(),
    returnedMinor: moved(request, "returned").toString(),
    currency: request.currency,
    movements: request.movements.map(({ at, bank, cents, currency, direction }) => ({
      direction,
      amountMinor: cents.toString(),
      currency,
      bank,
      at: iso(at)
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
    unitPriceMinor: row.unitPriceCents.toString(),
    amountMinor: row.amountCents.toString(),
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
  portal: request.portal,
  history: request.history.map((entry) => ({ ...entry, at: iso(entry.at) })),
  notifications: world.notifications
    .of(request.id)
    .map(({ attempts, id, kind, state }) => ({ id, kind, state, attempts: attempts.length })),
  calls: world.calls.of(request.id)
})
