// What laws do over and over, in the words of a payer and a provider.
import assert from "node:assert/strict"
import { type Money, type Payment, PaymentError, type PaymentEvent } from "@maksa/core"
import type { Notice } from "./SandboxDriver.ts"
import type { OrderChanges, World } from "./World.ts"

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const sum = (moneys: ReadonlyArray<Money>): bigint => moneys.reduce((total, one) => total + one.minorUnits, 0n)

/** What left the payer's account, less what went back, by the provider's own books. */
export const collected = async (world: World, payment: Payment): Promise<bigint> => {
  const truths = await world.truth(payment)
  return truths.reduce((total, one) => total + sum(one.charged) - sum(one.undone), 0n)
}

/** The payer answers what the provider asks before there is a page: every field, and the consent as it was shown. */
export const answerQuestions = async (world: World, payment: Payment): Promise<void> => {
  const current = await world.get(payment)
  const action = current.current.nextAction
  if (action?._tag !== "collect") return
  const { consentText } = action
  const fields = Object.fromEntries(
    action.fields
      .map(({ name }) => [name, world.order.answers?.[name] ?? ""] as const)
      .filter(([, value]) => value !== "")
  )
  await world.payments.resume(current, { fields, ...(consentText === undefined ? {} : { consentText }) })
}

/** The payer pays at the provider, and the money is there. Nothing is waited for on our side. */
export const payAtProvider = async (world: World, payment: Payment): Promise<void> => {
  await answerQuestions(world, payment)
  await world.act(payment, "open")
  await world.act(payment, "pay")
  if ((await collected(world, payment)) === 0n) await world.turn(payment, { to: "received" })
  assert.ok((await collected(world, payment)) > 0n, "the driver's truth shows no money after the payer paid")
}

/** Brings the provider's next action to the payer: what a page needs may come only after `create`. */
export const offered = async (world: World, changes?: OrderChanges): Promise<Payment> => {
  const payment = await world.create(changes)
  if (payment.current.nextAction !== undefined && payment.current.nextAction._tag !== "wait") return payment
  await world.quiet()
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

/** A payment that was paid while the provider's messages were kept back, and those messages. */
export const paidInSilence = async (
  world: World,
  changes?: OrderChanges
): Promise<{ readonly payment: Payment; readonly notices: ReadonlyArray<Notice> }> => {
  const payment = await offered(world, changes)
  await world.driver.notices.hold()
  const before = (await world.driver.notices.list()).length
  await payAtProvider(world, payment)
  await world.driver.advance(minute)
  const notices = (await world.driver.notices.list()).slice(before)
  assert.ok(notices.length > 0, "the money came, and the provider has no message to send about it")
  return { payment, notices }
}

export const reasonOf = (error: Error): PaymentError["reason"]["_tag"] => {
  assert.ok(error instanceof PaymentError, `a ${error.name} instead of a PaymentError`)
  return error.reason._tag
}

export const callsOf = async (world: World, operation: string): Promise<number> =>
  (await world.driver.calls()).filter((call) => call.operation === operation).length

export const eventsOf = <T extends PaymentEvent["type"]>(world: World, type: T, paymentId: string) =>
  world.events.filter(
    (event): event is Extract<PaymentEvent, { readonly type: T }> =>
      event.type === type && event.paymentId === paymentId
  )

/** Whether the answer to a message means "taken" to the provider. */
export const isTaken = (world: World, status: number): boolean =>
  status >= 200 && status < 300 && !world.driver.notices.isRetriedAfter(status)

/** Asks for the provider's status so often that it surely fails, until faults are cleared. */
export const silenceStatus = (world: World): Promise<void> =>
  world.driver.faults.plan({ operation: "status", kind: "close", phase: "before", times: 1000 })
