import * as Schema from "effect/Schema"

/**
 * Why an attempt came to nothing, in words that are the same for every provider. For the payer show `decline.<reason>` of
 * `payerMessage`, never the provider's text.
 *
 * - `refused`: no more is told than that bank or provider said no.
 * - `security`: stopped by checks against fraud, money laundering or sanctions; the payer's text says no more than `refused`,
 *   because telling can be an offence.
 * - `money_not_arrived`: the bank said yes and the money did not come.
 * - `agency_setup`: request or contract of the agency; the payer can do nothing about it.
 */
export const DeclineReason = Schema.Literals([
  "account_unusable",
  "agency_setup",
  "bank_unavailable",
  "canceled",
  "insufficient_funds",
  "limit_exceeded",
  "money_not_arrived",
  "not_authenticated",
  "not_supported",
  "refused",
  "security",
  "timed_out",
  "wrong_details"
])
export type DeclineReason = typeof DeclineReason.Type

/** What the payer can do about it: `next.<step>` of `payerMessage`. */
export const PayerStep = Schema.Literals(["ask_agency", "change_details", "try_again", "try_later", "use_another_way"])
export type PayerStep = typeof PayerStep.Type

/** What is known of an attempt that came to nothing, beside the provider's raw code. */
export const Decline = Schema.Struct({ reason: DeclineReason, next: PayerStep })
export type Decline = typeof Decline.Type
