// The method has no refunds: money goes back by "Payouts to bank accounts in the EEA (SEPA)", over the wire.
import type { World } from "@maksa/contract-kit"
import { isPaymentError, type Payment, type Repayment } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { useScenario } from "../support/scenario.ts"

const hour = 3_600_000
const day = 24 * hour
const payee = { iban: "LV80BANK0000435195001", name: "Zvaigznīte Kanārijputniņa" }

const scenario = useScenario()
let world: World

/** 12 euros that can no longer be undone: a week and a day after they were paid. */
const paidForGood = async (): Promise<Payment> => {
  world = await scenario.open()
  const payment = await world.create()
  await world.act(payment, "open")
  await world.act(payment, "pay")
  await world.leap(8 * day)
  const paid = await world.get(payment)
  assert.deepStrictEqual([paid.state.status, paid.state.finality], ["paid", "hard"])
  return paid
}

const asked = (payment: Payment, minorUnits: bigint, idempotencyKey = "back-1"): Promise<Repayment> =>
  world.payments.repay({
    paymentId: payment.id,
    idempotencyKey,
    amount: { minorUnits, currency: "EUR" },
    route: "payout",
    payee,
    by: "the clerk",
    reason: "the application was withdrawn"
  })
const approve = ({ id }: Repayment, by = "the head clerk"): Promise<Repayment> =>
  world.payments.stepRepayment(id, { action: "approve", by })
const refusalOf = async (call: () => Promise<unknown>): Promise<string> => {
  const error = await world.refusal(call)
  return isPaymentError(error) ? error.reason._tag : error.message
}
const standing = async ({ id, paymentId }: Repayment): Promise<string> =>
  (await world.payments.repayments(paymentId)).find((one) => one.id === id)?.status ?? "nowhere"
const givenBack = async (payment: Payment) => (await world.get(payment)).state.money.givenBack?.minorUnits ?? 0n
const sent = async ({ id }: Repayment) =>
  (await scenario.driver.repayments?.truth(id))?.sent.map(({ minorUnits }) => minorUnits) ?? []

describe("a payout by SEPA", () => {
  it("is asked for by one person, approved by another, leaves once and is told of", async () => {
    const payment = await paidForGood()
    const payout = await asked(payment, 500n)
    assert.strictEqual(await refusalOf(() => approve(payout, "The Clerk")), "Conflict")
    assert.deepStrictEqual(await sent(payout), [])
    assert.strictEqual((await approve(payout)).status, "submitted")
    assert.strictEqual(await givenBack(payment), 500n)
    await world.quiet()
    assert.deepStrictEqual([await standing(payout), await sent(payout)], ["done", [500n]])
    // The purchase is what it was.
    const { status, money } = (await world.get(payment)).state
    assert.deepStrictEqual([status, money.received?.minorUnits, money.undone], ["paid", 1200n, undefined])
    // What is left may go as well, and not a cent more.
    assert.strictEqual(await refusalOf(() => asked(payment, 701n, "back-2")), "Conflict")
    await approve(await asked(payment, 700n, "back-3"))
    assert.strictEqual(await givenBack(payment), 1200n)
  })

  it("whose reply is lost counts as paid out until it is found, and is not sent again", async () => {
    const payment = await paidForGood()
    const payout = await asked(payment, 1200n)
    await scenario.driver.faults.plan({ operation: "payout", kind: "close", phase: "after" })
    assert.strictEqual((await approve(payout)).status, "outcome_unknown")
    assert.strictEqual(await givenBack(payment), 1200n)
    assert.strictEqual(await refusalOf(() => asked(payment, 1n, "back-2")), "Conflict")
    await world.advance(hour)
    assert.deepStrictEqual([await standing(payout), await sent(payout)], ["done", [1200n]])
    assert.lengthOf(
      (await scenario.driver.calls()).filter(({ operation }) => operation === "payout"),
      1
    )
  })

  it("is refused where the name is not the account owner's, and says to the clerk what to ask for", async () => {
    const payment = await paidForGood()
    await scenario.driver.settings({ payouts: { verification: "mismatch", customerFields: [] } })
    const payout = await asked(payment, 500n)
    await approve(payout)
    await world.quiet()
    assert.strictEqual(await standing(payout), "refused")
    const [{ history } = assert.fail("nothing")] = await world.payments.repayments(payment.id)
    const last = history.at(-1)
    assert.deepStrictEqual([last?.providerCode, /name/.test(last?.reason ?? "")], ["20451", true])
    assert.deepStrictEqual([await sent(payout), await givenBack(payment)], [[], 0n])
  })

  it("that could not be credited comes back days later, and may be sent anew", async () => {
    const payment = await paidForGood()
    const payout = await asked(payment, 1200n)
    await approve(payout)
    await world.leap(3 * day)
    assert.strictEqual(await standing(payout), "done")
    await scenario.driver.repayments?.turn(payout.id, "reversed")
    await world.quiet()
    assert.deepStrictEqual([await standing(payout), await givenBack(payment)], ["reversed", 0n])
    assert.strictEqual((await world.get(payment)).status, "paid")
    const again = await asked(payment, 1200n, "back-2")
    await approve(again)
    await world.quiet()
    assert.deepStrictEqual([await standing(again), await givenBack(payment)], ["done", 1200n])
  })
})
