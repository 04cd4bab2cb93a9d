import type { Manifest } from "@maksa/core"

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** What the adapter can do, and what the provider's word proves (the provider's document, sections in brackets). */
export const manifest = {
  id: "template",
  displayName: "Template",
  port: 1,
  extras: {
    resume: true,
    withdraw: true,
    refund: { partial: true, windowDays: 180 },
    payout: { currencies: ["EUR"] },
    list: { by: "beginning" },
    banks: true,
    issueInvoice: true,
    check: true
  },
  receipt: { origin: "provider", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: true },
  deadline: "kept",
  amountEvidence: "status",
  webhook: "signed",
  // A form is the payer's own call; every other flow begins with ours.
  firstContact: "either",
  outcomes: ["promised", "received", "refused", "lapsed", "withdrawn", "undone"],
  actions: ["redirect", "submit_form", "load_widget", "collect", "pay_elsewhere", "wait"],
  languages: ["lv", "en", "ru"],
  // An order is known by our id, and the same bytes again are the same order.
  repeatCreate: "after_absence",
  absenceProvesAfter: { notSubmittedSeconds: 30, lapsedSeconds: hour },
  softSeconds: { paid: day, declined: 2 * day, expired: day, canceled: day, reversed: day },
  query: {
    earliestSeconds: 5,
    schedule: [
      { untilSeconds: minute, everySeconds: 10 },
      { untilSeconds: hour, everySeconds: 2 * minute },
      { untilSeconds: day, everySeconds: 15 * minute },
      { untilSeconds: 35 * day, everySeconds: 6 * hour }
    ]
  },
  limits: {
    currencies: ["EUR", "JPY", "KWD"],
    minMinorUnits: 10n,
    maxMinorUnits: 5_000_000n,
    maxLines: 20,
    maxPurposeLength: 140,
    maxDeadlineSeconds: 30 * day
  }
} as const satisfies Manifest
