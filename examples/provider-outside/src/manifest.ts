import type { Manifest } from "@maksa/core"

const hour = 3600
const day = 24 * hour

/** A small provider: one page, one status query, unsigned notices, nothing else. */
export const manifest = {
  id: "pocket",
  displayName: "Pocket",
  port: 1,
  extras: {
    resume: false,
    withdraw: false,
    refund: false,
    payout: false,
    list: false,
    banks: false,
    issueInvoice: false,
    check: false
  },
  receipt: { origin: "generated", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: false },
  deadline: "kept",
  amountEvidence: "status",
  webhook: "hint_only",
  firstContact: "call",
  outcomes: ["received", "refused", "lapsed"],
  actions: ["redirect"],
  languages: ["en"],
  // A payment is put under our own id, so that putting it twice is putting it once.
  repeatCreate: "after_absence",
  absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: hour },
  softSeconds: { paid: hour, declined: hour, expired: hour, canceled: hour, reversed: hour },
  query: {
    earliestSeconds: 0,
    schedule: [
      { untilSeconds: hour, everySeconds: 30 },
      { untilSeconds: 32 * day, everySeconds: 6 * hour }
    ]
  },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 100_000n,
    maxLines: 10,
    maxPurposeLength: 100,
    maxDeadlineSeconds: 30 * day
  }
} as const satisfies Manifest
