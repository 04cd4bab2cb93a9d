import { add, compare, type ConfirmationInput, type Money, money, subtract } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import type { Agency } from "./agency.ts"
import { documentNumber } from "./documentNumber.ts"
import { evidenceOf } from "./evidence.ts"
import { moneyReturned, notReady } from "./refusals.ts"
import { cleanText } from "./text.ts"
import type { Language } from "./texts.ts"

export interface LineFacts {
  readonly kind: "amount" | "tariff"
  readonly description?: string
  readonly position?: string
  /** Decimal text; only on tariff lines. */
  readonly quantity?: string
  /** Absent on tariff lines, whose price is the provider's. */
  readonly amount?: Money
}

/** What a confirmation states, the same for both formats. Texts are clean; times are epoch milliseconds. */
export interface Facts {
  readonly language: Language
  readonly number: string
  readonly paymentId: string
  readonly issuedAt: number
  readonly environment: "sandbox" | "test" | "live"
  readonly agency: Agency
  /** What the agency holds: received less returned. */
  readonly amount: Money
  /** Only where it differs from `amount`. */
  readonly requested?: Money
  /** With `returned`, only where something was returned. */
  readonly received?: Money
  readonly returned?: Money
  readonly merchantReference: string
  readonly purpose: string
  readonly lines: ReadonlyArray<LineFacts>
  readonly instance: string
  /** The provider as payers know it. */
  readonly providerName: string
  readonly paidVia?: string
  readonly providerReference?: string
  readonly paidAt: number
  /** `provider`: the provider's time of the payment. `confirmed`: when it was first confirmed to us. */
  readonly paidAtSource: "provider" | "confirmed"
  /** Whose word it rests on. */
  readonly basis: "provider" | "operator"
  readonly finality: "soft" | "hard"
  /** Until when at least a soft payment may change; absent where that is not known or is past. */
  readonly softUntil?: number
}

const isSome = (sum: Money | undefined): sum is Money => sum !== undefined && sum.minorUnits > 0n

const optional = (key: "paidVia" | "providerReference", text: string | undefined) =>
  text === undefined || text === "" ? {} : { [key]: cleanText(text) }

/** Throws `PaymentError` where there is nothing that may be confirmed. */
export const toFacts = (input: ConfirmationInput, agency: Agency): Facts => {
  const { payment, softUntil } = input
  const { state } = payment
  if (state.status === "reversed") throw moneyReturned(payment)
  if (state.status !== "paid")
    throw notReady(payment, `the payment is ${state.status}; only a paid payment can be confirmed.`)
  const evidence = evidenceOf(input)
  const received = state.money.received ?? (evidence.basis === "operator" ? state.money.asked : undefined)
  if (!isSome(received)) throw notReady(payment, "how much money came is not proven yet.")
  const returned = [state.money.undone, state.money.givenBack].filter(isSome).reduce(add, money(0n, received.currency))
  const amount = subtract(received, returned)
  if (amount.minorUnits <= 0n) throw moneyReturned(payment)
  const asked = state.money.asked ?? payment.amount
  if (asked !== undefined && asked.currency !== received.currency) {
    throw notReady(payment, "the money received is in another currency than was asked.")
  }
  // Core calls less than was asked paid only where an operator decided so; then that decision is what it rests on.
  const isShort = asked !== undefined && compare(received, asked) < 0
  if (isShort && !evidence.isDecided) throw notReady(payment, "the money received is less than was asked.")
  const { attempt } = evidence
  return {
    language: input.language,
    number: documentNumber(payment.id, DateTime.toEpochMillis(payment.createdAt)),
    paymentId: payment.id,
    issuedAt: input.issuedAt,
    environment: payment.environment,
    agency,
    amount,
    ...(asked === undefined || compare(asked, amount) === 0 ? {} : { requested: asked }),
    ...(returned.minorUnits === 0n ? {} : { received, returned }),
    merchantReference: cleanText(payment.merchantReference),
    purpose: cleanText(payment.purpose),
    lines: payment.lines.map((line) => ({
      kind: line._tag,
      ...(line.description === undefined ? {} : { description: cleanText(line.description) }),
      ...(line.position === undefined ? {} : { position: cleanText(line.position) }),
      ...(line._tag === "tariff" ? { quantity: line.quantity } : { amount: line.amount })
    })),
    instance: attempt.instance,
    providerName: cleanText(input.providerNames?.[attempt.instance] ?? attempt.instance),
    ...optional("paidVia", evidence.paidVia ?? attempt.paidVia),
    ...optional("providerReference", evidence.providerReference ?? attempt.providerReference),
    paidAt: evidence.paidAt,
    paidAtSource: evidence.paidAtSource,
    basis: isShort ? "operator" : evidence.basis,
    finality: state.finality,
    ...(state.finality === "hard" || softUntil === undefined || softUntil <= input.issuedAt ? {} : { softUntil })
  }
}
