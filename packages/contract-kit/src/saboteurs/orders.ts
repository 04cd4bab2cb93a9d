// Adapters that order something else than what was asked.
import { AmountLine, type CreateInput, currencyDigits, type Money, money, TariffLine } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { OrderScenario } from "../provider/ProviderContract.ts"
import type { Saboteur } from "./Saboteur.ts"
import { spoilAdapter } from "./spoiling.ts"

/** The order that the provider gets, written otherwise. */
const ordered = (change: (input: CreateInput<unknown>) => Partial<CreateInput<unknown>>): Saboteur["spoil"] =>
  spoilAdapter(({ create }) => ({ create: (input) => create({ ...input, ...change(input) }) }))

/** The quantity of every line that the provider prices, written otherwise. */
const quantities = (change: (quantity: string) => string): Saboteur["spoil"] =>
  ordered(({ lines }) => ({
    lines: lines.map((line) =>
      line._tag === "tariff" ? new TariffLine({ position: line.position, quantity: change(line.quantity) }) : line
    )
  }))

/** What is left of a sum that is written `1 234.57`. */
const upToTheBlank = ({ currency, minorUnits }: Money): Money => {
  const major = 10n ** BigInt(currencyDigits(currency))
  const thousands = minorUnits / (1000n * major)
  return money(thousands === 0n ? minorUnits : thousands * major, currency)
}

const positionOf = ({ position }: AmountLine) => (position === undefined ? {} : { position })

/** An order of nobody's. */
const probe = ({ options }: OrderScenario, now: number): CreateInput<unknown> => ({
  paymentId: "pay_probe",
  attemptId: "att_probe",
  instance: "probe",
  merchantReference: "PROBE",
  lines: [new AmountLine({ amount: money(100n, "EUR") })],
  total: money(100n, "EUR"),
  createdAt: now,
  deadline: now + 3_600_000,
  now,
  purpose: "Probe",
  options,
  urls: { return: "https://agency.example/r", webhook: "https://agency.example/w", next: "https://agency.example/n" }
})

const isTariff = ({ lines = [] }: OrderScenario): boolean => lines.some((line) => "quantity" in line)

/** The same contract, whose usual order is one that the provider prices. */
const pricedByProvider: NonNullable<Saboteur["from"]> = (contract) => {
  const { orders } = contract.scenarios
  const [usual = orders[0], ...others] = orders.toSorted((a, b) => Number(isTariff(b)) - Number(isTariff(a)))
  return { ...contract, scenarios: { ...contract.scenarios, orders: [usual, ...others] } }
}

/** The sum that has the same digits in a currency of two decimals. */
const asCents = ({ currency, minorUnits }: Money): Money => {
  const digits = currencyDigits(currency)
  return money(digits > 2 ? minorUnits / 10n ** BigInt(digits - 2) : minorUnits * 10n ** BigInt(2 - digits), currency)
}

export const orderSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "takes-every-sum-for-cents",
    sentence: "Writes sums as if each currency had two decimals.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: ordered(({ lines }) => ({
      lines: lines.map((line) =>
        line._tag === "amount" ? new AmountLine({ ...positionOf(line), amount: asCents(line.amount) }) : line
      )
    }))
  },
  {
    id: "spells-without-diacritics",
    sentence: "Sends the purpose in the letters of ASCII.",
    kind: "adapter",
    killedBy: "purpose-arrives",
    spoil: ordered(({ purpose }) => ({ purpose: purpose.normalize("NFD").replaceAll(/\p{M}/gu, "") }))
  },
  {
    id: "cuts-the-purpose",
    sentence: "Sends what fits into an old bank form of the purpose.",
    kind: "adapter",
    killedBy: "purpose-arrives",
    spoil: ordered(({ purpose }) => ({ purpose: purpose.slice(0, 35) }))
  },
  {
    id: "orders-the-first-line",
    sentence: "Sends only the first of several lines.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: ordered(({ lines }) => ({ lines: lines.slice(0, 1) }))
  },
  {
    id: "orders-each-sum-once",
    sentence: "Takes two lines with the same sum for one.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: ordered(({ lines }) => ({
      lines: lines.filter(
        (line, i) =>
          line._tag !== "amount" ||
          lines.findIndex((one) => one._tag === "amount" && one.amount.minorUnits === line.amount.minorUnits) === i
      )
    }))
  },
  {
    id: "rounds-a-quantity",
    sentence: "Rounds quantities to whole numbers.",
    kind: "adapter",
    killedBy: "quantity-counts",
    from: pricedByProvider,
    spoil: quantities((quantity) => String(Math.max(1, Math.round(Number(quantity)))))
  },
  {
    id: "orders-one-of-each",
    sentence: "Sends every position once, whatever its quantity is.",
    kind: "adapter",
    killedBy: "quantity-counts",
    from: pricedByProvider,
    spoil: quantities(() => "1")
  },
  {
    id: "writes-thousands-with-a-blank",
    sentence: "Writes sums of a thousand and more as people do, and the provider reads their first digits.",
    kind: "adapter",
    killedBy: "every-cent-arrives",
    spoil: ordered(({ lines }) => ({
      lines: lines.map((line) =>
        line._tag === "amount" ? new AmountLine({ amount: upToTheBlank(line.amount), ...positionOf(line) }) : line
      )
    }))
  },
  {
    id: "checks-by-ordering",
    sentence: "Finds out whether the provider is well by an order.",
    kind: "adapter",
    killedBy: "check-tells-trouble",
    spoil: spoilAdapter(({ check, create }, { contract, driver }) => {
      const [order] = contract.scenarios.orders
      return { check: check && (() => Effect.andThen(Effect.exit(create(probe(order, driver.now()))), check())) }
    })
  }
]
