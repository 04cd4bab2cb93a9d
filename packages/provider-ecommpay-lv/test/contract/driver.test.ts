import { money, type Payment } from "@maksa/core"
import { type Notice, openWorld, type OrderScenario, type World } from "@maksa/contract-kit"
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, it } from "vitest"
import { verify } from "../../src/signature.ts"
import { contract, reversingContract } from "./contract.ts"
import { type EcommpayDriver, openEcommpayDriver } from "./driver.ts"

const orderCalled = (name: string): OrderScenario =>
  contract.scenarios.orders.find((order) => order.name === name) ?? assert.fail(`no order ${name}`)
const byGate = orderCalled("by Gate")

let driver: EcommpayDriver
let world: World
beforeAll(async () => {
  driver = await openEcommpayDriver("off")
})
beforeEach(async () => {
  world = await openWorld(contract, driver)
})
afterEach(() => world[Symbol.asyncDispose]())
afterAll(() => driver[Symbol.asyncDispose]())

const movedMinor = async (payment: Payment) =>
  (await world.truth(payment)).map(({ charged, undone }) => [
    charged.map(({ minorUnits }) => minorUnits),
    undone.map(({ minorUnits }) => minorUnits)
  ])

const received = async (changes = {}): Promise<{ readonly payment: Payment; readonly notice: Notice }> => {
  const payment = await world.create(changes)
  await world.act(payment, "open")
  await world.turn(payment, { to: "received" })
  const notice = (await driver.notices.list()).at(-1)
  return { payment, notice: notice ?? assert.fail("no notice") }
}

const channels = async (payment: Payment): Promise<ReadonlyArray<string>> => {
  await world.payments.runDue()
  return (await world.payments.history(payment.id)).map(({ channel }) => channel)
}

const isSignedByUs = ({ body }: Notice): boolean => verify(body, [driver.secret])

