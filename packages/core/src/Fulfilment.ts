import * as Money from "./Money.ts"
import type { PaymentState } from "./State.ts"

/**
 * When the application may hand out what was paid for. Required: there is no safe default.
 *
 * - `eager`: as soon as money is promised or received, though it may still be undone.
 * - `provisional-up-to`: like `eager` up to `limit` by the sum asked, or received where the provider prices; above it, or
 *   while the sum is unknown, like `hard-only`.
 * - `hard-only`: only money that can no longer be undone by the provider's own rules, and of which something has proven
 *   how much it is: while `amount_unconfirmed` stands it waits, for the document or for an operator's decision.
 */
export type FulfilmentPolicy =
  | { readonly policy: "eager" }
  | { readonly policy: "provisional-up-to"; readonly limit: Money.Money }
  | { readonly policy: "hard-only" }

/** Whether `state` allows fulfilment under `policy`. A payment under review never does. */
export const mayFulfil = (policy: FulfilmentPolicy, state: PaymentState): boolean => {
  const isHard = state.status === "paid" && state.finality === "hard" && !state.attention.includes("amount_unconfirmed")
  const isThere = state.status === "paid" || state.status === "provisional"
  switch (policy.policy) {
    case "eager":
      return isThere
    case "hard-only":
      return isHard
    case "provisional-up-to": {
      if (isHard) return true
      const sum = state.money.asked ?? state.money.received
      return (
        isThere && sum !== undefined && sum.currency === policy.limit.currency && Money.compare(sum, policy.limit) <= 0
      )
    }
  }
}
