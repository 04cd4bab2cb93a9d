/**
 * What the Mobile SDK (Android, iOS) is opened with, signed by the agency's server. The project's key never leaves the
 * server, and the server never signs a text that a phone has put together: it would sign any sum. Needs Node's crypto only.
 *
 * The SDK signs a payment's parameters like Payment Page does, those below and no others; what is set in the app beside
 * them (names, colours, screens) is not signed.
 *
 * @see https://github.com/ITECOMMPAY/mobile-sdk-android-ui "Opening payment form"
 */
import { hasPersonalCode } from "./internal/personalCode.ts"
import { refuseSeparators, sign } from "./signature.ts"

/** A payment by the Mobile SDK. Texts have at most 255 characters and no `;`. */
export interface MobilePayment {
  /** Number of the project, 1 to 4294967295. */
  readonly projectId: number
  /** The attempt's id (`payment.current.id`), so that the callbacks are about our payment. */
  readonly paymentId: string
  /** Cents, 1 to 10^13. */
  readonly amount: bigint
  /** Shown in ecommpay's dashboard: never a personal code. */
  readonly customerId: string
  readonly description?: string
  /** Language of the SDK's screens, two letters; default that of the phone. */
  readonly languageCode?: string
  /** The payer's country, two letters. */
  readonly regionCode?: string
  /** Whether other methods are offered too; default false: the banks of this method alone. */
  readonly offersOtherMethods?: boolean
}

/**
 * The members of the SDK's payment object (`EcmpPaymentInfo`, `PaymentOptions`), by its own names: plain JSON. The app sets
 * all of them as they are and no other member of that object, or the signature does not fit.
 */
export interface SignedMobilePayment {
  readonly projectId: number
  readonly paymentId: string
  readonly paymentAmount: number
  readonly paymentCurrency: "EUR"
  readonly customerId: string
  readonly paymentDescription?: string
  readonly languageCode?: string
  readonly regionCode?: string
  readonly forcePaymentMethod?: string
  readonly hideSavedWallets: false
  readonly signature: string
}

/** The names by which the SDK signs its members. */
const wireNames = {
  projectId: "project_id",
  paymentId: "payment_id",
  paymentAmount: "payment_amount",
  paymentCurrency: "payment_currency",
  customerId: "customer_id",
  paymentDescription: "payment_description",
  languageCode: "language_code",
  regionCode: "region_code",
  forcePaymentMethod: "force_payment_method",
  hideSavedWallets: "hide_saved_wallets"
} as const satisfies Record<keyof Omit<SignedMobilePayment, "signature">, string>

const isCode = (text: string | undefined): boolean => text === undefined || /^[A-Za-z]{2}$/.test(text)
const isText = (text: string | undefined): boolean =>
  text === undefined || (text.length > 0 && text.length <= 255 && !/[\p{Cc}\p{Surrogate}]/u.test(text))

/** The first member that cannot be sent; messages name members, never values. */
const wrongMember = (payment: MobilePayment): keyof MobilePayment | undefined => {
  const { amount, customerId, description, languageCode, paymentId, projectId, regionCode } = payment
  if (!Number.isInteger(projectId) || projectId < 1 || projectId > 4_294_967_295) return "projectId"
  if (!isText(paymentId) || paymentId.trim() !== paymentId) return "paymentId"
  if (amount < 1n || amount > 10_000_000_000_000n) return "amount"
  if (!isText(customerId) || hasPersonalCode(customerId)) return "customerId"
  if (!isText(description) || (description !== undefined && hasPersonalCode(description))) return "description"
  if (!isCode(languageCode)) return "languageCode"
  return isCode(regionCode) ? undefined : "regionCode"
}

/**
 * Signs a payment for the Mobile SDK. `secret` is the project's current key as text.
 *
 * Throws `RangeError` for a member that cannot be sent, and `SignatureError` for `;` within one (reason `separator`) and for an
 * empty secret.
 */
export const signMobilePayment = (payment: MobilePayment, secret: string): SignedMobilePayment => {
  const wrong = wrongMember(payment)
  if (wrong !== undefined) throw new RangeError(`A payment by the Mobile SDK cannot have this ${wrong}.`)
  const { amount, customerId, description, languageCode, offersOtherMethods, paymentId, projectId, regionCode } =
    payment
  const members = {
    projectId,
    paymentId,
    paymentAmount: Number(amount),
    paymentCurrency: "EUR",
    customerId,
    ...(description === undefined ? {} : { paymentDescription: description }),
    ...(languageCode === undefined ? {} : { languageCode }),
    ...(regionCode === undefined ? {} : { regionCode }),
    ...(offersOtherMethods === true ? {} : { forcePaymentMethod: "online-latvian-banks" }),
    // Signed also where it is false: the SDK's own text to sign always has it.
    hideSavedWallets: false
  } as const
  const wire = Object.fromEntries(
    // The keys of a literal are its own.
    Object.entries(members).map(([name, value]) => [wireNames[name as keyof typeof wireNames], value])
  )
  refuseSeparators(wire)
  return { ...members, signature: sign(wire, secret) }
}
