// How much may still go back.
import type { PaymentRow, StoreTransaction } from "../../Store.ts"
import { foldAttempts } from "../folding.ts"
import type { Runtime } from "../Runtime.ts"
import { binds } from "./row.ts"

export interface Available {
  readonly minorUnits: bigint
  readonly currency: string | undefined
  /** What each attempt has of it, before what is bound is taken off. */
  readonly byAttempt: ReadonlyMap<string, bigint>
}

/** The hard money of each attempt, or with an override all that is there, less what is bound already. */
export const available = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  isOverride: boolean,
  now: number,
  except?: string
): Promise<Available> => {
  const byAttempt = new Map<string, bigint>()
  let net = 0n
  let currency = payment.currency
  for (const { attempt, fold } of await foldAttempts(runtime, tx, payment, now)) {
    currency ??= fold.received?.currency
    if (fold.name !== "paid_hard" && !isOverride) continue
    // Paid without a named sum is paid as asked; what nobody asked or named cannot go back.
    const unnamed = fold.isUnconfirmed || fold.name === "paid_hard" ? (payment.askedMinor ?? 0n) : 0n
    const own = (fold.received?.minorUnits ?? unnamed) - (fold.undone?.minorUnits ?? 0n)
    // Money that went without ever being seen to come takes nothing from another attempt's.
    if (own <= 0n) continue
    net += own
    byAttempt.set(attempt.id, own)
  }
  const rows = (await tx.repaymentsOf(payment.id)).filter((row) => binds(row) && row.id !== except)
  // What goes back through one attempt is taken from its own first.
  for (const row of rows) {
    const own = row.attemptId === undefined ? undefined : byAttempt.get(row.attemptId)
    if (row.attemptId !== undefined && own !== undefined) byAttempt.set(row.attemptId, own - row.amountMinor)
  }
  return { minorUnits: net - rows.reduce((sum, row) => sum + row.amountMinor, 0n), currency, byAttempt }
}
