import { type Money, money } from "../Money.ts"
import type { PaymentStatus } from "../State.ts"
import type { LedgerEntry } from "./evidence.ts"

const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

// No provider's operation is called so: operations are the adapters' own words.
const denied = "\0denied"

/** The money of one attempt while its ledger is folded: per operation, never summed over observations. */
export class MoneyBook {
  readonly #received = new Map<string, bigint>()
  readonly #undone = new Map<string, bigint>()
  readonly #asked: Money | undefined
  /** The operation that took back all there was without naming a sum, if none has named one since. */
  #unnamed: string | undefined
  #currency: string | undefined

  constructor(asked: Money | undefined) {
    this.#asked = asked
    this.#currency = asked?.currency
  }

  get currency(): string | undefined {
    return this.#currency
  }
  /** `undefined`: no sum was ever named. */
  get received(): bigint | undefined {
    return this.#received.size === 0 ? undefined : sum(this.#received.values())
  }
  get undone(): bigint {
    return sum(this.#undone.values())
  }

  /** Notes what an entry names (`mayReturn`: the state lets undone money come back); answers whether it names less for its operation than is proven already. */
  note(entry: LedgerEntry, mayReturn: boolean): boolean {
    const { says } = entry
    const operation = entry.operation ?? ""
    if (says._tag === "received" && says.amount !== undefined) {
      this.#currency ??= says.amount.currency
      // A foreign currency is never added up; weighing sees the mismatch by the currency alone.
      if (says.amount.currency !== this.#currency) return false
      const known = this.#received.get(operation)
      if (known !== undefined && says.amount.minorUnits < known) return true
      // Money that nobody had named before it went is the sum that was asked; that it is there, only an answer tells.
      const isFirst = this.#received.size === 0 && entry.channel === "query"
      const before = isFirst ? this.#asked?.minorUnits : this.received
      if (this.#received.size === 0 && !isFirst) this.#nameWhatWent(says.amount.minorUnits)
      this.#received.set(operation, says.amount.minorUnits)
      // The same money is there again, or more of it: what was undone has come back. Another operation's money is other
      // money. Where only a part went back, the same word may still mean the first sum: that is for a person.
      const isSame = isFirst || known !== undefined
      if (mayReturn && isSame && before !== undefined && this.undone >= before) this.#undone.clear()
    }
    if (says._tag === "received" && says.amount === undefined && mayReturn) this.#undone.clear()
    if (says._tag === "undone") {
      // The reversal's own message names the money that a query had only denied: it is the same money.
      this.#undone.delete(denied)
      const all = this.received ?? this.#asked?.minorUnits ?? 0n
      const others = this.undone - (this.#undone.get(operation) ?? 0n)
      const named = says.amount?.minorUnits ?? all
      this.#unnamed = says.amount === undefined ? operation : undefined
      // No more can go back than came.
      const amount = all > 0n && named > all - others ? all - others : named
      if (amount > (this.#undone.get(operation) ?? 0n)) this.#undone.set(operation, amount)
    }
    return false
  }

  /** The first sum that is named, if not by an answer, may be of the time before all of it went: then so much went. */
  #nameWhatWent(minorUnits: bigint): void {
    if (this.#unnamed !== undefined && this.#undone.has(this.#unnamed) && this.#undone.size === 1) {
      this.#undone.set(this.#unnamed, minorUnits)
    }
  }

  /** A query denies money that was there: all of it is gone. */
  deny(): void {
    const all = this.received ?? this.#asked?.minorUnits ?? 0n
    const rest = all - this.undone
    if (rest > 0n) this.#undone.set(denied, rest)
  }

  /** An operator judged: reversed money (`wasThere`: any had come) is gone, and paid money of which nothing was left is there again. */
  decide(status: PaymentStatus, wasThere: boolean): void {
    if (status === "reversed" && wasThere) this.deny()
    if (status === "paid" && this.undone >= (this.received ?? 0n)) this.#undone.clear()
  }

  toMoney(minorUnits: bigint | undefined): Money | undefined {
    return minorUnits === undefined || this.#currency === undefined ? undefined : money(minorUnits, this.#currency)
  }
}
