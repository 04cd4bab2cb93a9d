import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { controlClient, ControlRefusal, startSandbox, type ControlClient, type Sandbox } from "../src/index.ts"
import { save } from "./support/soap.ts"

let sandbox: Sandbox
let client: ControlClient
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 5, clock: "2026-12-01T12:00:00Z", frozen: true })
  client = controlClient(sandbox.ready.control)
})
afterAll(() => sandbox.close())

describe("the client of the control API", () => {
  it("moves the clock by exactly what it was told, and reads it", async () => {
    const start = await client.now()
    assert.equal(await client.advance(61_005), start + 61_005)
    assert.equal(await client.now(), start + 61_005)
    assert.equal(await client.reset(), start)
  })

  it("plans faults, and clears one by its id", async () => {
    const id = await client.plan({ operation: "notification", kind: "hold" })
    const { id: notified } = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/?id=" })
    await client.call("POST", `/viss-mm/requests/${notified}/outcome`, { status: "E" })
    const [kept] = await client.notifications()
    assert.deepEqual([kept?.state, kept?.request.url], ["held", `http://127.0.0.1:9/?id=${notified}`])
    await client.clearFault(id)
    assert.lengthOf(sandbox.faults.list(), 0)
    assert.deepEqual(
      (await client.calls()).map(({ operation }) => operation),
      ["SavePaymentRequest"]
    )
  })

  it("rejects with the API's words and status", async () => {
    const refusal = await client.call("GET", "/payments/none").catch((error: unknown) => error)
    if (!(refusal instanceof ControlRefusal)) return assert.fail("it should have been refused")
    assert.equal(refusal.status, 404)
    assert.include(refusal.message, "payment")
  })
})
