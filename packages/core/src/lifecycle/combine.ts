import { add, compare, type Money, subtract } from "../Money.ts"
import { type Attention, MoneyFacts, PaymentState, type StateReason } from "../State.ts"
import type { AttemptFold } from "./fold.ts"
import { publicState } from "./table.ts"

const united = (amounts: ReadonlyArray<Money | undefined>, currency: string | undefined): Money | undefined => {
  let sum: Money | undefined
  for (const amount of amounts) {
    if (amount === undefined || amount.currency !== currency) continue
    sum = sum === undefined ? amount : add(sum, amount)
  }
  return sum
}

/** What went back of the money that came. A promise that was taken back took nothing of what another attempt brought. */
const gone = ({ received, undone }: AttemptFold): Money | undefined =>
  undone === undefined || received === undefined ? undefined : compare(undone, received) > 0 ? received : undone

const isPaid = ({ name }: AttemptFold): boolean => name === "paid_soft" || name === "paid_hard"

/** More is there than one payment's sum, less what went back to the payer by repayments that left or may have left. */
const isOverpaid = (
  asked: Money | undefined,
  folds: ReadonlyArray<AttemptFold>,
  currency: string | undefined,
  givenBack: Money | undefined
): boolean => {
  const paid = folds.filter(isPaid)
  const named = paid.flatMap(({ received }) => (received?.currency === currency && received ? [received] : []))
  // Two sums came and nobody says how much both were: for a person to see.
  if (asked === undefined && paid.length > named.length && paid.length > 1) return true
  const due =
    asked ?? named.reduce<Money | undefined>((a, b) => (a === undefined || compare(a, b) < 0 ? b : a), undefined)
  // Paid without a named sum counts as paid as asked, so that a second collected attempt shows at once.
  const came = united(
    folds.map((fold) => fold.received ?? (isPaid(fold) ? asked : undefined)),
    currency
  )
  if (due === undefined || came === undefined) return false
  const went = [united(folds.map(gone), currency), givenBack?.currency === currency ? givenBack : undefined]
  const kept = went.reduce<Money>((sum, one) => (one === undefined ? sum : subtract(sum, one)), came)
  return compare(kept, due) > 0
}

const firstCurrency = (folds: ReadonlyArray<AttemptFold>): string | undefined =>
  folds.map((fold) => fold.received?.currency ?? fold.promised?.currency).find((currency) => currency !== undefined)

/**
 * Unites the attempts of one payment, oldest first: money anywhere counts, and without money the newest attempt speaks, so
 * that a stale attempt can neither cancel nor revive a newer one.
 */
export const combine = (
  asked: Money | undefined,
  folds: ReadonlyArray<AttemptFold>,
  givenBack: Money | undefined
): PaymentState => {
  const speaking =
    folds.find((fold) => fold.name === "under_review") ??
    folds.find((fold) => fold.name === "paid_hard") ??
    folds.find((fold) => fold.name === "paid_soft") ??
    folds.findLast((fold) => fold.name === "provisional") ??
    folds.at(-1)
  const { status, finality } = publicState[speaking?.name ?? "created"]
  const currency = asked?.currency ?? firstCurrency(folds)
  const promised = united(
    folds.map((fold) => fold.promised),
    currency
  )
  const received = united(
    folds.map((fold) => fold.received),
    currency
  )
  const undone = united(folds.map(gone), currency)
  const attention = new Set<Attention>(folds.flatMap((fold) => [...fold.attention]))
  if (isOverpaid(asked, folds, currency, givenBack)) attention.add("overpaid")
  else attention.delete("overpaid")

  const reason: StateReason | undefined = speaking?.reason
  return new PaymentState({
    status,
    finality,
    attention: [...attention].toSorted(),
    ...(reason === undefined ? {} : { reason }),
    money: new MoneyFacts({
      ...(asked === undefined ? {} : { asked }),
      ...(promised === undefined ? {} : { promised }),
      ...(received === undefined ? {} : { received }),
      ...(undone === undefined ? {} : { undone }),
      ...(givenBack === undefined ? {} : { givenBack })
    })
  })
}
