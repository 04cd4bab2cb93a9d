// Orders with another sum.
import type { MoneyInput } from "@maksa/core"
import type { OrderScenario } from "../ProviderContract.ts"
import type { OrderChanges } from "../World.ts"

/** What the order asks for in all; nothing where the provider prices a line. */
export const sumOf = ({ amount, lines }: OrderScenario): MoneyInput | undefined => {
  if (amount !== undefined) return amount
  let total = 0n
  for (const line of lines ?? []) {
    if (!("amount" in line)) return undefined
    total += line.amount.minorUnits
  }
  const [first] = lines ?? []
  return first !== undefined && "amount" in first ? { minorUnits: total, currency: first.amount.currency } : undefined
}

/** The order with this sum in all, in one line. */
export const priced = (order: OrderScenario, sum: MoneyInput): OrderChanges => {
  const [line] = order.lines ?? []
  return line === undefined ? { amount: sum } : { lines: [{ ...line, amount: sum }] }
}

/** The order with these sums, in one line each. */
export const itemised = (order: OrderScenario, sums: ReadonlyArray<MoneyInput>): OrderChanges => {
  const [line = {}] = order.lines ?? []
  return { lines: sums.map((amount) => ({ ...line, amount })) }
}
