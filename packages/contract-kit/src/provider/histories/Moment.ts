import type { Money, Payment, PaymentEvent, Repayment } from "@maksa/core"
import type { Deeds } from "./Deeds.ts"
import type { KnownRepayment } from "./Repayments.ts"
import type { Sums } from "./Sums.ts"

/** One attempt as it truly stands. */
export interface AttemptTruth {
  readonly id: string
  /** Until when the payer may pay, epoch milliseconds. */
  readonly deadline: number
  /** How many payments exist at the provider for it. */
  readonly copies: number
  /** How often money came. */
  readonly charges: number
  readonly sums: Sums
  readonly deeds: Deeds
  /** Time of the newest evidence of the provider that our side has taken in, epoch milliseconds. */
  readonly heardAt: number
  /** Our side can find it at the provider: under our own id, or because somebody told us what the provider calls it. */
  readonly canBeAsked: boolean
}

/** A payment at one moment of a history: what is true beside what our side believes. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number
  /** The same moment by our own clock. */
  readonly ourTime: number
  /** Our clock and the provider's differ, or differed: what came when is told wrongly until the provider is asked again. */
  readonly isSkewed: boolean
  /** Absent while the provider prices the payment. */
  readonly asked: Money | undefined
  /** The currency that money facts are in. */
  readonly currency: string
  /** The provider's status names the sum; where it does not, a document tells it later. */
  readonly namesSums: boolean
  /** Oldest first, as in `believed.attempts`. */
  readonly attempts: ReadonlyArray<AttemptTruth>
  readonly believed: Payment
  /** Events of this payment that the application heard, each id once. */
  readonly told: ReadonlyArray<PaymentEvent>
  /** Attempts for which something is planned. */
  readonly watched: ReadonlySet<string>
  /** Attempts of which evidence is stored that no state has taken in. */
  readonly unread: ReadonlySet<string>
  /** Money that was asked back, oldest first. */
  readonly repayments: { readonly known: ReadonlyArray<KnownRepayment>; readonly believed: ReadonlyArray<Repayment> }
}

/** What our side holds for true of money, minor units; unnamed sums are nothing. */
export const believedSums = ({ believed }: Pick<Moment, "believed">): Pick<Sums, "charged" | "undone"> => {
  const { received, undone } = believed.state.money
  // Money that went back before its sum was named did come.
  return { charged: received?.minorUnits ?? undone?.minorUnits ?? 0n, undone: undone?.minorUnits ?? 0n }
}

const total = (amounts: ReadonlyArray<bigint>): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

export const trueSums = ({ attempts }: Pick<Moment, "attempts">): Sums => ({
  charged: total(attempts.map((one) => one.sums.charged)),
  undone: total(attempts.map((one) => one.sums.undone)),
  hasForeign: attempts.some((one) => one.sums.hasForeign),
  cameLess: attempts.some((one) => one.sums.cameLess),
  isPromised: attempts.some((one) => one.sums.isPromised)
})

/** Whether so much may be believed to be what was asked, until a document names it: then any money may, a foreign one too. */
export const seemsEnough = (
  amount: bigint,
  { hasForeign }: Pick<Sums, "hasForeign">,
  { asked, namesSums }: Pick<Moment, "asked" | "namesSums">
): boolean => (namesSums ? suffices(amount, asked) : hasForeign || suffices(amount, undefined))

/** Whether this much is what was asked; where the provider prices, any money may be. */
export const suffices = (amount: bigint, asked: Money | undefined): boolean => amount >= (asked?.minorUnits ?? 1n)
