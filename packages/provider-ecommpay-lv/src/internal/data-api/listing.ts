// The provider's list for reconciliation: operations by the time of their completion, united into payments.
import { type Adapter, AttemptId, type ListedPayment, money, type PaymentError } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ListingManifest } from "../../manifest.ts"
import type { EcommpayLvPaymentOptions } from "../../options.ts"
import type { Settings } from "../configuration.ts"
import type { Gate } from "../gate.ts"
import type { DataApi } from "./dataApi.ts"
import type { DataOperation } from "./DataOperation.ts"
import { isPayout, moneyOf, saleOf, unknownOf } from "./standing.ts"

type List = Adapter<ListingManifest, EcommpayLvPaymentOptions>["list"]

const asking = { instance: "ecommpay-lv" }
const isAttemptId = Schema.is(AttemptId)

/**
 * A row tells how a payment stands now, so that what happened after the span is asked for too.
 *
 * ASSUMPTION(ecommpay-lv#11): a month after one of its operations ended nothing happens to a payment any more. What does
 * stands in the list of its own time, and the row of the earlier one then tells an earlier state.
 */
const afterwardsMillis = 31 * 86_400_000
const askedAtOnce = 4

const wholeSeconds = (epochMillis: number): number => Math.floor(epochMillis / 1000) * 1000

export const makeList = (dataApi: DataApi, gate: Gate, settings: Settings): List => {
  const confirmsFunds = settings.fundsConfirmation !== "off"

  /** All operations of a payment that was begun before what was read; its sale says what was paid. */
  const wholeOf = (
    paymentId: string,
    read: ReadonlyArray<DataOperation>
  ): Effect.Effect<ReadonlyArray<DataOperation>, PaymentError> =>
    saleOf(read) === undefined ? dataApi.ofPayment(asking, "list", paymentId) : Effect.succeed(read)

  const observationsOf = Effect.fnUntraced(function* (
    paymentId: string,
    operations: ReadonlyArray<DataOperation>
  ): Effect.fn.Return<ListedPayment["observations"], PaymentError> {
    const told = moneyOf(operations, confirmsFunds)
    const others = unknownOf(operations)
    if (told !== undefined) return [told, ...others]
    const asked = yield* gate.observe(asking, "list", paymentId, undefined)
    // That Gate does not know (yet) what stands in the list says nothing.
    return [...asked.filter(({ says }) => says._tag !== "absent"), ...others]
  })

  const rowOf = Effect.fnUntraced(function* (
    paymentId: string,
    read: ReadonlyArray<DataOperation>
  ): Effect.fn.Return<ListedPayment, PaymentError> {
    // A stranger's payment in the same project is only counted.
    const isOurs = isAttemptId(paymentId)
    const operations = isOurs ? yield* wholeOf(paymentId, read) : read
    const sum = saleOf(operations)?.sum
    const begun = operations.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt]))
    return {
      providerReference: paymentId,
      ...(isOurs ? { attemptId: paymentId } : {}),
      observations: isOurs ? yield* observationsOf(paymentId, operations) : [],
      ...(sum === undefined ? {} : { amount: money(sum.amount, sum.currency) }),
      ...(begun.length === 0 ? {} : { createdAt: Math.min(...begun) })
    }
  })

  return Effect.fnUntraced(function* ({ from, to }) {
    const now = yield* Clock.currentTimeMillis
    const start = wholeSeconds(from)
    const until = Math.max(to, Math.min(to + afterwardsMillis, now))
    const byPayment = new Map<string, Array<DataOperation>>()
    for (const operation of yield* dataApi.completed(asking, start, until)) {
      if (isPayout(operation)) continue
      const known = byPayment.get(operation.paymentId)
      if (known === undefined) byPayment.set(operation.paymentId, [operation])
      else known.push(operation)
    }
    // One whose time cannot be read is not lost for that.
    const isInside = ({ completedAt }: DataOperation): boolean =>
      completedAt === undefined || (completedAt >= start && completedAt < to)
    return yield* Effect.forEach(
      [...byPayment].filter(([, operations]) => operations.some(isInside)),
      ([paymentId, operations]) => rowOf(paymentId, operations),
      { concurrency: askedAtOnce }
    )
  })
}
