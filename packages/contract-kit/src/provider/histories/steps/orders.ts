// What the application asks for.
import { isPaymentError } from "@maksa/core"
import { BrokenHistory } from "../BrokenHistory.ts"
import { type Chronicle, deedsOf, newest, type Order } from "../Chronicle.ts"
import { withdrawn } from "../Deeds.ts"
import { type Take, verb } from "./Take.ts"

const day = 86_400_000
const maxOrders = 2
const maxAttempts = 3

const request = ({ world }: Chronicle, order: Order) => {
  const {
    name: _name,
    firstContact: _contact,
    actions: _actions,
    answers: _answers,
    options,
    ...fields
  } = order.scenario
  return {
    ...fields,
    options: options as never, // typed by the provider, which the kit does not know; its schema decodes them
    provider: world.instance,
    idempotencyKey: order.key,
    merchantReference: order.merchantReference,
    deadline: order.deadline,
    returnUrl: world.returnUrl
  }
}

/** `create` with the order's key and input; answers the payment that it is, though the call may have failed. */
const place = async (chronicle: Chronicle, order: Order): Promise<void> => {
  const { payments } = chronicle.world
  const result = await verb("create", () => payments.create(request(chronicle, order)))
  const id = isPaymentError(result) ? result.paymentId : result.id
  if (id !== undefined && order.paymentId !== undefined && id !== order.paymentId) {
    throw new BrokenHistory("same-key-same-payment", `the same key and input gave ${order.paymentId} and ${id}`)
  }
  order.paymentId ??= id
}

export const create: Take<"create"> = async (chronicle, step) => {
  const { orders, world } = chronicle
  if (orders.length >= maxOrders) return false
  const { orders: scenarios } = world.contract.scenarios
  const number = orders.length + 1
  const order: Order = {
    scenario: scenarios[step.order % scenarios.length] ?? scenarios[0],
    key: `key-${number}`,
    merchantReference: `CASE-${number}`,
    deadline: new Date(world.driver.now() + step.days * day),
    paymentId: undefined,
    moment: undefined,
    repayments: []
  }
  orders.push(order)
  await place(chronicle, order)
  return true
}

export const repeat: Take<"repeat"> = async (chronicle, step) => {
  const order = newest(chronicle.orders, step.of)
  if (order === undefined) return false
  if (!step.isOther) {
    await place(chronicle, order)
    return true
  }
  if (order.paymentId === undefined) return false
  const other = { ...request(chronicle, order), merchantReference: `${order.merchantReference}-B` }
  const result = await verb("create", () => chronicle.world.payments.create(other))
  if (!isPaymentError(result)) {
    throw new BrokenHistory("same-key-other-input", "the same key with other input was taken")
  }
  return true
}

export const attempt: Take<"attempt"> = async (chronicle, step) => {
  const order = newest(chronicle.orders, step.of)
  const { paymentId, moment } = order ?? {}
  if (order === undefined || paymentId === undefined || (moment?.believed.attempts.length ?? 0) >= maxAttempts)
    return false
  const { scenarios } = chronicle.world.contract
  const priced = scenarios.orders.filter((one) => (one.lines === undefined) === (order.scenario.lines === undefined))
  const scenario = priced[step.order % priced.length] ?? order.scenario
  const { provider, deadline, returnUrl } = request(chronicle, order)
  await verb("attempt", () =>
    chronicle.world.payments.attempt({
      paymentId,
      provider,
      deadline,
      returnUrl,
      idempotencyKey: `attempt-${moment?.believed.attempts.length ?? 0}`,
      options: scenario.options as never, // as above
      ...(scenario.payer === undefined ? {} : { payer: scenario.payer })
    })
  )
  return true
}

const known = async (
  chronicle: Chronicle,
  of: number,
  name: string,
  call: (paymentId: string) => Promise<unknown>
): Promise<boolean> => {
  const paymentId = newest(chronicle.orders, of)?.paymentId
  if (paymentId === undefined) return false
  await verb(name, () => call(paymentId))
  return true
}

export const withdraw: Take<"withdraw"> = (chronicle, { of }) =>
  known(chronicle, of, "withdraw", async (id) => {
    const { manifest, driver, payments } = chronicle.world
    // What the provider was asked to close, it may have closed, though its answer was lost.
    if (manifest.extras.withdraw) {
      for (const attempt of newest(chronicle.orders, of)?.moment?.believed.attempts ?? []) {
        const { deadline, id: attemptId } = attempt
        const deeds = deedsOf(chronicle, attemptId)
        chronicle.deeds.set(attemptId, withdrawn(deeds, driver.facts, driver.now(), deadline.epochMilliseconds))
      }
    }
    await payments.withdraw(id, { by: "the clerk", reason: "the application was withdrawn" })
  })

export const refresh: Take<"refresh"> = (chronicle, { of }) =>
  known(chronicle, of, "refresh", (id) => chronicle.world.payments.refresh(id))
