import { type FulfilmentPolicy, money } from "@maksa/core"

/**
 * When the office goes ahead. Up to a hundred euros it takes the small risk that a bank takes the money back within days,
 * because nobody should wait a week for a dog's registration; above that, it waits until the money is final.
 */
export const fulfilment = {
  policy: "provisional-up-to",
  limit: money(10_000n, "EUR")
} as const satisfies FulfilmentPolicy

/** How long a payer has, seconds: time enough to go to the bank, short enough to watch it pass on the demo's clock. */
export const payWithinSeconds = 3 * 86_400
