// What laws do over and over, in the words of a payer and a provider.
import assert from "node:assert/strict"
import { type Claim, type Money, type Payment, PaymentError, type PaymentEvent } from "@maksa/core"
import type { AttemptAtProvider, Notice, ProviderOperation, ProviderTurn } from "./SandboxDriver.ts"
import type { OrderChanges, World } from "./World.ts"

export const second = 1000
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const sum = (moneys: ReadonlyArray<Money>): bigint => moneys.reduce((total, one) => total + one.minorUnits, 0n)

/**
 * The agency's daily run over the provider's list, where that alone names sums (`amountEvidence` is `listing`); other
 * evidence the engine asks for by itself.
 */
export const reconciled = async (world: World, from: number): Promise<void> => {
  if (world.manifest.amountEvidence !== "listing") return
  const { provider } = world
  await world.payments.reconcile({ provider: provider.instance, from: new Date(from), to: new Date(world.now()) })
}

/** What left the payer's account, less what went back, by the provider's own books. */
export const collectedAt = async (world: World, attempt: AttemptAtProvider): Promise<bigint> => {
  const truths = await world.driver.truth(attempt)
  return truths.reduce((total, one) => total + sum(one.charged) - sum(one.undone), 0n)
}
export const collected = async (world: World, payment: Payment): Promise<bigint> =>
  collectedAt(world, world.at(await world.get(payment)))

/** The payer of this attempt pays at the provider, and the money is there. Nothing is waited for on our side. */
export const payAttempt = async (world: World, attempt: AttemptAtProvider): Promise<void> => {
  await world.driver.act(attempt, "open")
  await world.driver.act(attempt, "pay")
  if ((await collectedAt(world, attempt)) === 0n) await world.driver.turn(attempt, { to: "received" })
  assert.ok((await collectedAt(world, attempt)) > 0n, "the driver's truth shows no money after the payer paid")
}
export const payAtProvider = async (world: World, payment: Payment): Promise<void> =>
  payAttempt(world, world.at(await answerQuestions(world, await world.get(payment))))

/** The payer answers what the provider asks before there is a page: every field, and the consent as it was shown. */
export const answerQuestions = async (world: World, payment: Payment): Promise<Payment> => {
  const action = payment.current.nextAction
  if (action?._tag !== "collect") return payment
  const { consentText } = action
  const fields = Object.fromEntries(
    action.fields
      .map(({ name }) => [name, world.order.answers?.[name] ?? ""] as const)
      .filter(([, value]) => value !== "")
  )
  return world.payments.resume(payment, { fields, ...(consentText === undefined ? {} : { consentText }) })
}

const isWaiting = ({ current }: Payment): boolean =>
  current.nextAction === undefined || current.nextAction._tag === "wait"

/** Waits until there is something for the payer to do: what a page needs may come only after `create`. */
const awaitAction = async (world: World, payment: Payment): Promise<Payment> => {
  if (!isWaiting(payment)) return payment
  await world.quiet()
  return world.get(payment)
}

/** Brings the payer to the provider's page, through its questions if it asks any. */
export const toPage = async (world: World, payment: Payment): Promise<Payment> =>
  awaitAction(world, await answerQuestions(world, await awaitAction(world, payment)))
export const offered = async (world: World, changes?: OrderChanges): Promise<Payment> =>
  toPage(world, await world.create(changes))

/** Like `offered`, and the provider knows of it: the payer has opened its page. */
export const opened = async (world: World, changes?: OrderChanges): Promise<Payment> => {
  const payment = await offered(world, changes)
  await world.act(payment, "open")
  return world.get(payment)
}

/** A payment that was paid and of which we have heard. */
export const paid = async (world: World, changes?: OrderChanges): Promise<Payment> => {
  const payment = await offered(world, changes)
  await payAtProvider(world, payment)
  await world.quiet()
  const after = await world.get(payment)
  assert.equal(after.status, "paid", "the money came, and a minute later the payment is not paid")
  return after
}

/** What happens at the provider, and a minute for the news. */
export const turned = async (world: World, payment: Payment, turn: ProviderTurn): Promise<Payment> => {
  await world.turn(payment, turn)
  await world.quiet()
  return world.get(payment)
}

/** A payment that the payer refused at the provider, and of which we have heard. */
export const refusedByPayer = async (world: World, changes?: OrderChanges): Promise<Payment> => {
  const payment = await opened(world, changes)
  const after = await turned(world, payment, { to: "refused" })
  assert.equal(after.status, "declined", "the provider refused, and a minute later the payment is not declined")
  return after
}

/** The messages that arise while `step` runs; they are kept back. */
export const noticesOf = async (world: World, step: () => Promise<void>): Promise<ReadonlyArray<Notice>> => {
  await world.driver.notices.hold()
  const before = (await world.driver.notices.list()).length
  await step()
  await world.driver.advance(minute)
  return (await world.driver.notices.list()).slice(before)
}

/** A payment that was paid while the provider's messages were kept back, and those messages. */
export const paidInSilence = async (
  world: World,
  changes?: OrderChanges
): Promise<{ readonly payment: Payment; readonly notices: ReadonlyArray<Notice> }> => {
  const payment = await offered(world, changes)
  const notices = await noticesOf(world, () => payAtProvider(world, payment))
  assert.ok(notices.length > 0, "the money came, and the provider has no message to send about it")
  return { payment, notices }
}

export const reasonOf = (error: Error): PaymentError["reason"]["_tag"] => {
  assert.ok(error instanceof PaymentError, `a ${error.name} instead of a PaymentError: ${error.message}`)
  return error.reason._tag
}

export const callsOf = async (world: World, operation: ProviderOperation | "other"): Promise<number> =>
  (await world.driver.calls()).filter((call) => call.operation === operation).length

export const eventsOf = <T extends PaymentEvent["type"]>(world: World, type: T, paymentId: string) =>
  world.events.filter(
    (event): event is Extract<PaymentEvent, { readonly type: T }> =>
      event.type === type && event.paymentId === paymentId
  )

/** Tags of what the provider said of a payment and proved; what operators decided is not among it. */
export const provenClaims = async (world: World, payment: Pick<Payment, "id">): Promise<ReadonlySet<Claim["_tag"]>> => {
  const history = await world.payments.history(payment.id)
  return new Set(
    history.filter((one) => one.trust === "proven" && one.channel !== "operator").map((one) => one.says._tag)
  )
}

/** Whether the answer to a message means "taken" to the provider. */
export const isTaken = (world: World, status: number): boolean =>
  status >= 200 && status < 300 && !world.driver.notices.isRetriedAfter(status)

/** Lets every status call fail until faults are cleared. */
export const silenceStatus = (world: World): Promise<void> =>
  world.driver.faults.plan({ operation: "status", kind: "close", phase: "before", times: 100_000 })

/** The slowest time in which news must be found by asking, with a margin for the tick. */
export const findingMillis = (world: World): number =>
  (world.driver.facts.watch.slowestSeconds + world.driver.facts.earliestQuerySeconds + 60) * second

/** Outcome of a step that this provider may not be able to take. */
export const attempted = async (step: () => Promise<unknown>): Promise<boolean> => {
  try {
    await step()
    return true
  } catch {
    return false
  }
}
