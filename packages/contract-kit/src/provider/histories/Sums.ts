import type { Money } from "@maksa/core"
import type { ProviderTruth } from "../SandboxDriver.ts"

/** Money of one attempt at the provider, minor units of one currency. */
export interface Sums {
  readonly charged: bigint
  readonly undone: bigint
  /** Something was charged in another currency. */
  readonly hasForeign: boolean
  /** More is promised, as far as the simulator tells. */
  readonly isPromised: boolean
}

export const noSums: Sums = { charged: 0n, undone: 0n, hasForeign: false, isPromised: false }

const sum = (amounts: ReadonlyArray<Money>, currency: string): bigint => {
  let total = 0n
  for (const amount of amounts) if (amount.currency === currency) total += amount.minorUnits
  return total
}

export const sumsOf = (
  truths: ReadonlyArray<Pick<ProviderTruth, "charged" | "undone" | "isPromised">>,
  currency: string
): Sums => ({
  charged: sum(
    truths.flatMap((truth) => truth.charged),
    currency
  ),
  undone: sum(
    truths.flatMap((truth) => truth.undone),
    currency
  ),
  hasForeign: truths.some((truth) => truth.charged.some((amount) => amount.currency !== currency)),
  isPromised: truths.some((truth) => truth.isPromised === true)
})
