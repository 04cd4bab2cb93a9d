import { money } from "@maksa/core"
import { openWorld, type World } from "@maksa/contract-kit"
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, it } from "vitest"
import { contract } from "./contract.ts"
import { openVissMmDriver, type VissMmDriver } from "./driver.ts"

let driver: VissMmDriver
let world: World
beforeAll(async () => {
  driver = await openVissMmDriver()
})
beforeEach(async () => {
  world = await openWorld(contract, driver)
})
afterEach(() => world[Symbol.asyncDispose]())
afterAll(() => driver[Symbol.asyncDispose]())

const movedMinor = async (payment: Awaited<ReturnType<World["create"]>>) =>
  (await world.truth(payment)).map(({ charged, undone }) => [
    charged.map(({ minorUnits }) => minorUnits),
    undone.map(({ minorUnits }) => minorUnits)
  ])

describe("the driver of VISS MM", () => {
  it("knows no payment before MM hears of it, and the money that a payer paid afterwards", async () => {
    const attempt = { attemptId: "att_none", merchantReference: "CASE-1" }
    assert.deepStrictEqual(await driver.truth(attempt), [])
    const payment = await world.create()
    assert.deepStrictEqual(await movedMinor(payment), [[[], []]])
    await world.act(payment, "open")
    const { leadsTo } = await world.act(payment, "pay")
    assert.include(leadsTo, payment.current.providerReference)
    assert.deepStrictEqual(await movedMinor(payment), [[[1212n], []]])
    const [truth] = await world.truth(payment)
    assert.strictEqual(truth?.providerReference, payment.current.providerReference)
  })

  it("shows the page in the language that its link asks for", async () => {
    const english = await world.create({ language: "en" })
    const latvian = await world.create({ language: "lv" })
    assert.strictEqual((await world.act(english, "open")).language, "en")
    assert.strictEqual((await world.act(latvian, "open")).language, "lv")
  })

  it("lists the notice of a change as it is sent, and keeps it back while it holds", async () => {
    await driver.notices.hold()
    const payment = await world.create()
    await world.turn(payment, { to: "received" })
    const [notice, ...others] = await driver.notices.list()
    assert.lengthOf(others, 0)
    if (notice === undefined) return assert.fail("no notice")
    assert.strictEqual(notice.method, "GET")
    assert.match(notice.url, new RegExp(`/webhooks/viss-mm/[0-9a-f]{32}\\?id=${payment.current.providerReference}$`))
    assert.deepStrictEqual(await world.payments.history(payment.id).then((all) => all.map(({ channel }) => channel)), [
      "reply"
    ])
    assert.strictEqual(await world.deliver(notice), 200)

    await driver.notices.release()
    const second = await world.create()
    await world.turn(second, { to: "received" })
    assert.lengthOf(await driver.notices.list(), 2)
    const channels = (await world.payments.history(second.id)).map(({ channel }) => channel)
    assert.deepStrictEqual(channels, ["reply", "webhook"])
  })

  it("forges only what anybody could call", async () => {
    const payment = await world.create()
    await world.turn(payment, { to: "received" })
    const [notice] = await driver.notices.list()
    if (notice === undefined) return assert.fail("no notice")
    assert.strictEqual((await driver.notices.forge(notice, "invented"))?.url, notice.url)
    for (const forgery of ["flipped", "unsigned", "foreign"] as const) {
      assert.isUndefined(await driver.notices.forge(notice, forgery))
    }
  })

  it("finds what a lost reply left behind, and nothing where the request was lost", async () => {
    await driver.faults.plan({ operation: "create", kind: "close", phase: "before" })
    await world.refusal(() => world.create())
    const [nothing] = await world.payments.list()
    assert.ok(nothing)
    assert.deepStrictEqual(await world.truth(nothing), [])
    await driver.advance(1)

    await driver.faults.plan({ operation: "create", kind: "close", phase: "after" })
    await world.refusal(() => world.create())
    const [orphan] = await world.payments.list()
    assert.ok(orphan)
    assert.isUndefined(orphan.current.providerReference)
    assert.lengthOf(await world.truth(orphan), 1)
    await world.act(orphan, "pay")
    assert.deepStrictEqual(await movedMinor(orphan), [[[1212n], []]])
    const calls = await driver.calls()
    assert.deepStrictEqual(
      calls.map(({ operation }) => operation),
      ["create", "create"]
    )
    assert.notStrictEqual(calls[0]?.digest, calls[1]?.digest)
  })

  it("spoils a call of each operation with each kind that it names, and clears what is left", async () => {
    const { faults } = driver
    for (const operation of ["create", "status", "receipt"] as const) {
      assert.isNotEmpty(faults.kinds(operation))
      for (const kind of faults.kinds(operation)) await faults.plan({ operation, kind, phase: "before", times: 9 })
    }
    assert.deepStrictEqual(faults.kinds("refund"), [])
    await faults.clear()
    const payment = await world.create()
    await world.advance(60_000)
    assert.strictEqual((await world.get(payment)).status, "requires_action")
  })

  it("takes another sum or currency, takes money back, and lets a deadline pass by the clock", async () => {
    const payment = await world.create()
    await world.turn(payment, { to: "received", amount: money(700n, "EUR") })
    await world.turn(payment, { to: "undone" })
    assert.deepStrictEqual(await movedMinor(payment), [[[700n], [700n]]])

    const strange = await world.create()
    await world.turn(strange, { to: "received", amount: money(1212n, "SEK") })
    assert.deepStrictEqual((await world.truth(strange))[0]?.charged, [money(1212n, "SEK")])
    await world.quiet()
    assert.notStrictEqual((await world.get(strange)).status, "paid")

    const deadline = new Date(driver.now() + 3_600_000)
    const lapsing = await world.create({ deadline })
    await world.turn(lapsing, { to: "lapsed" })
    assert.strictEqual(driver.now(), deadline.getTime())
    await world.quiet()
    assert.strictEqual((await world.get(lapsing)).status, "expired")
    await world.turn(lapsing, { to: "received", late: true })
    assert.deepStrictEqual(await movedMinor(lapsing), [[[1212n], []]])
  })

  it("is back at its start after a reset, with the same identifiers", async () => {
    const start = driver.now()
    const first = await world.create()
    await driver.notices.hold()
    await driver.advance(1234)
    assert.strictEqual(driver.now(), start + 1234)
    await world[Symbol.asyncDispose]()
    world = await openWorld(contract, driver)
    assert.strictEqual(driver.now(), start)
    assert.deepStrictEqual([await driver.notices.list(), await driver.calls()], [[], []])
    const again = await world.create()
    assert.strictEqual(again.current.providerReference, first.current.providerReference)
    await world.turn(again, { to: "received" })
    assert.lengthOf(await world.payments.history(again.id), 2)
  })
})
