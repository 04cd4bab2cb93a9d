// Which unknown rows an orphan may be: by sum and time, for a person to decide.
import type { ListedPayment } from "../../ListedPayment.ts"
import type { Money } from "../../Money.ts"

export interface Orphan {
  readonly asked: Money | undefined
  readonly submittedAt: number
}

type Row = Pick<ListedPayment, "providerReference" | "amount" | "createdAt">

/** Clocks differ by minutes and lists are often dated by the day. */
const day = 86_400_000
const mostCandidates = 10

const fits = ({ asked, submittedAt }: Orphan, { amount, createdAt }: Row): boolean => {
  if (createdAt !== undefined && Math.abs(createdAt - submittedAt) > day) return false
  if (asked === undefined || amount === undefined) return createdAt !== undefined
  return asked.currency === amount.currency && asked.minorUnits === amount.minorUnits
}

/** Rows with another sum or of another day are out; the nearest in time come first, and rows without a time last. */
export const candidatesFor = <R extends Row>(orphan: Orphan, rows: ReadonlyArray<R>): ReadonlyArray<R> => {
  const distance = ({ createdAt }: Row): number =>
    createdAt === undefined ? Number.POSITIVE_INFINITY : Math.abs(createdAt - orphan.submittedAt)
  return rows
    .filter((row) => fits(orphan, row))
    .toSorted((a, b) => {
      const [first, second] = [distance(a), distance(b)]
      return first === second ? (a.providerReference < b.providerReference ? -1 : 1) : first - second
    })
    .slice(0, mostCandidates)
}
