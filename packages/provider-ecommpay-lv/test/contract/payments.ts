import { type Money, money } from "@maksa/core"
import type { AttemptAtProvider, ProviderTruth } from "@maksa/contract-kit"
import type { ControlClient } from "@maksa/sandbox"

/**
 * A payment as `GET /payments` of the sandbox shows it, as far as the driver reads it. A page that was opened is one too:
 * the platform has heard of it, though the status query knows it only once a bank was confirmed there.
 */
export interface PaymentAtEcommpay {
  readonly paymentId: string
  /** Whether a bank was confirmed. */
  readonly isRegistered: boolean
  readonly status?: string
  readonly bank?: object
  /** What the payer reads on the page. */
  readonly description: string
  /** What `/v2/payment/clarification` brought last. */
  readonly supplied?: Readonly<Record<string, string>>
  readonly money: {
    readonly currency: string
    readonly movements: ReadonlyArray<{ readonly direction: "received" | "returned"; readonly amountMinor: string }>
  }
}

/** The platform calls a payment as we do: by the attempt's id, or what an earlier answer made of it. */
export const paymentIdOf = ({ attemptId, providerReference = attemptId }: AttemptAtProvider): string =>
  providerReference.toLowerCase()

const sums = ({ money: { currency, movements } }: PaymentAtEcommpay, wanted: string): ReadonlyArray<Money> =>
  movements
    .filter(({ direction }) => direction === wanted)
    .map(({ amountMinor }) => money(BigInt(amountMinor), currency))

/** The simulator's names of answers, and ours. */
const answers = { firstName: "customer.first_name", lastName: "customer.last_name", number: "account.number" } as const

const suppliedOf = ({ supplied }: PaymentAtEcommpay): Pick<ProviderTruth, "consentText" | "fields"> => {
  if (supplied === undefined) return {}
  const { psuConsentText: consentText } = supplied
  const fields: Record<string, string> = {}
  for (const [theirs, ours] of Object.entries(answers)) {
    const value = supplied[theirs]
    if (value !== undefined) fields[ours] = value
  }
  return { fields, ...(consentText === undefined ? {} : { consentText }) }
}

const truthOf = (payment: PaymentAtEcommpay): ProviderTruth => ({
  providerReference: payment.paymentId,
  purpose: payment.description,
  charged: sums(payment, "received"),
  undone: sums(payment, "returned"),
  ...suppliedOf(payment),
  isPromised: payment.status === "awaiting confirmation"
})

/** Payments of the attempt, pages that were only opened included. */
export const paymentsOf = async (
  control: ControlClient,
  attempt: AttemptAtProvider
): Promise<ReadonlyArray<PaymentAtEcommpay>> => {
  const { payments } = (await control.call("GET", "/payments")) as { payments: ReadonlyArray<object> } // documented
  return payments.filter(
    (one): one is PaymentAtEcommpay =>
      "provider" in one &&
      one.provider === "ecommpay" &&
      "paymentId" in one &&
      String(one.paymentId).toLowerCase() === paymentIdOf(attempt)
  )
}

/** What exists of the attempt at the platform: a page that is open in several windows is one payment. */
export const truthsOf = (payments: ReadonlyArray<PaymentAtEcommpay>): ReadonlyArray<ProviderTruth> => {
  const registered = payments.filter(({ isRegistered }) => isRegistered)
  return (registered.length === 0 ? payments.slice(0, 1) : registered).map(truthOf)
}
