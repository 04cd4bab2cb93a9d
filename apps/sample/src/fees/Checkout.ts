import { isPaymentError } from "@maksa/core"
import type { OrderBook } from "../data/OrderBook.ts"
import type { Language } from "../Language.ts"
import type { FeePayment, FeePayments } from "../openPayments.ts"
import type { Ticket } from "../web/formTickets.ts"
import { payWithinSeconds } from "./policy.ts"
import type { PayerFields, Priced } from "./readForm.ts"
import type { Service } from "./services.ts"
import { providerFor, type WayChoice } from "./ways.ts"

interface Paying {
  readonly ticket: Ticket
  readonly service: Service
  readonly choice: WayChoice
  readonly payer: PayerFields
  /** Gate must tell the bank the payer's address. */
  readonly ipAddress: string
  readonly language: Language
  readonly returnUrl: string
}

/** Where the payer goes after the form: on to pay, to the status page, or back because the form was used with other input. */
export type CheckoutResult =
  | { readonly _tag: "pay"; readonly url: string }
  | { readonly _tag: "status" }
  | { readonly _tag: "used" }
  | { readonly _tag: "failed" }

export interface Checkout {
  begin(input: Paying & { readonly priced: Priced; readonly visitor: string }): Promise<CheckoutResult>
  /** Another attempt at the same payment. */
  again(input: Paying & { readonly paymentId: string }): Promise<CheckoutResult>
}

const unitOf = (service: Service, language: Language): string =>
  service.pricing === "tariff" ? service.unit[language].one : service.title[language]

const lineOf = (service: Service, priced: Priced, language: Language) => {
  const { position } = service
  return "variant" in priced
    ? { amount: priced.variant.price, position, description: priced.variant.name[language] }
    : { position, quantity: priced.quantity, description: unitOf(service, language) }
}

const common = ({ choice, ipAddress, language, payer, returnUrl, service, ticket }: Paying) => ({
  idempotencyKey: ticket.nonce,
  payer: choice.way === "viss-mm" ? payer : { ...payer, ipAddress },
  deadline: new Date(ticket.issuedAt + payWithinSeconds * 1000),
  language,
  returnUrl,
  ...providerFor(choice, service)
})

const resultOf = async (started: Promise<FeePayment>): Promise<CheckoutResult> => {
  try {
    const { actionUrl } = (await started).current
    return actionUrl === undefined ? { _tag: "status" } : { _tag: "pay", url: actionUrl }
  } catch (error) {
    if (!isPaymentError(error)) throw error
    if (error.reason._tag === "Conflict") return { _tag: "used" }
    // The payment exists, refused or with an unknown outcome: its own page says what is known.
    return { _tag: error.paymentId === undefined ? "failed" : "status" }
  }
}

export const createCheckout = (payments: FeePayments, orders: OrderBook): Checkout => {
  const running = new Map<string, Promise<CheckoutResult>>()

  // Of a double click the browser follows the second answer, so it must wait for the same result, not overtake it.
  const once = (key: string, work: () => Promise<CheckoutResult>): Promise<CheckoutResult> => {
    const known = running.get(key)
    if (known !== undefined) return known
    const mine = work().finally(() => running.delete(key))
    running.set(key, mine)
    return mine
  }

  return {
    begin: (input) => {
      const { language, priced, service, ticket, visitor } = input
      const { issuedAt, nonce, reference } = ticket
      const line = lineOf(service, priced, language)
      const key = JSON.stringify([nonce, line.description, "quantity" in line ? line.quantity : "", input.choice])
      return once(key, async () => {
        await orders.add({ reference, service: service.id, visitor, createdAt: issuedAt })
        return resultOf(
          payments.create({
            ...common(input),
            merchantReference: reference,
            purpose: `${reference} ${service.title[language]}`,
            lines: [line]
          })
        )
      })
    },
    again: (input) =>
      once(JSON.stringify([input.ticket.nonce, input.choice]), () =>
        resultOf(payments.attempt({ ...common(input), paymentId: input.paymentId }))
      )
  }
}
