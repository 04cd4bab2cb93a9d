// Scenario 2.3 of the guide: a service outside the portal is paid for. Step by step, through the engine and over the wire.
import { openWorld, type World } from "@maksa/contract-kit"
import { isPaymentError } from "@maksa/core"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { contract } from "../contract/contract.ts"
import { openVissMmDriver, type VissMmDriver } from "../contract/driver.ts"

const hour = 3_600_000
const day = 24 * hour

let driver: VissMmDriver
let world: World
beforeAll(async () => {
  driver = await openVissMmDriver()
})
afterEach(() => world[Symbol.asyncDispose]())
afterAll(() => driver[Symbol.asyncDispose]())

const operations = async (): Promise<ReadonlyArray<string>> => (await driver.calls()).map((call) => call.operation)
const reasonOf = (error: unknown): string => (isPaymentError(error) ? error.reason._tag : "no PaymentError")

describe("2.3, a service outside the portal,", () => {
  it("is paid for at MM's page; MM then calls ServerResponseUrl, and the status is asked for", async () => {
    // 1. The certificate is checked when the service connects.
    const { defects: { unknown: stranger = assert.fail("no stranger") } = {} } = contract
    world = await openWorld({ ...contract, make: stranger }, driver)
    assert.strictEqual(reasonOf(await world.refusal(() => world.create())), "AuthenticationFailed")
    await world[Symbol.asyncDispose]()
    world = await openWorld(contract, driver)
    // 2. The service makes a payment request; id and link come back.
    const payment = await world.create({ language: "en" })
    const { nextAction, providerReference = assert.fail("no id") } = payment.current
    if (nextAction?._tag !== "redirect") return assert.fail("no link")
    // 3. The link may carry the page's parameters.
    assert.isTrue(nextAction.url.endsWith(`?id=${providerReference}&language=ENG`), nextAction.url)
    assert.strictEqual((await world.act(payment, "open")).language, "en")
    // 4. Having paid, the payer comes back to ResponseUrl.
    const { leadsTo = "" } = await world.act(payment, "pay")
    assert.match(leadsTo, new RegExp(`/return/viss-mm/[0-9a-f]{32}\\?id=${providerReference}$`))
    // 5. After the bank's last word ServerResponseUrl is called, once and with nothing but the id.
    const [notice, ...others] = await driver.notices.list()
    assert.lengthOf(others, 0)
    assert.match(notice?.url ?? "", new RegExp(`/webhooks/viss-mm/[0-9a-f]{32}\\?id=${providerReference}$`))
    // 6. Thereupon the service asks for the status.
    await world.quiet()
    assert.deepStrictEqual((await operations()).slice(0, 2), ["create", "status"])
    assert.strictEqual((await world.get(payment)).status, "paid")
    // 7. Status and document can be asked for at any time.
    await world.advance(day)
    assert.strictEqual((await world.payments.refresh(payment.id)).status, "paid")
    assert.strictEqual((await world.payments.receipt(payment.id, { format: "pdf" })).mediaType, "application/pdf")
  })

  it("that nobody paid for is told of too, when its ExpiryDate has come", async () => {
    world = await openWorld(contract, driver)
    const deadline = new Date(driver.now() + 2 * day)
    const payment = await world.create({ deadline })
    await world.act(payment, "open")
    await world.act(payment, "leave")
    await world.advance(day)
    assert.deepStrictEqual([(await world.get(payment)).status, await driver.notices.list()], ["requires_action", []])
    await world.advance(day)
    assert.lengthOf(await driver.notices.list(), 1)
    await world.quiet()
    assert.strictEqual((await world.get(payment)).status, "expired")
  })
})

describe("an orphan, whose reply of SavePaymentRequest was lost,", () => {
  const orphan = async (payableMillis: number) => {
    world = await openWorld(contract, driver)
    const deadline = new Date(driver.now() + payableMillis)
    await driver.faults.plan({ operation: "create", kind: "close", phase: "after" })
    const error = await world.refusal(() => world.create({ deadline }))
    assert.strictEqual(reasonOf(error), "OutcomeUnknown")
    const [payment = assert.fail("nothing was kept")] = await world.payments.list()
    assert.isUndefined(payment.current.providerReference)
    return payment
  }

  it("stays watched until its ExpiryDate, and the money of its last hour is found", async () => {
    const payment = await orphan(30 * day)
    await world.advance(30 * day - hour)
    // Neither given up, nor sent again.
    assert.strictEqual((await world.get(payment)).status, "processing")
    assert.deepStrictEqual(await operations(), ["create"])
    await world.act(payment, "pay")
    await world.quiet()
    const paid = await world.get(payment)
    assert.strictEqual(paid.status, "paid")
    assert.strictEqual(paid.current.providerReference, (await world.truth(payment))[0]?.providerReference)
  })

  it("expires by MM's word, and not by the clock", async () => {
    const payment = await orphan(day)
    await driver.notices.hold()
    await world.advance(2 * day)
    assert.strictEqual((await world.get(payment)).status, "processing")
    const [notice = assert.fail("no notice")] = await driver.notices.list()
    assert.strictEqual(await world.deliver(notice), 200)
    await world.quiet()
    assert.strictEqual((await world.get(payment)).status, "expired")
  })
})
