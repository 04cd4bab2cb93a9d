import { money, type Payment } from "@maksa/core"
import { openWorld, type World } from "@maksa/contract-kit"
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, it } from "vitest"
import { openVissMmDriver, type VissMmDriver } from "./driver.ts"
import { contract } from "./paymentApiContract.ts"

let driver: VissMmDriver
let world: World
let from: Date
beforeAll(async () => {
  driver = await openVissMmDriver("payment-api")
})
beforeEach(async () => {
  world = await openWorld(contract, driver)
  from = new Date(world.now())
})
afterEach(() => world[Symbol.asyncDispose]())
afterAll(() => driver[Symbol.asyncDispose]())

const hour = 3_600_000
const reconcile = () => world.payments.reconcile({ provider: "viss-mm", from, to: new Date(world.now()) })
const paidAt = async (amount?: ReturnType<typeof money>): Promise<Payment> => {
  const payment = await world.create()
  await world.turn(payment, { to: "received", ...(amount === undefined ? {} : { amount }) })
  await world.advance(hour)
  return payment
}

describe("MM's list against our records", () => {
  it("confirms the sum of what is paid, and changes nothing the second time", async () => {
    const payment = await paidAt()
    const before = await world.get(payment)
    assert.strictEqual(before.status, "paid")
    assert.include(before.state.attention, "amount_unconfirmed")
    const first = await reconcile()
    const after = await world.get(payment)
    assert.notInclude(after.state.attention, "amount_unconfirmed")
    assert.strictEqual(after.state.money.received?.minorUnits, 1212n)
    assert.deepStrictEqual([first.listed, first.recorded], [1, 1])
    const second = await reconcile()
    assert.strictEqual(second.recorded, 0)
    assert.deepStrictEqual((await world.get(payment)).state, after.state)
  })

  it("shows that less came than was asked, which MM's letter E does not tell", async () => {
    const payment = await paidAt(money(1000n, "EUR"))
    await reconcile()
    const after = await world.get(payment)
    assert.strictEqual(after.status, "under_review")
    assert.include(after.state.attention, "underpaid")
    assert.strictEqual(after.state.money.received?.minorUnits, 1000n)
  })

  it("ends nothing by a refused try among others", async () => {
    const payment = await world.create()
    await world.act(payment, "open")
    await world.turn(payment, { to: "refused" })
    await world.turn(payment, { to: "received", late: true })
    await world.advance(hour)
    const { differences } = await reconcile()
    assert.deepStrictEqual(differences, [])
    assert.strictEqual((await world.get(payment)).status, "paid")
  })

  it("proposes the row of a request whose reply was lost, and counts it as nobody's until a person decides", async () => {
    await driver.faults.plan({ operation: "create", kind: "close", phase: "after" })
    await world.refusal(() => world.create())
    await world.advance(hour)
    const { differences, untied } = await reconcile()
    assert.strictEqual(untied, 1)
    const orphan = differences.find(({ kind }) => kind === "orphan_request")
    assert.isDefined(orphan)
    const [payment] = await world.payments.list()
    const [truth] = payment === undefined ? [] : await world.truth(payment)
    assert.deepStrictEqual(
      orphan?.candidates?.map(({ providerReference }) => providerReference),
      [truth?.providerReference]
    )
    assert.isUndefined(payment?.current.providerReference)
  })
})
