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
  // An attempt whose sum nobody named yet counts as asked, so a second collected attempt shows at once.
  const paidAttempts = folds.filter((fold) => fold.name === "paid_soft" || fold.name === "paid_hard").length
  const net = received === undefined || undone === undefined ? received : subtract(received, undone)
  if (paidAttempts > 1 || (net !== undefined && asked !== undefined && compare(net, asked) > 0))
    attention.add("overpaid")
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
