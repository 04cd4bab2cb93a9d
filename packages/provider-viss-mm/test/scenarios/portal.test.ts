// The portal's two scenarios of the guide, by its numbers, step by step, through the engine and over the wire.
import { openWorld, type ProviderContract, type World } from "@maksa/contract-kit"
import { isPaymentError } from "@maksa/core"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { citizen } from "../contract/citizen.ts"
import { openVissMmDriver, type VissMmDriver } from "../contract/driver.ts"
import { asyncContract, syncContract } from "../contract/portalContract.ts"

const drivers = new Map<ProviderContract, VissMmDriver>()
let world: World
beforeAll(async () => {
  drivers.set(syncContract, await openVissMmDriver("portal-sync"))
  drivers.set(asyncContract, await openVissMmDriver("portal-async"))
})
afterEach(() => world[Symbol.asyncDispose]())
afterAll(async () => {
  for (const driver of drivers.values()) await driver[Symbol.asyncDispose]()
})

const open = async (contract: ProviderContract): Promise<World> => {
  world = await openWorld(contract, drivers.get(contract) ?? assert.fail("no driver"))
  return world
}
const operations = async (): Promise<ReadonlyArray<string>> =>
  (await world.driver.calls()).map((call) => call.operation)
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe("2.1, a service of the portal paid for asynchronously,", () => {
  it("leaves the payer to the document list and learns id and status by the IVISResponse", async () => {
    const { driver } = await open(asyncContract)
    // 1. The service submits an IVISRequest; MM makes the request and tells the citizen.
    const payment = await world.create()
    assert.isUndefined(payment.current.providerReference)
    const action = payment.current.nextAction
    if (action?._tag !== "pay_elsewhere") return assert.fail("no pay_elsewhere")
    assert.strictEqual(action.place, "latvija.lv")
    const body = new URLSearchParams({ code: citizen.code })
    const list = await (await fetch(action.url ?? assert.fail("no list"), { method: "POST", body })).text()
    assert.match(list, /data-notice>[^<]*12,12 EUR/)
    // Until MM's answer there is nothing to ask about.
    const tooEarly = await world.refusal(() => world.payments.receipt(payment.id, { format: "pdf" }))
    assert.strictEqual(isPaymentError(tooEarly) && tooEarly.reason._tag, "NotReady")
    assert.isUndefined((await world.payments.refresh(payment.id)).current.providerReference)
    // 2. The citizen finds it in the document list. 3. Having paid, the citizen comes back to ResponseUrl.
    await world.act(payment, "open")
    const { leadsTo = "" } = await world.act(payment, "pay")
    assert.match(leadsTo, /\/return\/.*\?id=[0-9a-f-]{36}$/)
    // 4. The IVISResponse has the status.
    const [push, ...others] = await driver.notices.list()
    assert.lengthOf(others, 0)
    assert.match(textOf(push?.body ?? assert.fail("no push")), /<IVISResponse .*<RequestStatus>E<\/RequestStatus>/s)
    // 5. From now on status and document can be asked for by the id.
    await world.quiet()
    const paid = await world.get(payment)
    assert.strictEqual(paid.status, "paid")
    const [{ providerReference } = assert.fail("nothing at MM")] = await world.truth(payment)
    assert.strictEqual(paid.current.providerReference, providerReference)
    assert.include(await operations(), "status")
    const { mediaType } = await world.payments.receipt(payment.id, { format: "xml" })
    assert.strictEqual(mediaType, "application/xml")
  })
})

describe("2.2, a service of the portal paid for synchronously,", () => {
  it("sends the payer to MM's page at once and hears of the payment by a new IVISRequest", async () => {
    const { driver } = await open(syncContract)
    // 1. The service submits an IVISRequest; the same call answers id and link.
    const payment = await world.create()
    assert.match(payment.current.providerReference ?? "", /^[0-9a-f-]{36}$/)
    assert.strictEqual(payment.current.nextAction?._tag, "redirect")
    assert.strictEqual(payment.status, "requires_action")
    // 2. and 3. The payer goes there, pays, and comes back to ResponseUrl.
    await world.act(payment, "open")
    const { leadsTo = "" } = await world.act(payment, "pay")
    assert.isTrue(leadsTo.endsWith(`?id=${payment.current.providerReference}`))
    // 4. MM makes a new IVISRequest with the status.
    const [push, ...others] = await driver.notices.list()
    assert.lengthOf(others, 0)
    assert.match(textOf(push?.body ?? assert.fail("no push")), /<IVISRequest .*<RequestStatus>E<\/RequestStatus>/s)
    // 5. Status and document can be asked for; the status is, because of the push.
    await world.quiet()
    const paid = await world.get(payment)
    assert.strictEqual(paid.status, "paid")
    const { mediaType } = await world.payments.receipt(payment.id, { format: "pdf" })
    assert.strictEqual(mediaType, "application/pdf")
  })
})
