import type { Money } from "@maksa/core"
import type { ProviderTruth } from "../SandboxDriver.ts"

/** Money of one attempt at the provider, minor units of one currency. */
export interface Sums {
  readonly charged: bigint
  readonly undone: bigint
  /** Something was charged in another currency. */
  readonly hasForeign: boolean
  /** Money came again, and less than before: whether it is the same money is for a person to judge. */
  readonly cameLess: boolean
  /** More is promised, as far as the simulator tells. */
  readonly isPromised: boolean
}

export const noSums: Sums = { charged: 0n, undone: 0n, hasForeign: false, cameLess: false, isPromised: false }

const total = (amounts: ReadonlyArray<bigint>): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)

const shrinks = (amounts: ReadonlyArray<bigint>): boolean => amounts.some((one, i) => one < (amounts[i - 1] ?? one))

export const sumsOf = (
  truths: ReadonlyArray<Pick<ProviderTruth, "charged" | "undone" | "isPromised">>,
  currency: string
): Sums => {
  const inCurrency = (amounts: ReadonlyArray<Money>): ReadonlyArray<bigint> =>
    amounts.flatMap((amount) => (amount.currency === currency ? [amount.minorUnits] : []))
  return {
    charged: total(truths.flatMap(({ charged }) => inCurrency(charged))),
    undone: total(truths.flatMap(({ undone }) => inCurrency(undone))),
    hasForeign: truths.some(({ charged }) => charged.some((amount) => amount.currency !== currency)),
    cameLess: truths.some(({ charged }) => shrinks(inCurrency(charged))),
    isPromised: truths.some(({ isPromised }) => isPromised === true)
  }
}
