import type { ProviderFacts } from "@maksa/contract-kit"
import type { FundsConfirmation } from "../../src/index.ts"

const hour = 3600
const day = 24 * hour

// Method page "Open Banking in Latvia", "Confirmation of crediting": where the project does not look for the money, a
// success may turn into a decline and a decline into a success, for up to seven days and more; callbacks about it are
// repeated for up to eleven days ("Callbacks"). Where it looks, success says that the money is there, and the method has
// neither refunds nor chargebacks (table of properties); an hour is for notices under way.
const paid: Readonly<Record<FundsConfirmation, number>> = { off: 7 * day, decline: hour, reversal: hour }

/** What ecommpay's documents say about the method and the platform. */
export const factsOf = (confirmation: FundsConfirmation): ProviderFacts => ({
  displayName: "ecommpay",
  overturnSeconds: {
    paid: paid[confirmation],
    declined: 14 * day,
    expired: 14 * day,
    canceled: 14 * day,
    reversed: 7 * day
  },
  // Payment statuses: "awaiting customer" before the payer has acted, "external processing" after.
  tellsOfWork: true,
  // Gate, "Checking payment status": not earlier than ten seconds after the initial request.
  earliestQuerySeconds: 10,
  // A payment waits for its payer at most 30 days (`best_before`), and its callbacks come for eleven days; what they lost
  // is found within half a day.
  watch: { untilSeconds: 30 * day, slowestSeconds: 12 * hour },
  // Gate, "Checking payment status": 3061 for what is not registered, surely only after the ten seconds; a page that was
  // not used before `best_before` is refused.
  absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: hour },
  limits: {
    // Method page, table of properties: EUR only.
    currencies: ["EUR"],
    // Gate, common objects: `amount` is 1 to 10^13, `description` at most 255 characters.
    minMinorUnits: 1n,
    maxMinorUnits: 10_000_000_000_000n,
    // The platform takes one sum; lines are ours.
    maxLines: 100,
    maxPurposeLength: 255,
    // Payment Page, `best_before`: at most 30 days ahead.
    maxDeadlineSeconds: 30 * day
  },
  // Method page: the provider issues no document; core makes confirmations in both formats.
  receiptFormats: ["pdf", "xml"]
})