describe("the driver of ecommpay", () => {
  it("knows no payment before its page was opened, and the money that a payer paid afterwards", async () => {
    const payment = await world.create()
    assert.deepStrictEqual(await world.truth(payment), [])
    await world.act(payment, "open")
    assert.deepStrictEqual(await movedMinor(payment), [[[], []]])
    const { leadsTo } = await world.act(payment, "pay")
    assert.include(leadsTo, "/return/ecommpay-lv/")
    assert.deepStrictEqual(await movedMinor(payment), [[[1200n], []]])
    const [truth] = await world.truth(payment)
    assert.strictEqual(truth?.providerReference, payment.current.id)
  })

  it("opens links, forms and Gate's redirects as a browser would, in the language asked for", async () => {
    const link = await world.create({ language: "ru" })
    const form = await world.create({ ...orderCalled("by Payment Page, with the payer's names"), language: "lv" })
    const gate = await world.create({ ...byGate, language: "ru" })
    assert.strictEqual(form.current.nextAction?._tag, "submit_form")
    assert.strictEqual((await world.act(link, "open")).language, "ru")
    assert.strictEqual((await world.act(form, "open")).language, "lv")
    assert.strictEqual(gate.current.nextAction?._tag, "wait")
    await driver.advance(1000)
    await world.payments.runDue()
    const page = await world.act(gate, "open")
    assert.match(page.url, /\/ecommpay\/redirect\/[0-9a-f]{32}$/)
    assert.strictEqual(page.language, "ru")
  })

  it("lets payers refuse and walk away", async () => {
    const refused = await world.create()
    await world.act(refused, "open")
    await world.act(refused, "refuse")
    const left = await world.create()
    await world.act(left, "open")
    assert.include((await world.act(left, "leave")).leadsTo, "/return/ecommpay-lv/")
    await world.quiet()
    assert.deepStrictEqual(
      [(await world.get(refused)).status, (await world.get(left)).status],
      ["declined", "requires_action"]
    )
    assert.deepStrictEqual([await movedMinor(refused), await movedMinor(left)], [[[[], []]], [[[], []]]])
  })

  it("keeps callbacks back while it holds, with the bytes that it would have sent", async () => {
    await driver.notices.hold()
    const { payment, notice } = await received()
    assert.isTrue(isSignedByUs(notice))
    assert.notInclude(await channels(payment), "webhook")
    assert.strictEqual(await world.deliver(notice), 200)
    await driver.notices.release()
    const second = await received()
    assert.include(await channels(second.payment), "webhook")
  })

  it("forges callbacks in each way, and none of them is ours", async () => {
    const { notice } = await received()
    const text = ({ body }: Notice) => new TextDecoder().decode(body)
    for (const forgery of ["flipped", "unsigned", "foreign", "invented"] as const) {
      const forged = (await driver.notices.forge(notice, forgery)) ?? assert.fail(forgery)
      assert.isFalse(isSignedByUs(forged), forgery)
      assert.notStrictEqual(text(forged), text(notice))
      assert.doesNotThrow(() => JSON.parse(text(forged)), forgery)
      assert.strictEqual(forged.url, notice.url)
    }
    assert.isTrue(driver.notices.isRetriedAfter(201))
    assert.isFalse(driver.notices.isRetriedAfter(200))
  })

  it("tells a sale that was lost from one whose answer was lost", async () => {
    await driver.faults.plan({ operation: "create", kind: "close", phase: "before" })
    await world.refusal(() => world.create(byGate))
    await driver.advance(1)
    await driver.faults.plan({ operation: "create", kind: "close", phase: "after" })
    await world.refusal(() => world.create(byGate))
    const [orphan, nothing] = await world.payments.list()
    assert.ok(orphan)
    assert.ok(nothing)
    assert.deepStrictEqual([await world.truth(nothing), await movedMinor(orphan)], [[], [[[], []]]])
    const calls = await driver.calls()
    assert.deepStrictEqual(
      calls.map(({ operation }) => operation),
      ["create", "create"]
    )
    assert.notStrictEqual(calls[0]?.digest, calls[1]?.digest)
  })

  it("spoils a call of each operation with each kind that it names, and clears what is left", async () => {
    const { faults } = driver
    for (const operation of ["create", "status"] as const) {
      for (const kind of faults.kinds(operation)) await faults.plan({ operation, kind, phase: "before", times: 9 })
    }
    assert.deepStrictEqual(faults.kinds("receipt"), [])
    await faults.clear()
    const payment = await world.create(byGate)
    await world.quiet()
    assert.strictEqual((await world.get(payment)).status, "requires_action")
  })

  it("says a word that nobody knows until the next turn, and moves no money by it", async () => {
    const payment = await world.create()
    await world.act(payment, "open")
    await world.turn(payment, { to: "unknown_word" })
    const [notice] = await driver.notices.list()
    if (notice === undefined) return assert.fail("no notice")
    assert.isTrue(isSignedByUs(notice))
    assert.include(new TextDecoder().decode(notice.body), "awaiting provider audit")
    assert.deepStrictEqual(await movedMinor(payment), [[[], []]])
    await world.turn(payment, { to: "received" })
    await world.quiet()
    assert.strictEqual((await world.get(payment)).status, "paid")
  })

  it("takes another sum or currency, takes money back, and brings money after a refusal", async () => {
    const { payment } = await received()
    await world.turn(payment, { to: "undone" })
    assert.deepStrictEqual(await movedMinor(payment), [[[1200n], [1200n]]])
    const less = await world.create()
    await world.act(less, "open")
    await world.turn(less, { to: "received", amount: money(700n, "EUR") })
    const strange = await world.create()
    await world.act(strange, "open")
    await world.turn(strange, { to: "received", amount: money(1200n, "SEK") })
    assert.deepStrictEqual((await world.truth(strange))[0]?.charged, [money(1200n, "SEK")])
    await world.quiet()
    assert.notStrictEqual((await world.get(strange)).status, "paid")
    const late = await world.create()
    await world.act(late, "open")
    await world.turn(late, { to: "refused" })
    await world.turn(late, { to: "received", late: true })
    assert.deepStrictEqual([await movedMinor(less), await movedMinor(late)], [[[[700n], []]], [[[1200n], []]]])
  })

  it("is back at its start after a reset, with the same identifiers", async () => {
    const start = driver.now()
    const first = await received()
    await driver.notices.hold()
    await driver.advance(1234)
    await world[Symbol.asyncDispose]()
    world = await openWorld(contract, driver)
    assert.strictEqual(driver.now(), start)
    assert.deepStrictEqual([await driver.notices.list(), await driver.calls()], [[], []])
    const again = await received()
    assert.strictEqual(again.notice.id, first.notice.id)
    assert.include(await channels(again.payment), "webhook")
  })
})

describe("the driver of a project that looks for the money", () => {
  it("promises before it receives, and undoes what did not come", async () => {
    await using reversing = await openEcommpayDriver("reversal")
    await using other = await openWorld(reversingContract, reversing)
    const payment = await other.create()
    await other.act(payment, "open")
    await other.act(payment, "pay")
    await other.quiet()
    assert.strictEqual((await other.get(payment)).status, "provisional")
    assert.deepStrictEqual((await other.truth(payment))[0]?.charged, [])
    await other.turn(payment, { to: "undone" })
    await other.quiet()
    assert.strictEqual((await other.get(payment)).status, "reversed")
  })
})
