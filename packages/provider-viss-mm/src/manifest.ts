import type { Manifest } from "@maksa/core"

const day = 86_400

/** Banking days that an outcome stays soft unless configured. */
export const defaultBankingDays = 3

/**
 * Calendar time that surely holds so many banking days: a weekend for each five begun, and two public holidays.
 *
 * ASSUMPTION(viss-mm#2): MM names no time after which E or R is final.
 */
const softSeconds = (bankingDays: number): Manifest["softSeconds"] => {
  const seconds = (bankingDays + 2 * Math.ceil(bankingDays / 5) + 2) * day
  return { paid: seconds, declined: seconds, expired: seconds, canceled: seconds, reversed: seconds }
}

/** What MM can do over SOAP and REST and what its word proves, with the default windows. */
export const manifest = {
  id: "viss-mm",
  displayName: "VISS MM",
  port: 1,
  extras: {
    resume: false,
    withdraw: false,
    refund: false,
    payout: false,
    list: false,
    banks: false,
    issueInvoice: false,
    check: true
  },
  receipt: { origin: "provider", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: true },
  deadline: "kept",
  // CheckPaymentRequestStatus answers one letter: only the supporting document names a sum.
  amountEvidence: "receipt",
  // The notification carries no status and no authentication (guide, 2.3).
  webhook: "hint_only",
  firstContact: "call",
  // E and R of the status letters (guide, 2.3); money is never promised, and nothing tells that it was taken back.
  outcomes: ["received", "refused", "lapsed"],
  actions: ["redirect"],
  // The page's link knows LAT and ENG (guide, "MM web UI").
  languages: ["lv", "en"],
  // A repeat makes a second payment request: the guide knows no key that would prevent it.
  repeatCreate: "never",
  absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false },
  softSeconds: softSeconds(defaultBankingDays),
  query: {
    earliestSeconds: 0,
    // ASSUMPTION(viss-mm#3): MM names no pace; a public client asks about everything open each ten minutes.
    schedule: [
      { untilSeconds: 1800, everySeconds: 60 },
      { untilSeconds: day, everySeconds: 600 },
      { untilSeconds: 366 * day, everySeconds: 6 * 3600 }
    ]
  },
  limits: {
    // A request names no currency: it comes from the catalogue, euro in all of the guide's replies.
    currencies: ["EUR"],
    // ASSUMPTION(viss-mm#4): no limits are published. Sums: those of a SEPA transfer; purpose: its remittance text.
    minMinorUnits: 1n,
    maxMinorUnits: 99_999_999_999n,
    maxLines: 100,
    maxPurposeLength: 140,
    maxDeadlineSeconds: 366 * day
  }
} as const satisfies Manifest

/**
 * The JSON microservice without a document service: it lists and issues, and core generates the payment confirmation from
 * the sums that the list proves.
 */
export const paymentApiManifest = {
  ...manifest,
  extras: { ...manifest.extras, list: { by: "beginning" }, issueInvoice: true },
  receipt: { origin: "generated", formats: ["pdf", "xml"] },
  amountEvidence: "listing"
} as const satisfies Manifest

/** The same, where documents may be MM's own (`documents` of the configuration). */
export type PaymentApiManifest = Omit<typeof paymentApiManifest, "receipt" | "amountEvidence"> &
  Pick<Manifest, "receipt" | "amountEvidence">

/**
 * The portal's asynchronous scenario: the payer pays later, from the portal's document list, and so in a language that
 * nothing of ours chooses.
 */
export const portalAsyncManifest = {
  ...manifest,
  actions: ["pay_elsewhere"],
  languages: []
} as const satisfies Manifest

/** The portal's synchronous scenario declares what SOAP and REST do: only the way there differs. */
export type PortalManifest = Omit<typeof manifest, "actions" | "languages"> & Pick<Manifest, "actions" | "languages">

/** The manifest with other soft windows. */
export const manifestFor = (bankingDays: number): typeof manifest => ({
  ...manifest,
  softSeconds: softSeconds(bankingDays)
})

export const paymentApiManifestFor = (bankingDays: number, hasDocuments: boolean): PaymentApiManifest => ({
  ...paymentApiManifest,
  ...(hasDocuments ? { receipt: manifest.receipt, amountEvidence: manifest.amountEvidence } : {}),
  softSeconds: softSeconds(bankingDays)
})

export const portalManifestFor = (mode: "sync" | "async", bankingDays: number): PortalManifest => ({
  ...(mode === "sync" ? manifest : portalAsyncManifest),
  softSeconds: softSeconds(bankingDays)
})
