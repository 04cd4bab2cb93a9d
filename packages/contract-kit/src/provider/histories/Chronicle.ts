// What a history has done and seen so far: the bridge between the steps, the model and the world.
import type { NextAction, Payment, PaymentEvent, Repayment } from "@maksa/core"
import type { OrderScenario } from "../ProviderContract.ts"
import type { AttemptAtProvider, ProviderTruth } from "../SandboxDriver.ts"
import type { WorldStore } from "../WorldStore.ts"
import { type Deeds, moved, noDeeds } from "./Deeds.ts"
import type { HistoryWorld } from "./HistoryWorld.ts"
import type { AttemptTruth, Moment } from "./Moment.ts"
import { isCarried, isGone, type KnownRepayment } from "./Repayments.ts"
import { type Sums, sumsOf } from "./Sums.ts"

/** An order that the application placed, or tried to. */
export interface Order {
  readonly scenario: OrderScenario
  readonly key: string
  readonly merchantReference: string
  readonly deadline: Date
  /** Unknown while `create` has not told it. */
  paymentId: string | undefined
  moment: Moment | undefined
  /** Taken for it, oldest first. */
  readonly repayments: Array<KnownRepayment>
}

export interface Chronicle {
  readonly world: HistoryWorld
  /** Oldest first. */
  readonly orders: Array<Order>
  readonly deeds: Map<string, Deeds>
  /** The provider's payments for each attempt, as last seen. */
  readonly truths: Map<string, ReadonlyArray<ProviderTruth>>
  /** What the payer was given, though our side may offer it no more. */
  readonly links: Map<string, NextAction>
  /** Messages are kept back now. */
  isHolding: boolean
  /** Messages that were kept back and never brought to us. */
  readonly kept: Set<string>
  /** Messages that exist. */
  readonly noticed: Set<string>
  /** When everything was last looked at, epoch milliseconds. */
  lookedAt: number
  /** The provider was told to refuse `create` at some time. */
  refusesCreate: boolean
  /** Our clock went wrong at some time. */
  isSkewed: boolean
  /** How often money was asked back. */
  repaymentsAsked: number
}

export const makeChronicle = (world: HistoryWorld): Chronicle => ({
  world,
  orders: [],
  deeds: new Map(),
  truths: new Map(),
  links: new Map(),
  isHolding: false,
  kept: new Set(),
  noticed: new Set(),
  lookedAt: world.driver.now(),
  refusesCreate: false,
  isSkewed: false,
  repaymentsAsked: 0
})

/** Counts from the newest, and wraps around. */
export const newest = <A>(list: ReadonlyArray<A>, of: number): A | undefined =>
  list.length === 0 ? undefined : list[list.length - 1 - (of % list.length)]

export interface KnownAttempt {
  readonly order: Order
  readonly attempt: Payment["attempts"][number]
  readonly at: AttemptAtProvider
}

/** Every attempt that was ever seen, oldest first; `news`: payments that were looked at just now. */
export const attemptsOf = (
  { orders, links }: Chronicle,
  news: ReadonlyMap<Order, Payment> = new Map()
): ReadonlyArray<KnownAttempt> =>
  orders.flatMap((order) =>
    ((news.get(order) ?? order.moment?.believed)?.attempts ?? []).map((attempt) => {
      const nextAction = attempt.nextAction ?? links.get(attempt.id)
      return {
        order,
        attempt,
        at: {
          attemptId: attempt.id,
          merchantReference: order.merchantReference,
          ...(attempt.providerReference === undefined ? {} : { providerReference: attempt.providerReference }),
          ...(nextAction === undefined ? {} : { nextAction })
        }
      }
    })
  )

export const deedsOf = (chronicle: Chronicle, attemptId: string): Deeds => {
  const known = chronicle.deeds.get(attemptId)
  if (known !== undefined) return known
  const { refusesCreate, world } = chronicle
  const deeds = { ...noDeeds(world.driver.now()), wasRefused: refusesCreate }
  chronicle.deeds.set(attemptId, deeds)
  return deeds
}

const distinct = (events: ReadonlyArray<PaymentEvent>, paymentId: string): ReadonlyArray<PaymentEvent> => [
  ...new Map(
    events.filter((event) => event.paymentId === paymentId).map((event) => [event.id, event] as const)
  ).values()
]

const currencyOf = ({ world }: Chronicle, believed: Payment | undefined): string =>
  believed?.amount?.currency ?? world.driver.facts.limits.currencies[0] ?? "EUR"

/** The attempt's money at the provider, as last seen. */
export const sumsSeen = (chronicle: Chronicle, { order, attempt }: KnownAttempt): Sums =>
  sumsOf(chronicle.truths.get(attempt.id) ?? [], currencyOf(chronicle, order.moment?.believed))

