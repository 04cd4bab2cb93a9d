import type { Money } from "./Money.ts"
import type { Observed } from "./Observation.ts"

/** A span of time, epoch milliseconds: from `from` until just before `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Whether a list holds what was begun in a span, or that of which something ended in it (`extras.list.by` of a manifest). */
export type ListedBy = "beginning" | "end"

/** One payment in the provider's own list. A payment stands in it once, whatever happened to it. */
export interface ListedPayment {
  /** What the provider calls it. */
  readonly providerReference: string
  /**
   * Our attempt's id, where the provider gives it back. A row that names one is ours, also when its reply was lost; a row
   * without one that nobody here knows may be another agency's, and is only counted.
   */
  readonly attemptId?: string
  /**
   * What the list says of it as of now, proven; none where the row tells nothing of its state. `evidence` holds this row
   * alone, never the page around it. Where `providerTime` is absent, core takes the time of asking.
   */
  readonly observations: ReadonlyArray<Observed>
  /** The sum of the order, asked or paid. Proposes to which request of ours an unknown row belongs; proves nothing. */
  readonly amount?: Money
  /** When it was begun at the provider, epoch milliseconds. */
  readonly createdAt?: number
}
