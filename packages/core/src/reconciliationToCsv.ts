import * as DateTime from "effect/DateTime"
import { csvOf } from "./Csv.ts"
import { type Money, toDecimal } from "./Money.ts"
import type { Reconciliation } from "./Reconciliation.ts"

const header = [
  "provider",
  "difference",
  "payment_id",
  "attempt_id",
  "merchant_reference",
  "provider_reference",
  "asked",
  "our_status",
  "our_received",
  "our_undone",
  "their_status",
  "their_received",
  "their_undone",
  "currency",
  "status_now",
  "candidates"
]

/**
 * The differences of a reconciliation as CSV (RFC 4180, UTF-8, one header line), without personal data; sums are decimal
 * text. A candidate is written as the provider's reference and, after `@`, when it was begun.
 */
export const reconciliationToCsv = ({ differences, provider }: Reconciliation): string =>
  csvOf(
    header,
    differences.map((one) => {
      const sums = [one.asked, one.ours?.received, one.ours?.undone, one.theirs?.received, one.theirs?.undone]
      const [asked = "", received = "", undone = "", theirReceived = "", theirUndone = ""] = sums.map(decimal)
      return [
        provider,
        one.kind,
        one.paymentId ?? "",
        one.attemptId ?? "",
        one.merchantReference ?? "",
        one.providerReference ?? "",
        asked,
        one.ours?.status ?? "",
        received,
        undone,
        one.theirs?.status ?? "",
        theirReceived,
        theirUndone,
        [...new Set(sums.flatMap((sum) => (sum === undefined ? [] : [sum.currency])))].join(" "),
        one.statusNow ?? "",
        (one.candidates ?? [])
          .map(({ createdAt, providerReference }) =>
            createdAt === undefined ? providerReference : `${providerReference}@${DateTime.formatIso(createdAt)}`
          )
          .join(" ")
      ]
    })
  )

const decimal = (sum: Money | undefined): string => (sum === undefined ? "" : toDecimal(sum))
