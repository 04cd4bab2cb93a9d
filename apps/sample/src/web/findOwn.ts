import type { Request } from "express"
import { findService, type Service } from "../fees/services.ts"
import { type PaymentView, viewOf } from "../fees/PaymentView.ts"
import type { FeePayment } from "../openPayments.ts"
import type { Site } from "./Site.ts"

export interface Own {
  readonly payment: FeePayment
  readonly service: Service
  readonly visitor: string
}

/** The payment of a case number, if this browser ordered it. Somebody else's is like one that does not exist. */
export const findOwn = async (site: Site, request: Request): Promise<Own | undefined> => {
  const { reference } = request.params
  const visitor = site.visitors.find(request)
  const order = typeof reference === "string" ? site.orders.find(reference) : undefined
  if (order === undefined || visitor === undefined || order.visitor !== visitor) return undefined
  const service = findService(order.service)
  const [payment] = await site.payments.list({ merchantReference: order.reference, limit: 1 })
  return payment === undefined || service === undefined ? undefined : { payment, service, visitor }
}

export const loadView = async (site: Site, { payment, service }: Own): Promise<PaymentView> =>
  viewOf({
    payment,
    service,
    history: await site.payments.history(payment.id),
    providersSince: site.providersSince,
    now: site.now(),
    toldAt: site.orders.toldAt(payment.merchantReference)
  })