/** Looks at the provider, which our side's troubles do not keep from going on. */
const seeTruth = async (chronicle: Chronicle, known: KnownAttempt): Promise<void> => {
  const { truths, deeds, world } = chronicle
  const { id } = known.attempt
  const before = sumsSeen(chronicle, known)
  truths.set(id, await world.driver.truth(known.at))
  deeds.set(
    id,
    moved(deedsOf(chronicle, id), before, sumsSeen(chronicle, known), world.driver.now(), chronicle.lookedAt)
  )
}

const heardAt = ({ state }: WorldStore, attemptId: string): number => {
  let newestAt = 0
  for (const row of state.observations.values()) {
    const isHeard = row.attemptId === attemptId && row.trust === "proven" && row.channel !== "operator"
    if (!isHeard || row.fold !== "folded") continue
    const { at } = JSON.parse(row.content) as { readonly at: number } // written by core
    newestAt = Math.max(newestAt, at)
  }
  return newestAt
}

/** Looks at what is believed of repayments, and at what the provider has of those that it carries out. */
const seeRepayments = async ({ world }: Chronicle, order: Order): Promise<ReadonlyArray<Repayment>> => {
  const { moment, paymentId, repayments } = order
  if (repayments.length === 0 || paymentId === undefined) return []
  const believed = await world.payments.repayments(paymentId)
  for (const [index, known] of repayments.entries()) {
    if (!isCarried(known)) continue
    const atProvider = await world.driver.repayments?.truth(known.id)
    const status = believed.find(({ id }) => id === known.id)?.status ?? known.status
    const leftSince = known.leftSince ?? (isGone({ atProvider }) ? (moment?.at ?? world.driver.now()) : undefined)
    repayments[index] = { ...known, status, atProvider, leftSince }
  }
  return believed
}

/** Looks at one payment: what is believed, and what is true. */
const momentOf = async (chronicle: Chronicle, order: Order, believed: Payment): Promise<Moment> => {
  const { world, truths } = chronicle
  const { driver, manifest, store } = world
  const currency = currencyOf(chronicle, believed)
  const repayments = await seeRepayments(chronicle, order)
  const attempts: Array<AttemptTruth> = believed.attempts.map(({ id, deadline, providerReference }) => ({
    id,
    deadline: deadline.epochMilliseconds,
    copies: truths.get(id)?.length ?? 0,
    charges: (truths.get(id) ?? []).flatMap((one) => one.charged).length,
    sums: sumsOf(truths.get(id) ?? [], currency),
    deeds: deedsOf(chronicle, id),
    heardAt: heardAt(store, id),
    // Where a query by our own id can prove absence, it finds what is there.
    canBeAsked: providerReference !== undefined || manifest.absenceProvesAfter.notSubmittedSeconds !== false
  }))
  const unread = new Set(
    [...store.state.observations.values()].flatMap(({ attemptId, fold }) =>
      fold === "unfolded" && attemptId !== undefined ? [attemptId] : []
    )
  )
  const watched = new Set([...unread, ...[...store.state.work.values()].map((work) => work.attemptId)])
  return {
    at: driver.now(),
    ourTime: world.now(),
    isSkewed: chronicle.isSkewed,
    asked: believed.amount,
    currency,
    namesSums: manifest.amountEvidence === "status",
    attempts,
    believed,
    told: distinct(world.events, believed.id),
    watched,
    unread,
    repayments: { believed: repayments, known: [...order.repayments] }
  }
}

/** A simulator may find an attempt without a name only among what is no other attempt's. */
const bestKnownFirst = (attempts: ReadonlyArray<KnownAttempt>): ReadonlyArray<KnownAttempt> => {
  const isNamed = ({ attempt }: KnownAttempt): boolean => attempt.providerReference !== undefined
  return [...attempts.filter(isNamed), ...attempts.filter((one) => !isNamed(one)).toReversed()]
}

/** Looks at everything again; answers the moments with those before. While the store refuses, nobody sees what is believed. */
export const look = async (
  chronicle: Chronicle
): Promise<ReadonlyArray<{ readonly now: Moment; readonly before: Moment | undefined }>> => {
  const { orders, world, links } = chronicle
  const believed = new Map<Order, Payment>()
  if (!world.store.isRefusing) {
    for (const order of orders) {
      if (order.paymentId !== undefined) believed.set(order, await world.payments.get(order.paymentId))
    }
  }
  for (const attempt of bestKnownFirst(attemptsOf(chronicle, believed))) await seeTruth(chronicle, attempt)
  chronicle.lookedAt = world.driver.now()
  const seen = []
  for (const [order, payment] of believed) {
    for (const { id, nextAction } of payment.attempts) if (nextAction !== undefined) links.set(id, nextAction)
    const before = order.moment
    const now = await momentOf(chronicle, order, payment)
    order.moment = now
    seen.push({ now, before })
  }
  return seen
}
