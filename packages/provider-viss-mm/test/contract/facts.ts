import type { ProviderFacts } from "@maksa/contract-kit"

const hour = 3600
const day = 24 * hour

// No document names a time after which E or R is final. Interbank customs allow three banking days for a recall, and
// three banking days span a week around Easter and Christmas.
const overturned = 7 * day

/**
 * What MM's documents say. "Guide" is the integration guide "Maksājumu moduļa integrācijas instrukcijas un paraugi"; the
 * document that it points to for fields, limits and error codes ("MM PPS") is not public, so that much is silence.
 */
export const facts: ProviderFacts = {
  displayName: "VISS MM",
  overturnSeconds: {
    paid: overturned,
    declined: overturned,
    expired: overturned,
    canceled: overturned,
    reversed: overturned
  },
  // Guide 2.3: P is said before the payer has chosen a bank and while the bank is at work.
  tellsOfWork: false,
  // Guide 2.3 and 2.4: the status can be asked for at any time.
  earliestQuerySeconds: 0,
  // Guide 2.3: payable until ExpiryDate, which is bounded nowhere; a year and a day is our own bound. Notices come once
  // and prove nothing, so news that is found within a quarter of a day is in time for the day's books.
  watch: { untilSeconds: 366 * day, slowestSeconds: 6 * hour },
  // Guide 2.3: nothing finds a request but the id that the lost reply took with it.
  absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false },
  limits: {
    // Guide, samples of GetPayments: every sum is in euro; a request names no currency.
    currencies: ["EUR"],
    // Guide, PaymentRequestStructure: Item is a decimal, in the samples with two places.
    minMinorUnits: 1n,
    // Not published. SEPA credit transfers hold at most 999 999 999.99 euro and 140 characters of purpose.
    maxMinorUnits: 99_999_999_999n,
    maxLines: 100,
    maxPurposeLength: 140,
    maxDeadlineSeconds: 366 * day
  },
  // Guide 2.5 to 2.8: Pdf/{id} and Xml/{id}.
  receiptFormats: ["pdf", "xml"]
}

/** WS-Security: messages are of the last five minutes, by the sandbox's setting and WCF's default. */
export const portalFacts: ProviderFacts = { ...facts, clockToleranceSeconds: 300 }
