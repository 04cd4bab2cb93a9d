// Adapters that are careless with sums.
import { AmountLine, type Claim, currencyDigits, type Money, money, toDecimal } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Saboteur } from "./Saboteur.ts"
import { retell, retellAnew, spoilAdapter } from "./spoiling.ts"

const resummed = (claim: Claim, sum: (right: Money) => Money | undefined): Claim => {
  if (claim._tag !== "received" && claim._tag !== "promised" && claim._tag !== "undone") return claim
  if (claim.amount === undefined) return claim
  const amount = sum(claim.amount)
  return { _tag: claim._tag, ...(amount === undefined ? {} : { amount }) }
}

/** Every sum that the provider names, read otherwise. */
const misread = (sum: (right: Money) => Money | undefined): Saboteur["spoil"] =>
  retell((one) => ({ ...one, says: resummed(one.says, sum) }))

/** Every sum that is sent to the provider, written otherwise. */
const miswritten = (sum: (right: Money) => Money): Saboteur["spoil"] =>
  spoilAdapter(({ create }) => ({
    create: (input) =>
      create({
        ...input,
        ...(input.total === undefined ? {} : { total: sum(input.total) }),
        lines: input.lines.map((line) =>
          line._tag === "amount"
            ? new AmountLine({
                amount: sum(line.amount),
                ...(line.position === undefined ? {} : { position: line.position })
              })
            : line
        )
      })
  }))

const scale = ({ currency }: Money): number => 10 ** currencyDigits(currency)
const whole = (sum: Money): Money => money(sum.minorUnits - (sum.minorUnits % BigInt(scale(sum))), sum.currency)
// The way in which decimals become cents in careless programs.
const floated = (sum: Money): Money => money(BigInt(Math.trunc(Number(toDecimal(sum)) * scale(sum))), sum.currency)

export const moneySaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "floats-what-it-reads",
    sentence: "Reads sums by floating point.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: misread(floated)
  },
  {
    id: "floats-what-it-sends",
    sentence: "Writes sums by floating point.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: miswritten(floated)
  },
  {
    id: "drops-cents-that-it-reads",
    sentence: "Reads whole euros only.",
    kind: "adapter",
    killedBy: "wrong-sum-is-never-paid",
    spoil: misread(whole)
  },
  {
    id: "drops-cents-that-it-sends",
    sentence: "Asks for whole euros only.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: miswritten(whole)
  },
  {
    id: "takes-euros-for-cents",
    sentence: "Takes the provider's major units for minor units.",
    kind: "adapter",
    killedBy: "amount-evidence",
    spoil: misread((sum) => money(sum.minorUnits / BigInt(scale(sum)), sum.currency))
  },
  {
    id: "sends-cents-for-euros",
    sentence: "Asks for a hundred times the sum.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: miswritten((sum) => money(sum.minorUnits * BigInt(scale(sum)), sum.currency))
  },
  {
    id: "drops-the-currency",
    sentence: "Takes every sum for euros.",
    kind: "adapter",
    killedBy: "wrong-currency-is-never-paid",
    spoil: misread(({ minorUnits }) => money(minorUnits, "EUR"))
  },
  {
    id: "drops-the-sum",
    sentence: "Does not tell how much came.",
    kind: "adapter",
    killedBy: "amount-evidence",
    spoil: misread(() => undefined)
  },
  {
    id: "believes-what-was-asked",
    sentence: "Tells that the asked sum came, whatever came.",
    kind: "adapter",
    killedBy: "wrong-sum-is-never-paid",
    spoil: spoilAdapter(({ create, status, webhook }) => {
      const asked = new Map<string, Money>()
      return {
        create: (input) => {
          if (input.total !== undefined) asked.set(input.attemptId, input.total)
          return create(input)
        },
        status: (attempt) =>
          Effect.map(status(attempt), (observed) =>
            observed.map((one) => ({ ...one, says: resummed(one.says, (sum) => attempt.total ?? sum) }))
          ),
        webhook: (inbound) =>
          Effect.map(webhook(inbound), (verdict) => ({
            ...verdict,
            observations: verdict.observations.map((one) => {
              const { about } = one
              const total = about !== undefined && "attemptId" in about ? asked.get(about.attemptId) : undefined
              return { ...one, says: resummed(one.says, (sum) => total ?? sum) }
            })
          }))
      }
    })
  },
  {
    id: "loses-the-sum-of-a-strange-currency",
    sentence: "Tells no sum where the currency is not the usual one.",
    kind: "adapter",
    killedBy: "wrong-currency-is-never-paid",
    spoil: misread((sum) => (sum.currency === "EUR" ? sum : undefined))
  },
  {
    id: "reads-decimals-up-to-the-comma",
    sentence: "Reads the part of a sum before its decimal comma.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: misread((sum) => (sum.minorUnits % BigInt(scale(sum)) === 0n ? sum : whole(sum)))
  },
  {
    id: "counts-one-charge",
    sentence: "Takes every charge of a payment for the same one.",
    kind: "adapter",
    killedBy: "second-money-is-overpaid",
    spoil: retell((one) => (one.says._tag === "received" ? { ...one, operation: "charge" } : one))
  },
  {
    id: "a-part-is-the-whole",
    sentence: "Takes a part that goes back for the whole.",
    kind: "adapter",
    killedBy: "reversal-after-paid",
    spoil: retell((one) => (one.says._tag === "undone" ? { ...one, says: { _tag: "undone" } } : one))
  },
  {
    id: "parts-do-not-matter",
    sentence: "Does not tell of a part that goes back.",
    kind: "adapter",
    killedBy: "reversal-after-paid",
    spoil: retell((one) =>
      one.says._tag === "undone" && one.says.amount !== undefined && one.says.amount.minorUnits < 100n ? undefined : one
    )
  },
  {
    id: "sums-what-it-hears",
    sentence: "Takes each message about one charge for another charge.",
    kind: "adapter",
    killedBy: "duplicate-notice",
    spoil: retellAnew(() => {
      let count = 0
      return (one) => (one.says._tag === "received" ? { ...one, operation: `${one.operation ?? ""}${count++}` } : one)
    })
  }
]
