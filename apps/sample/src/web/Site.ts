import type { OrderBook } from "../data/OrderBook.ts"
import type { Checkout } from "../fees/Checkout.ts"
import type { PayerMemory } from "../fees/PayerMemory.ts"
import type { FeePayments } from "../openPayments.ts"
import type { FormTickets } from "./formTickets.ts"
import type { Visitors } from "./visitor.ts"

/** What the routes work with. */
export interface Site {
  readonly payments: FeePayments
  readonly orders: OrderBook
  readonly checkout: Checkout
  readonly memory: PayerMemory
  readonly visitors: Visitors
  readonly tickets: FormTickets
  /** `http://127.0.0.1:3000`, without a trailing slash. */
  readonly address: string
  /** The shared clock, epoch milliseconds. */
  readonly now: () => number
  /** When this run's providers started, by the shared clock. */
  readonly providersSince: number
  /** Turns the shared clock forward and keeps that over restarts. */
  readonly turnClock: (millis: number) => Promise<void>
  /** Tells one run of the sample from another. */
  readonly runId: string
  readonly payerOrigins: ReadonlyArray<string>
}
