// Gate's list of banks ("Getting the list of banks"). The answer is unsigned, and its envelope is not documented, so that it
// is read leniently: it is shown to payers and proves nothing.
import { type Adapter, type BankOption, money, type Money } from "@maksa/core"
import * as Cache from "effect/Cache"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { randomUUID } from "node:crypto"
import type { manifest } from "../manifest.ts"
import type { EcommpayLvPaymentOptions } from "../options.ts"
import type { Settings } from "./configuration.ts"
import { malformed } from "./errors.ts"
import type { Gate } from "./gate.ts"

type Verbs = Adapter<typeof manifest, EcommpayLvPaymentOptions>

const path = "/v2/info/banks/latvia/sale/list"
const decodeJson = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))

/** Sums of which lists are kept, and for how long: banks change rarely, and payers are many. */
const capacity = 200
const timeToLive = "10 minutes"

// ASSUMPTION(ecommpay-lv#7): limits are minor units of `limitCurrency`, like every sum of Gate. The schema writes their
// names with blanks, its description without.
const least = ["min amount", "minAmount", "min_amount"]
const most = ["max amount", "maxAmount", "max_amount"]

const limitOf = (item: object, names: ReadonlyArray<string>): Money | undefined => {
  const currency = "limitCurrency" in item ? item.limitCurrency : "EUR"
  const value = Object.entries(item).find(([name]) => names.includes(name))?.[1]
  const isInteger = Number.isSafeInteger(value) || (typeof value === "string" && /^\d{1,18}$/.test(value))
  return currency === "EUR" && isInteger ? money(BigInt(String(value)), "EUR") : undefined
}

const bankOf = (item: unknown): BankOption | undefined => {
  if (!Predicate.isObject(item) || !("id" in item) || !("name" in item)) return undefined
  const { id, name } = item
  if (!/^[1-9]\d{0,9}$/.test(String(id)) || typeof name !== "string" || name.trim() === "") return undefined
  const min = limitOf(item, least)
  const max = limitOf(item, most)
  return { id: String(id), name, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

/** A list, an object of items, or either within an object; whatever is no bank is passed over. */
export const readBanks = (body: unknown, depth = 0): ReadonlyArray<BankOption> => {
  const bank = bankOf(body)
  if (bank !== undefined) return [bank]
  if (typeof body !== "object" || body === null || depth > 2) return []
  const found = new Map(
    Object.values(body)
      .flatMap((item) => readBanks(item, depth + 1))
      .map((one) => [one.id, one])
  )
  return [...found.values()]
}

const takes = ({ max, min }: BankOption, sum: bigint): boolean =>
  (min === undefined || min.minorUnits <= sum) && (max === undefined || max.minorUnits >= sum)

/** Banks that take the sum, asked with the real sum, because their limits depend on it. */
export const makeBanks = (gate: Gate, settings: Settings): Effect.Effect<Verbs["banks"]> =>
  Effect.map(
    Cache.makeWith(
      Effect.fnUntraced(function* (sum: bigint) {
        const asking = { instance: "ecommpay-lv" }
        const body = {
          // No payment needs to exist: its id may be any.
          general: { project_id: settings.projectId, payment_id: `banks_${randomUUID()}` },
          payment: { amount: Number(sum), currency: "EUR" }
        }
        const bytes = yield* gate.inform(asking, "banks", path, body)
        const answer = Option.getOrUndefined(decodeJson(new TextDecoder().decode(bytes)))
        const found = readBanks(answer)
        if (found.length === 0) return yield* malformed(asking, "banks", "it names no bank")
        return found.filter((bank) => takes(bank, sum))
      }),
      // A failure is nobody's list.
      { capacity, timeToLive: (exit) => (Exit.isSuccess(exit) ? timeToLive : 0) }
    ),
    (lists) =>
      ({ currency, minorUnits }) =>
        // The method is in euro only.
        currency === "EUR" ? Cache.get(lists, minorUnits) : Effect.succeed([])
  )
