// Money back to payers: SEPA payouts, each a payment of its own whose id is our repayment's.
import { type Adapter, InvalidRequest, type Payee, type Payer, type PaymentError, paymentError } from "@maksa/core"
import type { AttemptRecord } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { manifest } from "../manifest.ts"
import type { EcommpayLvPaymentOptions, PayoutCustomerField } from "../options.ts"
import type { Settings } from "./configuration.ts"
import type { Credentials } from "./credentials.ts"
import type { Gate } from "./gate.ts"
import { observePayout } from "./payoutMapping.ts"
import { beforeAllNotices } from "./wireDate.ts"

type Verbs = Adapter<typeof manifest, EcommpayLvPaymentOptions>

// Gate, "account.customer_name".
const shortestName = 3
const longestName = 99

const invalid = (attempt: AttemptRecord, field: string, message: string): PaymentError =>
  paymentError(attempt, "payout", new InvalidRequest({ message: `${field}: ${message}`, field }))

const plain = (value: Redacted.Redacted | undefined): string | undefined =>
  value === undefined ? undefined : Redacted.value(value)

/** The last word of a name is the family's. */
const splitName = (name: string): readonly [first: string | undefined, last: string | undefined] => {
  const words = name.split(/\s+/)
  return words.length < 2 ? [undefined, undefined] : [words.slice(0, -1).join(" "), words.at(-1)]
}

/** Our name of each field, for the person who has to fill it in. */
const ourNames: Readonly<Record<PayoutCustomerField, string>> = {
  ip_address: "payout.ipAddress or payer.ipAddress",
  first_name: "payee.name (first name and family name)",
  last_name: "payee.name (first name and family name)",
  email: "payee.email",
  address: "payee.address",
  city: "payee.city",
  zip: "payee.postalCode"
}

const customerOf = (payee: Payee, payer: Payer | undefined, settings: Settings) => {
  const [firstName, lastName] = splitName(Redacted.value(payee.name))
  return {
    ip_address: settings.payout.ipAddress ?? plain(payer?.ipAddress),
    first_name: firstName,
    last_name: lastName,
    email: plain(payee.email),
    address: plain(payee.address),
    city: plain(payee.city),
    zip: plain(payee.postalCode)
  } satisfies Record<PayoutCustomerField, string | undefined>
}

export const makePayouts = (
  gate: Gate,
  settings: Settings,
  credentials: Credentials
): Pick<Verbs, "payout" | "repaymentStatus"> => ({
  payout: Effect.fnUntraced(function* (attempt, { amount, payee, payer, repaymentId, webhook }) {
    if (amount.currency !== "EUR") return yield* invalid(attempt, "amount", "SEPA pays out euro only.")
    const name = Redacted.value(payee.name)
    if (name.length < shortestName || name.length > longestName) {
      return yield* invalid(attempt, "payee.name", `has ${shortestName} to ${longestName} characters.`)
    }
    const given = customerOf(payee, payer, settings)
    const customer: Record<string, string> = {
      id: credentials.pseudonym(
        payer?.reference === undefined ? `payment\0${attempt.paymentId}` : `payer\0${payer.reference}`
      )
    }
    for (const field of settings.payout.customerFields) {
      const value = given[field]
      if (value === undefined) return yield* invalid(attempt, ourNames[field], "is what ecommpay asks of a payee.")
      customer[field] = value
    }
    const body = {
      general: { project_id: settings.projectId, payment_id: repaymentId, merchant_callback_url: webhook },
      payment: { amount: Number(amount.minorUnits), currency: "EUR", description: attempt.merchantReference },
      customer,
      account: { number: Redacted.value(payee.iban), customer_name: name }
    }
    const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
    const evidence = yield* gate.order(asking, "payout", settings.payout.path, body)
    return [{ says: { _tag: "working" }, trust: "proven", providerTime: beforeAllNotices(attempt.now), evidence }]
  }),

  repaymentStatus: Effect.fnUntraced(function* (attempt, { repaymentId }) {
    const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
    const { message, raw } = yield* gate.ask(asking, "status", repaymentId)
    const observed = observePayout(message, raw)
    return observed === undefined ? [] : [observed]
  })
})
