import type { Manifest } from "@maksa/core"
import type { FundsConfirmation } from "./options.ts"

const hour = 3600
const day = 24 * hour

/** The status query may not know a payment earlier (Gate, "Checking payment status"). */
export const earliestQuerySeconds = 10

const fixed = {
  id: "ecommpay-lv",
  displayName: "ecommpay",
  port: 1,
  extras: {
    resume: true,
    withdraw: false,
    refund: false,
    // The method has no refunds (method page, table of properties): money goes back by SEPA, as a payment of its own.
    payout: { currencies: ["EUR"] },
    list: false,
    banks: true,
    issueInvoice: false,
    check: true
  },
  receipt: { origin: "generated", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: false },
  deadline: "kept",
  amountEvidence: "status",
  webhook: "signed",
  // Payment Page's call is made by the payer's browser; Gate's by us.
  firstContact: "either",
  // Gate has nothing to show before its callback tells the bank's address.
  actions: ["redirect", "submit_form", "load_widget", "collect", "wait"],
  languages: ["lv", "en", "ru"],
  repeatCreate: "after_absence",
  absenceProvesAfter: {
    // Gate answers 3061 for what it never took, surely only after its ten seconds. Payment Page is prepared without a
    // call, so that preparing it again does no harm whenever it is.
    notSubmittedSeconds: earliestQuerySeconds,
    // ASSUMPTION(ecommpay-lv#3): a page that was not used before `best_before` cannot be used an hour later.
    lapsedSeconds: hour
  },
  query: {
    earliestSeconds: earliestQuerySeconds,
    // Callbacks bring the news; this finds what they lost. Delays of a decline go "up to seven days and more".
    schedule: [
      { untilSeconds: 60, everySeconds: 10 },
      { untilSeconds: 600, everySeconds: 30 },
      { untilSeconds: hour, everySeconds: 120 },
      { untilSeconds: day, everySeconds: 900 },
      { untilSeconds: 8 * day, everySeconds: 3 * hour },
      { untilSeconds: 30 * day, everySeconds: 12 * hour }
    ]
  },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 10_000_000_000_000n,
    maxLines: 100,
    maxPurposeLength: 255,
    // `best_before` further away is ignored by the platform.
    maxDeadlineSeconds: 30 * day
  }
} as const satisfies Omit<Manifest, "softSeconds" | "outcomes">

// ASSUMPTION(ecommpay-lv#4): how long each outcome may still change. Without confirmation of funds the method page lets a
// success be taken back for seven days and more. With it, success means that the money is there, and this method has
// neither refunds nor chargebacks; an hour covers notices that are still under way.
const softSeconds: Readonly<Record<FundsConfirmation, Manifest["softSeconds"]>> = {
  off: { paid: 7 * day, declined: 14 * day, expired: 14 * day, canceled: 14 * day, reversed: 7 * day },
  decline: { paid: hour, declined: 14 * day, expired: 14 * day, canceled: 14 * day, reversed: 7 * day },
  reversal: { paid: hour, declined: 14 * day, expired: 14 * day, canceled: 14 * day, reversed: 7 * day }
}

// Only a project that looks for the money can promise it (method page, "Confirmation of crediting"). Where none looks, or
// where money that did not come is reversed, a success or a promise is undone by a later word.
const outcomes: Readonly<Record<FundsConfirmation, Manifest["outcomes"]>> = {
  off: ["received", "refused", "lapsed", "undone"],
  decline: ["promised", "received", "refused", "lapsed"],
  reversal: ["promised", "received", "refused", "lapsed", "undone"]
}

/** The manifest of a project with this confirmation of funds. */
export const manifestFor = (
  confirmation: FundsConfirmation
): typeof fixed & Pick<Manifest, "softSeconds" | "outcomes"> => ({
  ...fixed,
  softSeconds: softSeconds[confirmation],
  outcomes: outcomes[confirmation]
})

/** The capabilities; a provider's own manifest has the outcomes and soft windows of its `fundsConfirmation`. */
export const manifest: ReturnType<typeof manifestFor> = manifestFor("off")

// Operations are listed by the time of their completion (Data API, "Operations").
const list = { by: "end" } as const

/** The same with the Data API, which lists. */
export type ListingManifest = Omit<typeof manifest, "extras"> & {
  readonly extras: Omit<(typeof manifest)["extras"], "list"> & { readonly list: typeof list }
}

export const listingManifestFor = (confirmation: FundsConfirmation): ListingManifest => {
  const own = manifestFor(confirmation)
  return { ...own, extras: { ...own.extras, list } }
}

/** The capabilities with access to the Data API. */
export const listingManifest: ListingManifest = listingManifestFor("off")
