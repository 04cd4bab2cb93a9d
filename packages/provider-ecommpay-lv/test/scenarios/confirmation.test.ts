// "Confirmation of crediting": what the method's page says of money that is awaited, step by step, over the wire.
import type { World } from "@maksa/contract-kit"
import type { Payment } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { useScenario } from "../support/scenario.ts"

const day = 86_400_000

const declining = useScenario("decline")
const reversing = useScenario("reversal")
let world: World

/** What each callback says: status of the payment, and operation with its status. */
const callbacks = async (): Promise<ReadonlyArray<string>> =>
  (await world.driver.notices.list()).map(({ body }) => {
    // The shape is what these tests look at.
    const { operation, payment } = JSON.parse(new TextDecoder().decode(body)) as {
      readonly payment: { readonly status: string }
      readonly operation: { readonly type: string; readonly status: string }
    }
    return `${payment.status}: ${operation.type} ${operation.status}`
  })

const standing = async (payment: Payment) => {
  const { finality, money, status } = (await world.get(payment)).state
  const minor = (name: "promised" | "received" | "undone") => money[name]?.minorUnits
  return {
    is: `${status} (${finality})`,
    promised: minor("promised"),
    received: minor("received"),
    undone: minor("undone")
  }
}

/** The payer has done everything: the payment is taken for processing, and its money is awaited. */
const awaited = async (scenario: ReturnType<typeof useScenario>): Promise<Payment> => {
  world = await scenario.open()
  const payment = await world.create()
  await world.act(payment, "open")
  const { leadsTo = "" } = await world.act(payment, "pay")
  // The payer comes home, where "accepted for processing" is what there is to say.
  await world.visit(leadsTo)
  await world.quiet()
  assert.deepStrictEqual(await callbacks(), [
    "awaiting confirmation: sale success",
    "awaiting confirmation: payment confirmation processing"
  ])
  // The sale is a success, and no money has come.
  assert.deepStrictEqual(await standing(payment), {
    is: "provisional (soft)",
    promised: 1200n,
    received: undefined,
    undone: undefined
  })
  assert.deepStrictEqual((await world.truth(payment))[0]?.charged, [])
  return payment
}

describe("money that is awaited", () => {
  it("is received when its confirmation succeeds, days after the payer went home", async () => {
    const payment = await awaited(declining)
    await world.leap(3 * day)
    assert.strictEqual((await standing(payment)).is, "provisional (soft)")
    await world.turn(payment, { to: "received" })
    assert.strictEqual((await callbacks()).at(-1), "success: payment confirmation success")
    await world.payments.runDue()
    assert.strictEqual((await standing(payment)).received, 1200n)
    // It was looked for, so that hours harden it, not days.
    await world.leap(day)
    assert.strictEqual((await standing(payment)).is, "paid (hard)")
  })

  it("that does not come within seven days is a decline, in a project that declines", async () => {
    const payment = await awaited(declining)
    await world.leap(7 * day)
    assert.deepStrictEqual((await callbacks()).slice(2), ["decline: payment confirmation decline"])
    assert.deepStrictEqual(await standing(payment), {
      is: "declined (soft)",
      promised: 1200n,
      received: undefined,
      undone: undefined
    })
    assert.strictEqual((await world.get(payment)).current.decline?.reason, "money_not_arrived")
  })

  it("that does not come within seven days is reversed with two callbacks, in a project that reverses", async () => {
    const payment = await awaited(reversing)
    await world.leap(7 * day)
    assert.deepStrictEqual((await callbacks()).slice(2), [
      "processing: payment confirmation decline",
      "reversed: reversal success"
    ])
    assert.strictEqual((await standing(payment)).is, "reversed (soft)")
    assert.deepStrictEqual((await world.truth(payment))[0]?.charged, [])
    // An application that hands out on a promise is told to take it back.
    assert.deepStrictEqual(
      world.events.map(({ type }) => type).filter((type) => type.startsWith("payment.fulfil")),
      ["payment.fulfil", "payment.fulfilment_withdrawn"]
    )
  })
})
